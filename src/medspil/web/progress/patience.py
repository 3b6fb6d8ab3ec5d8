"""Say how long an area waits for an answer."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from medspil.common.models import EditConflict
from medspil.organisations.roles import Ability
from medspil.progress.patience import DaysOutOfRange, PutAwayTooSoon, patience_of, set_patience
from medspil.web.forms import add_domain_error, with_version
from medspil.web.http import SignedInRequest
from medspil.web.linking.link_loading import area_or_refuse
from medspil.web.progress.forms import PatienceForm


@require_http_methods(["GET", "HEAD", "POST"])
def patience(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for the days, and keep them."""
    area, _may = area_or_refuse(request, pk, Ability.RUN_PARTNERSHIP)
    there = patience_of(area)
    initial = {
        "remind_after": there.remind_after,
        "expire": there.expire_after is not None,
        "expire_after": there.expire_after,
        "version": there.version,
    }
    form: BaseForm = PatienceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            set_patience(
                area=area,
                remind_after=said["remind_after"],
                expire_after=said["expire_after"] if said["expire"] else None,
                expected_version=said["version"],
                by=request.user,
                now=timezone.now(),
            )
        except (DaysOutOfRange, PutAwayTooSoon) as trouble:
            add_domain_error(form, trouble)
        except EditConflict as trouble:
            add_domain_error(form, trouble)
            form = with_version(form, patience_of(area).version)  # saved once more, it stands
        else:
            messages.success(request, _("Saved."))
            return redirect("progress:area", pk=pk)
    return render(request, "progress/patience.html", {"area": area, "form": form}, status=422 if form.errors else 200)

"""Note that others heard of a partnership or that a result was celebrated, and take it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medspil.common.privacy import CprNumberFound
from medspil.linking.asking import DayAhead
from medspil.partnerships.permissions import rights_in
from medspil.progress import moments as services
from medspil.progress.models import Moment
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest
from medspil.web.partnerships.partnership_loading import REFUSED, run_or_refuse
from medspil.web.progress.forms import MomentForm


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note a moment of a partnership."""
    partnership, _rights = run_or_refuse(request, pk)
    form = MomentForm(request.POST or None, initial={"on": timezone.localdate(), "kind": request.GET.get("slags", "")})
    if request.method == "POST" and form.is_valid():
        try:
            services.note_moment(partnership=partnership, **form.cleaned_data, by=request.user, now=timezone.now())
        except (services.NothingTold, DayAhead, CprNumberFound) as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("Noted."))
            return _back(pk)
    context = {"partnership": partnership, "form": form}
    return render(request, "progress/moment.html", context, status=422 if form.errors else 200)


@require_POST
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a moment back."""
    seen = Moment.objects.visible_to(request.user, on=timezone.localdate())
    moment = get_object_or_404(seen.select_related("partnership__link__area"), pk=pk)
    if not rights_in(request.user, moment.partnership).runs:
        raise PermissionDenied(REFUSED)
    services.take_back_moment(moment=moment, by=request.user, now=timezone.now())
    messages.success(request, _("Taken back."))
    return _back(moment.partnership_id)


def _back(pk: int) -> HttpResponse:
    return redirect(f"{reverse('partnerships:detail', args=[pk])}#moments")

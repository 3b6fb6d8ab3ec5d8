"""What a challenge takes: say it with the help of proposals, and make a need of what nobody has."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medspil.catalogue.models import Case
from medspil.mapping.competences import NotTaken, need_for
from medspil.mapping.likely import likely
from medspil.web.areas.loading import challenge_or_refuse, sent
from medspil.web.areas.saving import handle
from medspil.web.http import SignedInRequest
from medspil.web.mapping.coverage_forms import CompetencesForm


@require_http_methods(["GET", "HEAD", "POST"])
def competences(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say which competences a challenge takes."""
    challenge, _may = challenge_or_refuse(request, pk)
    proposals = likely(challenge, cases=Case.objects.for_list())
    form = CompetencesForm(*sent(request), record=challenge, proposals=proposals)
    context = {"area": challenge.area, "challenge": challenge}
    back = reverse("mapping:coverage", args=[challenge.area_id])
    return handle(request, form, template="mapping/competences.html", context=context, back=back)


@require_POST
def make_need(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """Make a need of a competence that nobody has; a second click leads to the need that is there."""
    challenge, _may = challenge_or_refuse(request, pk)
    try:
        need, new = need_for(challenge=challenge, kind=kind, by=request.user, now=timezone.now())
    except NotTaken as trouble:
        messages.error(request, str(trouble))
        return redirect("mapping:coverage", pk=challenge.area_id)
    if new:
        messages.success(request, _("The need is started. Read the text, and write on where you know more."))
        return redirect("areas:need_edit_what", pk=need.pk)
    messages.info(request, _("This need was there already."))
    return redirect("areas:need", pk=need.pk)

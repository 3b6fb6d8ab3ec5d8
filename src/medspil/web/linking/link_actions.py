"""The buttons of a link: ask a side, note its answer, note the partnership, and take each of them back."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from medspil.common.models import EditConflict
from medspil.linking import asking
from medspil.linking.gate import CompanyClosedToUs, Protected, ResourceGone
from medspil.linking.link_states import StepNotAllowed
from medspil.linking.models import Link
from medspil.partnerships.beginning import WorkInIt, begin, take_back
from medspil.partnerships.late_yes import say_yes
from medspil.partnerships.models import Partnership
from medspil.web.http import SignedInRequest
from medspil.web.linking.link_forms import StepForm
from medspil.web.linking.link_loading import answer_or_refuse, link_or_404, work_or_refuse
from medspil.web.linking.link_page import page

FOUND = HTTPStatus.FOUND
TROUBLES = (
    CompanyClosedToUs,
    ResourceGone,
    StepNotAllowed,
    asking.SaidNo,
    asking.LinkPutAway,
    asking.DayAhead,
    WorkInIt,
)


@require_POST
def ask(request: SignedInRequest, pk: int, party: int) -> HttpResponse:
    """Note that a side was asked, also once more."""
    link = work_or_refuse(request, pk)
    side = get_object_or_404(link.parties.for_page(), pk=party)
    consent = reverse("linking:link_consent", args=[pk, party])
    return _do(request, link, partial(asking.ask, party=side), _("Noted: asked."), dated=True, consent=consent)


@require_POST
def ask_undo(request: SignedInRequest, pk: int, party: int) -> HttpResponse:
    """Note that a side was not asked after all."""
    link = work_or_refuse(request, pk)
    side = get_object_or_404(link.parties.for_page(), pk=party)
    return _do(request, link, partial(asking.take_back_asking, party=side), _("Taken back: it was not asked."))


@require_POST
def yes(request: SignedInRequest, pk: int, party: int) -> HttpResponse:
    """Note that a side would like to."""
    link, side = answer_or_refuse(request, pk, party)
    return _do(request, link, partial(say_yes, party=side), _("Noted: would like to."), dated=True)


@require_POST
def partnership(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that the link became a partnership."""
    link = work_or_refuse(request, pk)
    answer = _do(request, link, begin, _("It is a partnership now."), dated=True)
    begun = Partnership.objects.visible_to(request.user, on=timezone.localdate()).filter(link=link).first()
    # From the board one goes on there; from the link's page, with the partnership.
    if answer.status_code == FOUND and begun and request.POST.get("back") != "board":
        return redirect("partnerships:detail", pk=begun.pk)
    return answer


@require_POST
def partnership_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back that the link became a partnership."""
    link = work_or_refuse(request, pk)
    return _do(request, link, take_back, _("Taken back: it is no partnership yet."))


def _do(
    request: SignedInRequest,
    link: Link,
    act: Callable[..., Link],
    done: str,
    *,
    dated: bool = False,
    consent: str = "",
) -> HttpResponse:
    """Do it; what stands in the way is told on the link's page, where everything is as it was.

    `consent` is where it is written down that a protected company said we may write to it.
    """
    form = StepForm(request.POST)
    if not form.is_valid():
        return page(request, link, trouble=_("Please load the page again."), status=422)
    said = form.cleaned_data
    facts: dict[str, Any] = {"note": said["note"], "on": said["on"] or timezone.localdate()} if dated else {}
    try:
        act(link=link, expected_version=said["version"], by=request.user, now=timezone.now(), **facts)
    except Protected as trouble:
        return page(request, link, trouble=str(trouble), status=422, consent_url=consent)
    except TROUBLES as trouble:
        return page(request, link, trouble=str(trouble), status=422)
    except EditConflict:
        changed = _("Somebody else changed this link while you were looking at it. Here is how it stands now.")
        return page(request, link_or_404(request, link.pk), trouble=changed, status=409)
    if said["back"] == "board":
        return redirect(f"{reverse('linking:links', args=[link.area_id])}?flyttet={link.pk}#link-{link.pk}")
    messages.success(request, done)
    return redirect("linking:link", pk=link.pk)

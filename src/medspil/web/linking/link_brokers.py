"""Who builds the bridge of a link: coming, introducing the sides, and leaving as a planned day with a handover."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.linking import asking, brokers
from medspil.linking.models import Brokerage
from medspil.linking.permissions import parties, possible_owners
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Ability
from medspil.web.forms import add_domain_error, with_version
from medspil.web.http import SignedInRequest
from medspil.web.linking.broker_forms import BrokerForm, LeaveForm, TickForm
from medspil.web.linking.link_forms import StepForm
from medspil.web.linking.link_loading import REFUSED, link_or_404, rights_of, work_or_refuse
from medspil.web.linking.link_page import page

TROUBLES = (brokers.DayPassed, brokers.NobodyGoesOn, brokers.NoBroker, CprNumberFound)


@require_POST
def come(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let somebody who may bring parties together build the bridge of a link."""
    link = work_or_refuse(request, pk)
    form = BrokerForm(request.POST, people=possible_owners(link.area))
    if not form.is_valid():
        return page(request, link, trouble=_("Choose who builds the bridge."), status=422)
    person = form.cleaned_data["person"]
    try:
        brokers.come(
            link=link, user=person, organisation=_for_whom(person, link.area), by=request.user, now=timezone.now()
        )
    except (brokers.NoBroker, asking.LinkPutAway) as trouble:
        return page(request, link, trouble=str(trouble), status=422)
    messages.success(request, _("%(name)s builds the bridge now.") % {"name": person})
    return redirect("linking:link", pk=pk)


@require_POST
def introduce(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that the sides were introduced to each other."""
    link, form = work_or_refuse(request, pk), StepForm(request.POST)
    if not form.is_valid():
        return page(request, link, trouble=_("Please load the page again."), status=422)
    said = form.cleaned_data
    try:
        brokers.introduce(
            link=link,
            on=said["on"] or timezone.localdate(),
            note=said["note"],
            expected_version=said["version"],
            by=request.user,
            now=timezone.now(),
        )
    except (asking.LinkPutAway, asking.DayAhead) as trouble:
        return page(request, link, trouble=str(trouble), status=422)
    except EditConflict as trouble:
        return page(request, link_or_404(request, pk), trouble=str(trouble), status=409)
    messages.success(request, _("Noted: the sides were introduced."))
    return redirect("linking:link", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: SignedInRequest, pk: int) -> HttpResponse:
    """Plan the last day of a broker, who goes on, and what both sides should know."""
    found = _brokerage(request, pk)
    area = found.link.area
    form = LeaveForm(request.POST or None, initial=_plan(found), people=possible_owners(area).exclude(pk=found.user_id))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            brokers.plan_leaving(
                brokerage=found,
                leaves_on=said["leaves_on"],
                to=said["to"],
                organisation=_for_whom(said["to"], area) if said["to"] else None,
                to_the_parties=said["to"] is None,
                handover=said["handover"],
                expected_version=said["version"],
                by=request.user,
                now=timezone.now(),
            )
        except EditConflict as trouble:
            found.refresh_from_db()
            form = with_version(form, found.version)  # type: ignore[assignment]  # the same form
            add_domain_error(form, trouble)
            return _leave_page(request, found, form, status=409)
        except TROUBLES as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("The handover is planned. Both sides see it."))
            return redirect("linking:link", pk=found.link_id)
    return _leave_page(request, found, form, status=422 if form.errors else 200)


@require_POST
def stay(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a planned leaving back."""
    found, form = _brokerage(request, pk), StepForm(request.POST)
    if not form.is_valid():
        return page(request, found.link, trouble=_("Please load the page again."), status=422)
    try:
        brokers.stay(
            brokerage=found, expected_version=form.cleaned_data["version"], by=request.user, now=timezone.now()
        )
    except (brokers.DayPassed, EditConflict) as trouble:
        return page(request, found.link, trouble=str(trouble), status=409)
    messages.success(request, _("Taken back: the broker stays."))
    return redirect("linking:link", pk=found.link_id)


@require_POST
def tick(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that a point of the handover is done, or is not after all."""
    found, form = _brokerage(request, pk), TickForm(request.POST)
    if not form.is_valid():
        return page(request, found.link, trouble=_("Please load the page again."), status=422)
    said = form.cleaned_data
    try:
        brokers.tick(
            brokerage=found,
            code=said["code"],
            done=said["done"] == "yes",
            expected_version=said["version"],
            by=request.user,
            now=timezone.now(),
        )
    except brokers.NotOnTheList as trouble:
        raise Http404 from trouble
    except EditConflict as trouble:
        return page(request, found.link, trouble=str(trouble), status=409)
    return redirect("linking:link", pk=found.link_id)


def _brokerage(request: SignedInRequest, pk: int) -> Brokerage:
    """Return a brokerage that a person may plan: her own, or one of a link she works with."""
    found = get_object_or_404(
        Brokerage.objects.visible_to(request.user, on=timezone.localdate()).for_page(), pk=pk, called_off_at=None
    )
    if found.user_id != request.user.pk and not rights_of(request.user, found.link).works:
        raise PermissionDenied(REFUSED)
    found.link = link_or_404(request, found.link_id)
    return found


def _for_whom(person: User, area: Area) -> Organisation:
    """Return the organisation for which a person brings parties together in an area."""
    hers = Organisation.objects.where(person, Ability.LINK).filter(pk__in=[one.pk for one in parties(area)])
    found = hers.order_by("pk").first()
    if found is None:
        raise brokers.NoBroker
    return found


def _plan(found: Brokerage) -> dict[str, Any]:
    names = ("version", "leaves_on", "handover")
    return {name: getattr(found, name) for name in names} | {"to": found.handed_to_id}


def _leave_page(request: SignedInRequest, found: Brokerage, form: LeaveForm, *, status: int) -> HttpResponse:
    context = {"brokerage": found, "link": found.link, "area": found.link.area, "form": form}
    return render(request, "linking/link_leave.html", context, status=status)

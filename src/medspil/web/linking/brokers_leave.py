"""A broker leaves every link on one day, as when she changes her job: what will happen to each, and who goes on."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.linking import brokers
from medspil.linking.models import Brokerage
from medspil.linking.permissions import possible_successors
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest
from medspil.web.linking.broker_forms import LeaveAllForm
from medspil.web.tables import Column, Table


class LinksChanged(Exception):
    """The person has come to a link or left one since the page was loaded."""

    def __init__(self) -> None:
        super().__init__(gettext_lazy("Your links have changed since the page was loaded. Read them again."))


TROUBLES = (brokers.DayPassed, brokers.NobodyGoesOn, brokers.NoBroker, CprNumberFound)


@dataclass(frozen=True, slots=True)
class Row:
    """One link of hers, and what will happen to it."""

    brokerage: Brokerage
    fate: str


COLUMNS = (
    Column(
        pgettext_lazy("parties that could do something together", "Link"),
        "brokerage.link.sentence",
        url=lambda one: reverse("linking:link", args=[one.brokerage.link_id]),
    ),
    Column(gettext_lazy("Area"), "brokerage.link.area.name"),
    Column(gettext_lazy("State"), "brokerage.link.get_state_display"),
    Column(gettext_lazy("You build the bridge for"), "brokerage.organisation.name"),
    Column(gettext_lazy("What will happen"), "fate"),
)


@require_http_methods(["GET", "HEAD", "POST"])
def leave_all(request: SignedInRequest) -> HttpResponse:
    """Show what will happen to each link of a broker, and plan that she leaves them all."""
    hers = _hers(request)
    staying = [one for one in hers if one.leaves_on is None]
    if request.method == "POST" and not staying:  # the second half of a double click
        return redirect("linking:brokers_leave")
    people, people_in = possible_successors(request.user, staying), _in_areas(request, staying)
    seen = " ".join(str(one.pk) for one in staying)
    form = LeaveAllForm(request.POST or None, initial={"seen": seen}, people=people, people_in=people_in)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["seen"] != seen:
                raise LinksChanged
            return _planned(request, form.cleaned_data, form.to_in)
        except (LinksChanged, EditConflict) as trouble:
            form.data = {**request.POST.dict(), "seen": seen}
            add_domain_error(form, trouble)
            status = 409
        except TROUBLES as trouble:
            add_domain_error(form, trouble)
    rows = [Row(one, _fate(one)) for one in hers]
    context = {
        "form": form,
        "staying": staying,
        "table": Table(_("The links in which you build the bridge"), COLUMNS, rows, caption_hidden=True),
        "any": bool(hers),
    }
    status = status if status != 200 or not form.errors else 422
    return render(request, "linking/leave_all.html", context, status=status)


def _planned(request: SignedInRequest, said: dict[str, Any], to_in: dict[int, User]) -> HttpResponse:
    number = brokers.leave_everything(
        user=request.user,
        leaves_on=said["leaves_on"],
        to=said["to"],
        to_the_parties=said["to"] is None,
        to_in=to_in,
        handover=said["handover"],
        by=request.user,
        now=timezone.now(),
    )
    words = ngettext(
        "The handover of %(number)d link is planned. Its sides see it.",
        "The handover of %(number)d links is planned. Their sides see it.",
        number,
    )
    messages.success(request, words % {"number": number})
    return redirect("linking:brokers_leave")


def _in_areas(request: SignedInRequest, staying: list[Brokerage]) -> dict[Area, "QuerySet[User]"]:
    """Return who may go on in each area, where her links lie in several."""
    areas = {one.link.area for one in staying}
    return {
        area: possible_successors(request.user, [one for one in staying if one.link.area_id == area.pk])
        for area in (sorted(areas, key=lambda area: (area.name, area.pk)) if len(areas) > 1 else ())
    }


def _hers(request: SignedInRequest) -> list[Brokerage]:
    """Return the links in which a person builds the bridge today, those she stays in first."""
    today = timezone.localdate()
    found = Brokerage.objects.visible_to(request.user, on=today).of(request.user, today).for_page()
    return sorted(found, key=lambda one: (one.leaves_on is not None, one.link.area.name, one.pk))


def _fate(one: Brokerage) -> str:
    if one.leaves_on is None:
        return _("You leave after the day you choose, and whoever you choose goes on.")
    day = date_format(one.leaves_on, "DATE_FORMAT")
    if one.handed_to:
        return _("Planned already, and stays so: you leave after %(day)s, and %(name)s goes on.") % {
            "day": day,
            "name": one.handed_to,
        }
    return _("Planned already, and stays so: you leave after %(day)s, and the sides go on themselves.") % {"day": day}

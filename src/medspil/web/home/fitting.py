"""The needs that fit a company, in words for the company itself: how far away, what its trade can give, which words.

Only needs that were opened to companies. No points, nothing that others wrote of the company or of other companies.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from medspil.areas.models import Need, NeedQuerySet
from medspil.linking.openness import shown_to_companies
from medspil.linking.reverse import FittingNeed, needs_for
from medspil.matching import IndexUnusable
from medspil.organisations.models import Organisation
from medspil.register.index import record_of
from medspil.register.models import Unit, UnitStatus
from medspil.web.linking import wording
from medspil.web.linking.reasons import SHOWN_WORDS, WORTH_NAMING

SHOWN = 10
MOST_COMPANIES = 3


@dataclass(frozen=True, slots=True)
class NeedForCompany:
    """One open need with the reasons in words."""

    need: Need
    url: str
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class CompanyNeeds:
    """A company's place of work and the open needs that fit it; `ready` is false while the register is not."""

    organisation: Organisation
    unit: Unit
    needs: list[NeedForCompany] = field(default_factory=list)
    ready: bool = True


def fitting_needs(companies: Iterable[tuple[Organisation, list[Unit]]], *, now: datetime) -> list[CompanyNeeds]:
    """Return for the first companies a person speaks for the open needs that fit each of them best."""
    listed = [(organisation, units) for organisation, units in companies if units][:MOST_COMPANIES]
    if not listed:
        return []
    among = shown_to_companies(timezone.localdate(now))
    some = among.exists()
    return [_of_one(organisation, main_of(organisation, units), among, now, some) for organisation, units in listed]


def main_of(organisation: Organisation, units: list[Unit]) -> Unit:
    """Return the place of work that stands for a company: its own choice, one in business, the largest, the oldest."""
    return min(
        units,
        key=lambda unit: (
            unit.pk != organisation.unit_id,
            unit.status != UnitStatus.ACTIVE,
            -(unit.employees_from or 0),
            unit.number,
        ),
    )


def _of_one(organisation: Organisation, unit: Unit, among: NeedQuerySet, now: datetime, some: bool) -> CompanyNeeds:
    if not some:
        return CompanyNeeds(organisation, unit)
    try:
        found = needs_for(unit=unit, among=among, now=now, k=SHOWN, asks_itself=True)
    except IndexUnusable:
        return CompanyNeeds(organisation, unit, ready=False)
    own = record_of(unit).terms
    needs = [
        NeedForCompany(one.need, reverse("linking:open_need", args=[one.need.pk]), _reasons(one, unit, own))
        for one in found.needs
    ]
    return CompanyNeeds(organisation, unit, needs)


def _reasons(one: FittingNeed, unit: Unit, own: Collection[str]) -> list[str]:
    """Return why a need is shown. Of the words only those of the register: others may have written of the company."""
    found = []
    if one.ranked.distance_m is not None:
        away = wording.distance_known_by(one.ranked.distance_m, unit.point_quality)
        found.append(_("You are {distance} away.").format(distance=away))
    kinds = [wording.kind_name(kind) for kind, value in one.ranked.kinds if value >= WORTH_NAMING]
    if kinds:
        found.append(_("What your trade usually can give: {kinds}.").format(kinds=", ".join(kinds)))
    elif one.ranked.kinds:
        found.append(_("It lies outside your trade, but employees or management may want to help."))
    words = [word for word, _points in one.ranked.words if word in own][:SHOWN_WORDS]
    if words:
        found.append(_("Words in common: {words}.").format(words=", ".join(words)))
    return found

"""What the data say for a side of a link: codes and records, no words. The words are made of it in `told`.

Gains come first from what is asked for, then from what is known of the very company, its trade, the model, the theme.
"""

import math
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case as When_
from django.db.models import F, Value, When

from medspil.areas.models import NeededResource, Rhythm
from medspil.catalogue.fits import carries
from medspil.catalogue.gains import ExpectedGain, Fact, expected_gains
from medspil.catalogue.industries import industry_group
from medspil.catalogue.models import Case, PartnershipModel
from medspil.catalogue.nearest import Likeness, nearest_case
from medspil.catalogue.vocabulary import Side
from medspil.geography.nearness import ground_of
from medspil.linking.models import Link, LinkParty
from medspil.linking.parties import organisation_of, unit_of
from medspil.linking.profiles import heard, together
from medspil.organisations.models import Organisation
from medspil.organisations.subjects import of_organisation, of_unit
from medspil.register.models import Unit

MOST_GAINS, MOST_AREA_GAINS = 4, 3
MANY, FEW = 50, 10
NEAR_M = 2_000.0
HALF_A_YEAR = timedelta(days=183)
HOURS = frozenset({"time", "timer", "t", "hour", "hours", "h"})
TIMES_IN_HALF_A_YEAR = {Rhythm.ONCE: 1, Rhythm.YEARLY: 1, Rhythm.TWICE_A_YEAR: 1, Rhythm.MONTHLY: 6, Rhythm.WEEKLY: 26}
"""What is needed once or once a year is counted with the half-year in which it happens; all the time has no number."""
_DAYS_BETWEEN = {Rhythm.MONTHLY: 30.4, Rhythm.WEEKLY: 7.0}


@dataclass(frozen=True, slots=True)
class PitchFacts:
    """All that a letter to one side can rest on."""

    link: Link
    party: LinkParty
    model: str
    gains: list[ExpectedGain]
    area_gains: list[ExpectedGain]
    asked: list[NeededResource]
    hours: int | None
    nearest: Likeness | None

    @property
    def unit(self) -> Unit | None:
        """Return the entry in the register, if it has one."""
        return unit_of(self.party)

    @property
    def organisation(self) -> Organisation | None:
        """Return the organisation that it is or belongs to, if there is one."""
        return organisation_of(self.party)

    @property
    def name(self) -> str:
        """Return the name of the company."""
        found = self.organisation or self.unit
        return found.name if found else ""


def can_be_written_to(link: Link, party: LinkParty) -> bool:
    """Tell whether a side is a company or an organisation that could be written to; not the area's own."""
    if organisation_of(party) is None and unit_of(party) is None:
        return False
    return party.organisation_id != link.area.owner_id


def facts_of(link: Link, party: LinkParty) -> PitchFacts:
    """Return what the data say for a side of a link. Five queries at most."""
    unit = unit_of(party)
    asked = sorted(link.need.resources.all(), key=lambda one: one.pk) if link.need else []
    kinds = [one.kind for one in asked] or [one.kind for one in link.offers.all()]
    challenge = link.challenge or (link.need.challenge if link.need else None)
    themes = [challenge.theme] if challenge and challenge.theme else []
    model = model_of(link, unit, kinds)
    group = industry_group(unit.industry) if unit and unit.industry else None
    target = link.need.target_group if link.need else ""
    return PitchFacts(
        link=link,
        party=party,
        model=model,
        gains=expected_gains(
            Side.COMPANY,
            most=MOST_GAINS,
            model=model,
            group=group.code if group else "",
            kinds=kinds,
            themes=themes,
            facts=known_of(link, party),
        ),
        area_gains=expected_gains(Side.AREA, most=MOST_AREA_GAINS, kinds=kinds, themes=themes),
        asked=asked,
        hours=hours_in_half_a_year(link, asked),
        nearest=nearest_case(
            Case.objects.published(),
            kinds=kinds,
            themes=themes,
            target_groups=[target] if target else [],
            model=model,
        ),
    )


def model_of(link: Link, unit: Unit | None, kinds: list[str]) -> str:
    """Return the model: as the ranking proposed it, else by whether the trade carries what is asked for."""
    proposed = (link.grounds.get("row") or {}).get("model")
    if proposed in PartnershipModel:
        return str(proposed)
    if unit is None or not unit.industry or not kinds:
        return ""
    trade = any(carries(kind, unit.industry, unit.code_system) for kind in kinds)
    return (PartnershipModel.STRATEGICALLY_INTEGRATED if trade else PartnershipModel.ADD_ON).value


def known_of(link: Link, party: LinkParty) -> list[Fact]:
    """Return the facts of profile, size and place that gains may rest on. Two queries."""
    unit = unit_of(party)
    found = _told_by_profiles(link, party)
    if unit and unit.employees_from is not None and unit.employees_from >= MANY:
        found.append(Fact.MANY_EMPLOYEES)
    if unit and unit.employees_to is not None and unit.employees_to < FEW:
        found.append(Fact.FEW_EMPLOYEES)
    if unit and distance_m(link, unit) <= NEAR_M:
        found.append(Fact.NEAR)
    return found


def _told_by_profiles(link: Link, party: LinkParty) -> list[Fact]:
    organisation, unit = organisation_of(party), unit_of(party)
    subject = of_organisation(organisation) if organisation else of_unit(unit) if unit else None
    if subject is None:
        return []
    order = When_(When(said_by=F("about"), then=Value(0)), When(said_by=link.area.owner_id, then=Value(1)), default=2)
    heard_of = heard(link.area).filter(about__in=subject.organisations().values("pk")).exclude(facts={})
    said = together(heard_of.order_by(order, "-updated_at", "pk").values_list("facts", flat=True))
    names = (Fact.CSR, Fact.GLOBAL_COMPACT, Fact.VOLUNTEERING, Fact.EARLIER_PARTNERSHIPS)
    return [name for name in names if said.get(name.value)]


def distance_m(link: Link, unit: Unit) -> float:
    """Return how far a company lies from the area; infinity where one of them has no place."""
    area = link.area
    ground = ground_of(area.border, area.x, area.y, area.radius_m)
    return float(ground.distances([unit.x], [unit.y])[0]) if ground else math.inf


def hours_in_half_a_year(link: Link, asked: list[NeededResource]) -> int | None:
    """Return how many hours are asked for in half a year; None unless everything is told in hours and how often."""
    counts = [_hours(one, days_of(link)) for one in asked]
    return None if not counts or None in counts else sum(one for one in counts if one)


def days_of(link: Link) -> int:
    """Return how many days of a half-year a need lasts."""
    need = link.need
    if need is None or need.starts_on is None or need.ends_on is None:
        return HALF_A_YEAR.days
    return min((need.ends_on - need.starts_on).days + 1, HALF_A_YEAR.days)


def in_hours(one: NeededResource) -> bool:
    """Tell whether something that is asked for is told in hours."""
    return one.unit.strip().casefold().rstrip(".") in HOURS


def _hours(one: NeededResource, days: int) -> int | None:
    if one.quantity is None or not in_hours(one) or one.rhythm == Rhythm.LASTING:
        return None
    times = TIMES_IN_HALF_A_YEAR.get(Rhythm(one.rhythm), 0) if one.rhythm else 1
    between = _DAYS_BETWEEN.get(Rhythm(one.rhythm)) if one.rhythm else None
    return one.quantity * (min(times, max(1, round(days / between))) if between else times)

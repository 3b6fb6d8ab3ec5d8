"""What follows from a no: for which needs a party is left out, and which kinds of resource it is not asked for.

A no counts where it was heard. It counts for the needs of the area it was said to, and of areas that share their owner
or a partner with it; nobody else learns of it. "Never" counts besides for every area of the organisation that heard it.
A unit's no is that place's; that of an organisation that stands for a whole company is the no of all its places.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import hypot
from typing import NamedTuple

from django.db.models import Q

from medspil.areas.models import Area, Need
from medspil.linking.models import Link, LinkParty, Refusal, RefusalQuerySet, RefusalReason
from medspil.linking.parties import RESOURCE, organisation_of, place_of, speakers, unit_of, who, whole_company_of
from medspil.organisations.models import Organisation
from medspil.organisations.subjects import is_whole_company, whole_company
from medspil.register.models import Unit

_R = RefusalReason
Point = tuple[float, float]


class Case(NamedTuple):
    """What somebody would be asked for: enough of a need to tell whether a no holds for it."""

    need: int | None
    challenge: int | None
    theme: str
    place: Point | None


@dataclass(frozen=True, slots=True)
class SaidNo:
    """What a need hears: the no that leaves a unit out, and the kinds it is not asked for, by P-number."""

    stops: dict[int, Refusal] = field(default_factory=dict)
    declined: dict[int, dict[str, Refusal]] = field(default_factory=dict)

    @property
    def refusals(self) -> list[list[int]]:
        """Return which no stands behind which unit, as JSON can carry it: [P-number, refusal]."""
        pairs = {(number, one.pk) for number, one in self.stops.items()}
        pairs |= {(number, one.pk) for number, kinds in self.declined.items() for one in kinds.values()}
        return [list(pair) for pair in sorted(pairs)]


def case_of(need: Need) -> Case:
    """Return what a need asks. Reads its area and its challenge."""
    area, theme = need.area, need.challenge.theme if need.challenge else ""
    place = (area.x, area.y) if area.x is not None and area.y is not None else None
    return Case(need.pk, need.challenge_id, theme, place)


def case_of_link(link: Link) -> Case:
    """Return what a link asks: what its need asks, else the challenge in its area."""
    if link.need:
        return case_of(link.need)
    area, challenge = link.area, link.challenge
    place = (area.x, area.y) if area.x is not None and area.y is not None else None
    return Case(None, link.challenge_id, challenge.theme if challenge else "", place)


def stops(refusal: Refusal, case: Case, at: Point | None) -> bool:
    """Tell whether a standing no leaves a party at a place out of a case altogether."""
    if refusal.reason == _R.WRONG_KIND:
        return False  # it may be asked for other kinds
    if refusal.reason == _R.WRONG_THEME:
        return case.theme == refusal.theme
    if refusal.reason == _R.TOO_FAR:
        return is_beyond(refusal, case.place, at)
    if refusal.reason == _R.OTHER:
        same_need = refusal.need_id is not None and refusal.need_id == case.need
        about_challenge = refusal.need_id is None and refusal.challenge_id == case.challenge
        return same_need or about_challenge
    return True


def is_beyond(refusal: Refusal, place: Point | None, at: Point | None) -> bool:
    """Tell whether two places lie farther apart than a party would go; unknown is not far."""
    if place is None or at is None or refusal.beyond_km is None:
        return False
    return hypot(place[0] - at[0], place[1] - at[1]) > refusal.beyond_km * 1000.0


def parties_of(areas: Collection[int] | Iterable[int]) -> dict[int, set[int]]:
    """Return the organisations that own each area or take part in it. Two queries."""
    wanted = set(areas)
    found: dict[int, set[int]] = {
        pk: {owner} for pk, owner in Area.objects.filter(pk__in=wanted).values_list("pk", "owner")
    }
    links = Area.partners.through._default_manager.filter(area__in=wanted)
    for area, organisation in links.values_list("area", "organisation"):
        found[area].add(organisation)
    return found


def hears(refusal: Refusal, area: int, parties: Mapping[int, set[int]]) -> bool:
    """Tell whether a no counts in an area; `parties` by area as `parties_of` gives them, also of where it was said."""
    ours = parties.get(area, set())
    never = refusal.reason == _R.NEVER and refusal.heard_by_id in ours
    return never or area == refusal.area_id or bool(ours & parties.get(refusal.area_id, set()))


def heard_in(area: Area, on: date) -> RefusalQuerySet:
    """Return what stands on a day and counts in an area, with the parties it is of."""
    partner = Area.partners.through._default_manager.filter(area=area).values("organisation")
    ours = Organisation.objects.filter(Q(pk=area.owner_id) | Q(pk__in=partner)).values("pk")
    shared = Area.partners.through._default_manager.filter(organisation__in=ours).values("area")
    near = Q(area=area) | Q(area__owner__in=ours) | Q(area__in=shared)
    never = Q(reason=_R.NEVER, heard_by__in=ours)
    return with_parties(Refusal.objects.standing(on).filter(near | never))


def with_parties(refusals: RefusalQuerySet) -> RefusalQuerySet:
    """Return refusals with the records that tell whose they are, the oldest first."""
    related = ("organisation__unit", "unit", "resource__organisation__unit", "resource__unit")
    return refusals.select_related(*related).order_by("said_on", "pk")


def heard_by_need(need: Need, on: date, *, among: Q | None = None) -> SaidNo:
    """Return what a need hears on a day. One query; two where a whole company said no.

    `among` narrows the places of whole companies, of which there may be a thousand.
    """
    found = SaidNo()
    refusals = list(heard_in(need.area, on))
    if not refusals:
        return found
    case = case_of(need)
    places = _places({cvr for one in refusals if (cvr := whole_company_of(one))}, among)
    for one in refusals:
        for number, at in _units(one, places):
            if one.reason == _R.WRONG_KIND:
                found.declined.setdefault(number, {})[one.kind] = one
            elif stops(one, case, at):
                found.stops[number] = one
    return found


def said_no_to(link: Link, side: LinkParty, on: date) -> Refusal | None:
    """Return the no that keeps a side from being asked for a link: what it said that still holds there."""
    case = case_of_link(link)
    kinds = {one.kind for one in link.need.resources.all()} if link.need else set()
    declined: dict[str, Refusal] = {}
    unit = unit_of(side)
    for one in heard_in(link.area, on).filter(_may_be_of(side)):
        if one.reason == _R.WRONG_KIND:
            declined[one.kind] = one
        elif stops(one, case, point_of(unit)):
            return one
    return declined[min(kinds)] if kinds and kinds <= set(declined) else None


def _may_be_of(side: LinkParty) -> Q:
    """Return the condition that a refusal is of the party that a side is, however it was named there."""
    kind, key = who(side)
    if kind == RESOURCE:
        return Q(resource=key)
    unit = unit_of(side)
    if unit is None:
        return Q(organisation=key) | Q(resource__organisation=key)
    same_organisation = Q(organisation__unit=unit) | Q(resource__organisation__unit=unit)
    return of_unit(unit) | same_organisation


def may_be_of(organisations: Collection[int], units: Collection[int] = ()) -> Q:
    """Return the condition that a refusal may be of one of these by their keys; `speaks_for` tells of which."""
    given = Organisation.objects.filter(pk__in=organisations)
    places = Unit.objects.filter(Q(pk__in=units) | Q(pk__in=given.filter(unit__isnull=False).values("unit")))
    cvrs = Q(cvr__in=places.exclude(cvr="").values("cvr")) | Q(cvr__in=given.exclude(cvr="").values("cvr"))
    same_company = Organisation.objects.filter(whole_company(), cvrs)
    same_place = Organisation.objects.filter(unit__in=places.values("pk"))
    by_place = Q(unit__in=places.values("pk")) | Q(resource__unit__in=places.values("pk"))
    found = Q(by_place)
    for spoken in (given, same_company, same_place):
        keys = spoken.values("pk")
        found |= Q(organisation__in=keys) | Q(resource__organisation__in=keys)
    return found


def speaks_for(refusal: Refusal, *, organisation: Organisation | None = None, unit: Unit | None = None) -> bool:
    """Tell whether a no is that of an organisation, of a place, or of the company that either belongs to.

    `may_be_of` finds the candidates; both know a party by its organisation, its entry in the register or both.
    """
    said_by = organisation_of(refusal)
    if organisation and said_by and organisation.pk == said_by.pk:
        return True
    at = unit or (organisation.unit if organisation else None)
    place = place_of(refusal)
    if place is None and (cvr := whole_company_of(refusal)):
        return cvr == (at.cvr if at else "") or bool(
            organisation and is_whole_company(organisation) and organisation.cvr == cvr
        )
    place = place or (said_by.unit if said_by else None)
    return place is not None and at is not None and at.pk == place.pk


def of_unit(unit: Unit) -> Q:
    """Return the condition that a refusal speaks for a place of work."""
    spoken = speakers(unit).values("pk")
    by_place = Q(unit=unit) | Q(resource__unit=unit)
    return by_place | Q(organisation__in=spoken) | Q(resource__organisation__in=spoken, resource__unit=None)


def point_of(unit: Unit | None) -> Point | None:
    """Return where a unit lies, if that is known."""
    return (unit.x, unit.y) if unit and unit.x is not None and unit.y is not None else None


def _units(refusal: Refusal, places: Mapping[str, list[tuple[int, Point | None]]]) -> list[tuple[int, Point | None]]:
    """Return the P-numbers and places for which a refusal speaks."""
    unit = place_of(refusal)
    if unit is None and (cvr := whole_company_of(refusal)):
        return places.get(cvr, [])
    unit = unit or unit_of(refusal)
    return [(unit.number, point_of(unit))] if unit else []


def _places(numbers: set[str], among: Q | None) -> dict[str, list[tuple[int, Point | None]]]:
    found: dict[str, list[tuple[int, Point | None]]] = defaultdict(list)
    if numbers:
        rows = Unit.objects.filter(among or Q(), cvr__in=numbers).order_by("number")
        for cvr, number, x, y in rows.values_list("cvr", "number", "x", "y"):
            found[cvr].append((number, (x, y) if x is not None and y is not None else None))
    return found


def heard_of_unit(unit: Unit, cases: Mapping[int, Case], areas: Mapping[int, int], on: date) -> dict[int, SaidNo]:
    """Return by need what it hears of one unit: the same as `heard_by_need`, asked from the company's side.

    `cases` are the needs, `areas` the area of each. One query where the unit has refused nothing, three otherwise.
    """
    refusals = list(with_parties(Refusal.objects.standing(on).filter(of_unit(unit))))
    found: dict[int, SaidNo] = {}
    if not refusals:
        return found
    parties = parties_of({*areas.values(), *(one.area_id for one in refusals)})
    for pk, case in cases.items():
        for one in refusals:
            if not hears(one, areas[pk], parties):
                continue
            if one.reason == _R.WRONG_KIND:
                found.setdefault(pk, SaidNo()).declined.setdefault(unit.number, {})[one.kind] = one
            elif stops(one, case, point_of(unit)):
                found.setdefault(pk, SaidNo()).stops[unit.number] = one
    return found

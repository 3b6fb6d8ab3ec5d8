"""Flags on organisations whose company in the register has ceased, is being wound up or has turned protected."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from medspil.organisations.models import Organisation, OrganisationQuerySet
from medspil.register.flags import Flag, flagged, flags_of
from medspil.register.models import Unit, UnitStatus


def to_look_at(organisations: OrganisationQuerySet) -> OrganisationQuerySet:
    """Return those of the organisations that could carry a flag, with their entry in the register.

    One that has a CVR number and no entry stands for the whole company: something is wrong when none of its places of
    work is in business and may be approached.
    """
    places = Unit.objects.filter(cvr=OuterRef("cvr"))
    without_entry = Q(unit=None) & ~Q(cvr="")
    nothing_well = Q(Exists(places)) & ~Q(Exists(places.exclude(flagged())))
    wrong = Q(unit__isnull=False) & flagged("unit__") | without_entry & nothing_well
    return organisations.filter(wrong, archived_at=None).select_related("unit").order_by("name", "pk")


def flags_of_organisations(organisations: Iterable[Organisation]) -> list[tuple[Organisation, Flag]]:
    """Return organisations that carry a flag, each with it. Two queries at the most, three where one has no entry.

    An organisation may have been protected before it was here: only protection that came later is a flag.
    """
    found = list(organisations)
    wholes = _units_of_companies({one.cvr for one in found if one.unit is None and one.cvr})
    linked = [(one, unit) for one in found if (unit := one.unit or wholes.get(one.cvr))]
    since = {unit.number: one.created_at for one, unit in linked}
    flags = flags_of((unit for _one, unit in linked), since=since)
    return [(one, flags[unit.number]) for one, unit in linked if unit.number in flags]


def _units_of_companies(numbers: Iterable[str]) -> dict[str, Unit]:
    """Return for each CVR number the place of work that tells most of the company: in business, if any is; the last
    to close, if none."""
    found: dict[str, Unit] = {}
    wanted = [number for number in numbers if number]
    order = {UnitStatus.ACTIVE: 2, UnitStatus.CLOSING: 1}
    for unit in Unit.objects.filter(cvr__in=wanted).order_by("number") if wanted else ():
        best = found.get(unit.cvr)
        if best is None or _tells(unit, order) > _tells(best, order):
            found[unit.cvr] = unit
    return found


def _tells(unit: Unit, order: dict[UnitStatus, int]) -> tuple[int, str]:
    return order.get(UnitStatus(unit.status), 0), unit.ended_on.isoformat() if unit.ended_on else ""

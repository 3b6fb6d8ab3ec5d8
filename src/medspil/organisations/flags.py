"""Flags on organisations whose entry in the register has ceased, is being wound up or has turned protected."""

from collections.abc import Iterable

from medspil.organisations.models import Organisation, OrganisationQuerySet
from medspil.register.flags import Flag, flagged, flags_of


def to_look_at(organisations: OrganisationQuerySet) -> OrganisationQuerySet:
    """Return those of the organisations that could carry a flag, with their entry in the register."""
    current = organisations.filter(archived_at=None, unit__isnull=False).filter(flagged("unit__"))
    return current.select_related("unit").order_by("name", "pk")


def flags_of_organisations(organisations: Iterable[Organisation]) -> list[tuple[Organisation, Flag]]:
    """Return organisations loaded with their unit that carry a flag, each with it. One query at the most.

    An organisation may have been protected before it was here: only protection that came later is a flag.
    """
    linked = [(one, one.unit) for one in organisations if one.unit is not None]
    since = {unit.number: one.created_at for one, unit in linked}
    flags = flags_of((unit for _one, unit in linked), since=since)
    return [(one, flags[unit.number]) for one, unit in linked if unit.number in flags]

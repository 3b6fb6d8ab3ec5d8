"""How units and the state of the register are shown."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from medspil.geography.places import municipality
from medspil.register.models import PointQuality, Unit, UnitStatus
from medspil.register.sizes import size_text
from medspil.register.status import RegisterStatus
from medspil.web.maps import Map, Point, build
from medspil.web.parts import Fact
from medspil.web.tables import Column, Table

SECTORS: dict[str, str | Promise] = {
    "private": gettext_lazy("private"),
    "public": gettext_lazy("public"),
    "voluntary": gettext_lazy("voluntary"),
}
POINT_NOTES: dict[str, str | Promise] = {
    PointQuality.ADDRESS: gettext_lazy("The point on the map is the address."),
    PointQuality.STREET: gettext_lazy("The point on the map is the street."),
    PointQuality.POSTCODE: gettext_lazy("Only the postal code is known: distances can be some kilometres off."),
    PointQuality.NONE: gettext_lazy("The place is not known: the unit is left out where distance counts."),
}


def place(unit: Unit) -> str:
    """Return postal code and town."""
    return f"{unit.postcode} {unit.city}".strip()


def employees(unit: Unit) -> str:
    """Return the number of employees, or that it is not known."""
    return size_text(unit.employees_from, unit.employees_to) or _("not known")


RESULTS = (
    Column(gettext_lazy("Name"), "name", template="register/_name_cell.html"),
    Column(gettext_lazy("Industry"), "industry_text"),
    Column(gettext_lazy("Town"), place),
    Column(gettext_lazy("Employees"), employees, numeric=True),
)


def results(units: list[Unit]) -> Table:
    """Return the table of units found."""
    return Table(caption=_("Companies found"), describe=RESULTS, records=units, caption_hidden=True)


def facts(unit: Unit, *, known_on: date) -> list[Fact]:
    """Return the facts of a unit for its page."""
    where = municipality(unit.municipality)
    told = [
        Fact(_("Company"), unit.company_name) if unit.company_name else None,
        Fact(_("P-number"), str(unit.number)),
        Fact(_("CVR number"), _spaced(unit.cvr)),
        Fact(_("Industry"), unit.industry_text, note=f"{unit.industry} · {unit.code_system}" if unit.industry else ""),
        Fact(_("Address"), "\n".join(line for line in (unit.address, place(unit)) if line)),
        Fact(_("Municipality"), where.name if where else ""),
        Fact(_("Place known by"), unit.get_point_quality_display(), note=POINT_NOTES[unit.point_quality]),
        Fact(_("Employees"), employees(unit)),
        Fact(_("Started"), _day(unit.started_on)),
        Fact(_("Ceased"), _day(unit.ended_on)) if unit.ended_on else None,
        Fact(_("Purpose"), unit.purpose) if unit.purpose else None,
        Fact(_("Source"), unit.source, note=_("as of %(day)s") % {"day": _day(known_on)}),
    ]
    return [fact for fact in told if fact is not None]


def unit_map(unit: Unit) -> Map | None:
    """Return a small map around a unit; None without a point."""
    if unit.x is None or unit.y is None:
        return None
    point = Point(ident=f"unit-{unit.number}", x=unit.x, y=unit.y, label=unit.name)
    caption = _("Where %(name)s lies") % {"name": unit.name}
    return build(centre=(unit.x, unit.y), rings_km=(1, 2, 5), points=[point], caption=caption)


def status_facts(status: RegisterStatus) -> list[Fact]:
    """Return the counts of the register."""
    states = {str(UnitStatus(code).label): count for code, count in status.by_status.items()}
    sectors = {str(SECTORS[code]): count for code, count in status.by_sector.items()}
    points = {str(PointQuality(code).label): count for code, count in status.by_point.items()}
    return [
        Fact(_("Units"), number(status.units), note=_listed(states)),
        Fact(_("Active units by sector"), _listed(sectors)),
        Fact(_("Active units with advertising protection"), number(status.protected)),
        Fact(_("Active units by what their place is known by"), _listed(points)),
    ]


def source_table(status: RegisterStatus) -> Table:
    """Return the table of sources with their age."""
    columns = (
        Column(_("Source"), "name"),
        Column(_("Units"), lambda source: number(source.units), numeric=True),
        Column(_("Date of the data"), lambda source: _day(source.date)),
        Column(_("Age"), lambda source: _age(source.age_days)),
        Column(_("Made up"), lambda source: _("yes") if source.made_up else _("no")),
    )
    return Table(caption=_("Sources"), describe=columns, records=status.sources)


def number(value: int) -> str:
    """Return a number with the language's thousands sign."""
    return str(number_format(value, force_grouping=True))


def unit_url(number_: int) -> str:
    """Return the address of a unit's page."""
    return reverse("register:detail", args=[number_])


def _age(days: int) -> str:
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": number(days)}


def _spaced(cvr: str) -> str:
    return " ".join(cvr[at : at + 2] for at in range(0, len(cvr), 2))


def _day(day: date | None) -> str:
    return str(date_format(day, "DATE_FORMAT")) if day else ""


def _listed(counts: dict[Any, int]) -> str:
    return ", ".join(f"{name}: {number(count)}" for name, count in counts.items())

"""How units and the state of the register are shown."""

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspil.geography.places import municipality
from medspil.register.models import PointQuality, Unit
from medspil.register.sizes import size_text
from medspil.web.maps import Map, Point, build
from medspil.web.parts import Fact
from medspil.web.tables import Column, Table

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


def number(value: int) -> str:
    """Return a number with the language's thousands sign."""
    return str(number_format(value, force_grouping=True))


def unit_url(number_: int) -> str:
    """Return the address of a unit's page."""
    return reverse("register:detail", args=[number_])


def _spaced(cvr: str) -> str:
    return " ".join(cvr[at : at + 2] for at in range(0, len(cvr), 2))


def _day(day: date | None) -> str:
    return str(date_format(day, "DATE_FORMAT")) if day else ""

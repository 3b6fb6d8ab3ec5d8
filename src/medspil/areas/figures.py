"""The figures one may note about an area's residents: a table of measures. What nobody noted is not stated, never 0."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.areas.models import Area, Figure


class Unit(StrEnum):
    """What a figure counts."""

    NUMBER = "number"
    PERCENT = "percent"
    TIMES = "times"


UNIT_NAMES: dict[Unit, str | Promise] = {Unit.NUMBER: "", Unit.PERCENT: "%", Unit.TIMES: _("times")}


@dataclass(frozen=True, slots=True)
class Measure:
    """One kind of figure: code, name, unit, the highest value that can be right, and what it means."""

    code: str
    name: str | Promise
    unit: Unit
    most: int
    help: str | Promise = ""

    @property
    def unit_name(self) -> str | Promise:
        """What stands after the number."""
        return UNIT_NAMES[self.unit]


_N, _P = Unit.NUMBER, Unit.PERCENT
MEASURES: tuple[Measure, ...] = (
    Measure("residents", _("Residents"), _N, 100_000),
    Measure("households", _("Households"), _N, 60_000),
    Measure("under_18", _("Aged under 18"), _P, 100, _("Share of all residents.")),
    Measure("over_64", _("Aged 65 or more"), _P, 100, _("Share of all residents.")),
    Measure(
        "outside_work_education",
        _("Outside work and education"),
        _P,
        100,
        _("Share of residents aged 18–64, mean of the last two years."),
    ),
    Measure("basic_school_only", _("Basic school only"), _P, 100, _("Share of residents aged 30–59.")),
    Measure(
        "income_of_region",
        _("Income compared with the region"),
        _P,
        300,
        _("Mean gross income of taxpayers aged 15–64 as a share of the same group in the region."),
    ),
    Measure(
        "convictions_of_national",
        _("Convictions compared with the country"),
        Unit.TIMES,
        50,
        _("Times the national share, mean of the last two years."),
    ),
    Measure("without_computer", _("Households without a computer"), _P, 100),
    Measure("in_leisure_clubs", _("Children in a leisure club"), _P, 100, _("Share of those aged 6–17.")),
    Measure("moved_out", _("Moved out within a year"), _P, 100, _("Share of all residents.")),
)
BY_CODE = {measure.code: measure for measure in MEASURES}
SMALLEST_COUNT = 5


class FigureRefused(Exception):
    """A figure cannot be right or must not be told; `measure` is its code."""

    def __init__(self, measure: str, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.measure = measure


def check(code: str, value: Decimal) -> None:
    """Raise `FigureRefused` for a value out of bounds, or a count so small that it tells of single persons."""
    measure = BY_CODE[code]
    if not 0 <= value <= measure.most:
        raise FigureRefused(code, _("The figure must lie between 0 and %(most)s.") % {"most": measure.most})
    if measure.unit is Unit.NUMBER and 0 < value < SMALLEST_COUNT:
        raise FigureRefused(code, _("Counts below 5 are not kept. Leave the field blank."))


@dataclass(frozen=True, slots=True)
class Stated:
    """A measure with its latest figure, or None where nobody stated one."""

    measure: Measure
    figure: Figure | None


def latest(area: Area) -> list[Stated]:
    """Return every measure with the area's latest figure; reads the loaded figures."""
    newest = _newest(area.figures.all())
    return [Stated(measure, newest.get(measure.code)) for measure in MEASURES]


def _newest(figures: Iterable[Figure]) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for figure in figures:
        if figure.measure not in found or figure.counted_on > found[figure.measure].counted_on:
            found[figure.measure] = figure
    return found

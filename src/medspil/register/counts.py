"""Counts the register once, by all that its state is told by: municipality, industry, place, protection, size."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.db.models import Case, Count, F, Value, When
from django.db.models.functions import Substr

from medspil.matching import PRIVATE, PUBLIC, VOLUNTARY
from medspil.register.forms import sector_of
from medspil.register.models import PointQuality, Unit, UnitStatus

SECTORS = {PRIVATE: "private", PUBLIC: "public", VOLUNTARY: "voluntary"}
_COUNTED = ("municipality", "code_system", "division", "status", "protected", "point_quality", "unknown")
_UNKNOWN = Case(When(employees_from=None, then=Value(1)), default=Value(0))
DIVISION = 2  # digits of an industry code that name its division


@dataclass(slots=True)
class UnitCounts:
    """How many active units there are of something, and what is known of them; and how many are no longer active."""

    active: int = 0
    protected: int = 0
    size_unknown: int = 0
    at_address: int = 0
    closed: int = 0

    def add(self, row: dict[str, Any]) -> None:
        """Count the units of one row of the database's answer."""
        units = row["units"]
        if row["status"] != UnitStatus.ACTIVE:
            self.closed += units
            return
        self.active += units
        self.protected += units if row["protected"] else 0
        self.size_unknown += units if row["unknown"] else 0
        self.at_address += units if row["point_quality"] == PointQuality.ADDRESS else 0


@dataclass(slots=True)
class Counts:
    """The whole register, counted."""

    all: UnitCounts = field(default_factory=UnitCounts)
    by_status: dict[str, int] = field(default_factory=dict)
    by_point: dict[str, int] = field(default_factory=dict)
    by_sector: dict[str, int] = field(default_factory=dict)
    by_municipality: dict[str, UnitCounts] = field(default_factory=dict)
    by_industry: dict[tuple[str, str], UnitCounts] = field(default_factory=dict)  # (edition, division of two digits)

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        industries = [[system, division, asdict(each)] for (system, division), each in self.by_industry.items()]
        towns = {code: asdict(each) for code, each in self.by_municipality.items()}
        return {
            "all": asdict(self.all),
            "by_status": self.by_status,
            "by_point": self.by_point,
            "by_sector": self.by_sector,
            "by_municipality": towns,
            "by_industry": industries,
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """Read what `as_json` wrote."""
        return cls(
            all=UnitCounts(**values["all"]),
            by_status=values["by_status"],
            by_point=values["by_point"],
            by_sector=values["by_sector"],
            by_municipality={code: UnitCounts(**each) for code, each in values["by_municipality"].items()},
            by_industry={(system, division): UnitCounts(**each) for system, division, each in values["by_industry"]},
        )


class Counting:
    """Counts units that somebody reads anyway: the builder of the index reads them all."""

    def __init__(self) -> None:
        self._rows: Counter[tuple[Any, ...]] = Counter()
        self._forms: Counter[str] = Counter()

    def take(
        self,
        *,
        municipality: str,
        code_system: str,
        industry: str,
        status: str,
        protected: bool,
        point_quality: str,
        employees_from: int | None,
        company_form: str,
    ) -> None:
        """Count one unit."""
        division, unknown = industry[:DIVISION], employees_from is None
        self._rows[municipality, code_system, division, status, protected, point_quality, unknown] += 1
        if status == UnitStatus.ACTIVE:
            self._forms[company_form] += 1

    def counts(self) -> Counts:
        """Return what was counted so far."""
        rows = ({**dict(zip(_COUNTED, key, strict=True)), "units": units} for key, units in self._rows.items())
        return _added_up(rows, self._forms.items())


def count_register() -> Counts:
    """Return the counts; two passes over the register, in which the database does the adding up."""
    rows = Unit.objects.annotate(division=Substr(F("industry"), 1, DIVISION), unknown=_UNKNOWN).values(*_COUNTED)
    forms = Unit.objects.active().values_list("company_form").annotate(n=Count("pk")).order_by()
    return _added_up(rows.annotate(units=Count("pk")).order_by().iterator(), forms)


def _added_up(rows: Iterable[Any], forms: Iterable[tuple[str, int]]) -> Counts:
    found = Counts()
    for row in rows:
        found.all.add(row)
        found.by_municipality.setdefault(row["municipality"], UnitCounts()).add(row)
        industry = (row["code_system"] if row["division"] else "", row["division"])
        found.by_industry.setdefault(industry, UnitCounts()).add(row)
        found.by_status[row["status"]] = found.by_status.get(row["status"], 0) + row["units"]
        if row["status"] == UnitStatus.ACTIVE:
            found.by_point[row["point_quality"]] = found.by_point.get(row["point_quality"], 0) + row["units"]
    for form, units in forms:
        sector = SECTORS[sector_of(form)]
        found.by_sector[sector] = found.by_sector.get(sector, 0) + units
    return found

"""Reads rows of either side from what people paste or bring as a file: which row, which field, and what is wrong.

The first row may name the columns, in Danish or English; without names the order is name, number, place, then the
facts of the programme. Nothing is stored here, and one wrong row stops them all.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from medspil.common.privacy import SENTENCE, looks_like_cpr
from medspil.common.reading.headings import key
from medspil.common.reading.lists import filled, heading_with
from medspil.common.reading.problems import UnreadableFile
from medspil.common.tables import plain_cell
from medspil.geography.places import places_named, postcode
from medspil.geography.projection import in_denmark, to_metres
from medspil.language import fold
from medspil.rounds.facts import MOST_NUMBER, FactUnreadable, read_fact, read_number
from medspil.rounds.programmes import Fact, Programme, Side

MOST_ROWS = 20_000
LONGEST_LABEL = 160
YES, NO = {"ja", "yes", "j", "y", "1", "x", "true", "sand"}, {"nej", "no", "n", "0", "false", "falsk", ""}
# Column -> what it may be called. Facts of a programme bring their own names.
NAMES: Mapping[str, tuple[str, ...]] = {
    "label": ("navn", "name", "titel", "title", "klasse", "class", "projekt", "project", "hold", "virksomhed",
              "company", "parti", "lot", "frivillig", "volunteer", "gruppe", "organisation", "id"),
    "amount": ("antal", "number", "amount", "ønsker", "ønsket", "wanted", "demand", "kapacitet", "capacity",
               "tager", "takes", "giver", "gives", "klasser", "classes", "pladser"),
    "least": ("mindst", "least", "at least", "minimum"),
    "place": ("sted", "place", "adresse", "address", "by", "town", "postnr", "postnummer", "postcode"),
    "x": ("x", "øst", "east", "utm_x"),
    "y": ("y", "nord", "north", "utm_y"),
    "latitude": ("breddegrad", "latitude", "lat"),
    "longitude": ("længdegrad", "longitude", "lon", "lng"),
    "area": ("område", "area", "boligområde"),
    "cvr": ("cvr", "cvr-nummer", "cvr-nr", "cvr number"),
    "whole": ("samlet", "helt parti", "whole", "as a whole"),
    "reach_km": ("højst km", "km", "afstand", "rækkevidde", "reach", "most km", "max km"),
}  # fmt: skip
ONLY_DEMAND, ONLY_SUPPLY = {"least", "area"}, {"whole", "reach_km"}
_ORDER = ("label", "amount", "place")


class TooManyRows(UnreadableFile):
    """A table that is no list of one round any more."""

    def __init__(self) -> None:
        super().__init__(
            _("There are more than {number} rows. Share them out over several rounds.").format(number=MOST_ROWS)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A row as it was read, before anything is stored."""

    row: int
    label: str
    amount: int | None = None
    least: int | None = None
    place: str = ""
    x: float | None = None
    y: float | None = None
    area: str = ""
    cvr: str = ""
    whole: bool = False
    reach_km: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong: the row as a spreadsheet counts it, the column as it is called there, and what."""

    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. With a fault nothing may be stored."""

    drafts: tuple[Draft, ...]
    faults: tuple[Fault, ...]
    unused: tuple[str, ...] = ()  # columns that say nothing here


Rows = Iterable[tuple[int, Sequence[str]]]


def read_rows(rows: Rows, *, programme: Programme, asks: bool) -> Reading:
    """Return the rows of one side. Raises `TooManyRows`."""
    plain = ((row, [plain_cell(" ".join(str(cell).split())) for cell in cells]) for row, cells in rows)
    there = filled(plain, most=MOST_ROWS + 1)
    if len(there) > MOST_ROWS + 1:
        raise TooManyRows
    side = programme.demand if asks else programme.supply
    columns, below, unused = _columns(there, _known(side, asks=asks), side.facts)
    facts = {fact.code: fact for fact in side.facts}
    words = {"label": side.one, "amount": side.amount, "place": _("Place")} | {
        one.code: one.label for one in side.facts
    }
    columns = [(code, name or str(words.get(code, code))) for code, name in columns]
    drafts, faults = [], []
    for row, cells in below:
        draft, wrong = _read(row, cells, columns, facts)
        faults += wrong
        if draft:
            drafts.append(draft)
    return Reading(tuple(drafts), tuple(faults), tuple(unused))


def point_of(place: str) -> tuple[float, float] | None:
    """Return a point for a written place: its postal code, else a town of that name."""
    for found in re.findall(r"(?<!\d)\d{4}(?!\d)", place):
        if area := postcode(found):
            return float(area.x), float(area.y)
    for part in reversed([part.strip() for part in place.split(",")]):
        named = [one for one in places_named(part) if fold(one.name) == fold(part)]
        if named:
            return float(named[0].x), float(named[0].y)
    return None


def _known(side: Side, *, asks: bool) -> dict[str, str]:
    """Return {name of a column: its code}; what a programme calls its facts goes before the general names."""
    left_out = ONLY_SUPPLY if asks else ONLY_DEMAND
    found = {_name(name): code for code, names in NAMES.items() if code not in left_out for name in (code, *names)}
    found |= {_name(str(side.one)): "label", _name(str(side.amount)): "amount"}
    for fact in side.facts:
        found |= {_name(name): fact.code for name in (fact.code, str(fact.label), *fact.names)}
    return found


def _name(heading: str) -> str:
    return key(fold(heading))


def _columns(
    there: list[tuple[int, list[str]]], known: Mapping[str, str], facts: Sequence[Fact]
) -> tuple[list[tuple[str, str]], list[tuple[int, list[str]]], list[str]]:
    """Return (code, name) of each column, the rows below the heading, and columns that say nothing."""
    heading = heading_with(
        there, known=lambda name: _name(name) in known, needed=lambda name: known.get(_name(name)) == "label"
    )
    if heading is None:
        order = [*_ORDER, *(fact.code for fact in facts)]
        return [(code, "") for code in order], there, []
    seen: set[str] = set()
    columns = []
    for name in heading[1]:
        code = known.get(_name(name), "")
        columns.append(("" if code in seen else code, name))
        seen.add(code)
    below = [(row, cells) for row, cells in there if row > heading[0]]
    return columns, below, [name for code, name in columns if not code and name]


def _read(
    row: int, cells: Sequence[str], columns: Sequence[tuple[str, str]], facts: Mapping[str, Fact]
) -> tuple[Draft | None, list[Fault]]:
    faults: list[Fault] = []
    values: dict[str, Any] = {"facts": {}}
    if len(cells) > len(columns) and any(cells[len(columns) :]):
        faults.append(Fault(row, "", _("The row has more cells than there are columns.")))
    for (code, name), cell in zip(columns, cells, strict=False):
        if not code or not cell:
            continue
        try:
            if looks_like_cpr(cell):
                raise FactUnreadable(str(SENTENCE))
            if code in facts:
                values["facts"][code] = read_fact(facts[code], cell)
            else:
                values[code] = _cell(code, cell)
        except FactUnreadable as trouble:
            faults.append(
                Fault(row, name or code, f"“{cell[:60]}” {trouble}" if not looks_like_cpr(cell) else str(trouble))
            )
    if not values.get("label") and not any(fault.column == _heading(columns, "label") for fault in faults):
        faults.append(Fault(row, _heading(columns, "label"), _("The name is missing.")))
    faults += [Fault(row, "", text) for text in _together(values)]
    return (None, faults) if faults else (_draft(row, values), [])


def _heading(columns: Sequence[tuple[str, str]], wanted: str) -> str:
    return next((name or code for code, name in columns if code == wanted), wanted)


def _cell(code: str, cell: str) -> Any:
    return _CELLS.get(code, _short_text)(cell)


def _amount(cell: str) -> int:
    return read_number(cell, least=1)


def _km(cell: str) -> int:
    return read_number(re.sub(r"\s*km\.?$", "", cell), least=1, most=500)


def _yes_or_no(cell: str) -> bool:
    if cell.lower() not in YES | NO:
        raise FactUnreadable(_("is neither yes nor no"))
    return cell.lower() in YES


def _cvr(cell: str) -> str:
    digits = re.sub(r"^DK|\s", "", cell)
    if not re.fullmatch(r"\d{8}", digits):
        raise FactUnreadable(_("is not a CVR number: eight digits"))
    return digits


def _short_text(cell: str) -> str:
    if len(cell) > LONGEST_LABEL:
        raise FactUnreadable(_("is longer than {number} signs").format(number=LONGEST_LABEL))
    return cell


def _decimal(cell: str) -> float:
    if not re.fullmatch(r"-?\d{1,8}(?:[.,]\d{1,9})?", cell):
        raise FactUnreadable(_("is not a number"))
    return float(cell.replace(",", "."))


def _together(values: Mapping[str, Any]) -> list[str]:
    """Return what is wrong between the cells of a row."""
    found = []
    if values.get("least", 0) > (values.get("amount") or MOST_NUMBER):
        found.append(_("The least must not be more than what is wanted."))
    if ("latitude" in values) != ("longitude" in values) or ("x" in values) != ("y" in values):
        found.append(_("One half of the position is missing."))
    elif "latitude" in values and not in_denmark(values["longitude"], values["latitude"]):
        found.append(_("The position does not lie in Denmark."))
    return found


def _draft(row: int, values: dict[str, Any]) -> Draft:
    x, y = values.pop("x", None), values.pop("y", None)
    latitude, longitude = values.pop("latitude", None), values.pop("longitude", None)
    if latitude is not None and longitude is not None:
        x, y = to_metres(longitude, latitude)
    elif x is None and (found := point_of(values.get("place", ""))):
        x, y = found
    return Draft(row=row, x=x, y=y, **values)


_CELLS: Mapping[str, Callable[[str], Any]] = {
    "amount": _amount,
    "least": read_number,
    "reach_km": _km,
    "whole": _yes_or_no,
    "cvr": _cvr,
    "x": _decimal,
    "y": _decimal,
    "latitude": _decimal,
    "longitude": _decimal,
}

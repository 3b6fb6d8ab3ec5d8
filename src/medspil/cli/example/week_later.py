"""Writes the made-up register of a week later: a small file of what happened around the areas in that week.

It is written from what stands in the register: companies that closed, moved, were renamed, turned protected or were
not protected any more, and new ones. The same register gives the same file.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from math import ceil, hypot
from pathlib import Path
from random import Random
from typing import NamedTuple

from medspil.catalogue.industries import industries
from medspil.cli.example.made_up import HEADER, cvr_from, metres, named, write_rows
from medspil.geography.shapes import Point
from medspil.register.models import PointQuality, Unit, UnitStatus

SEED = 2026
WRITTEN_ON = date(2026, 11, 8)  # a week after the whole register
COLUMNS = (*HEADER, "Status")
NEAR_M, FAR_M = 3_000, 10_000
FIRST_NUMBER, FIRST_CVR = 9_100_900_000, 92_600_000  # after all that the whole register draws
NEXT_DOOR_M = 60

# How often something happens in a week where a thousand companies lie near: up to 3 km away, and from there to 10 km.
USUAL: dict[str, tuple[int, int]] = {
    "new": (9, 7), "moved here": (5, 4), "moved away": (4, 3), "moved within": (2, 2), "ceased": (7, 5),
    "closing": (1, 1), "protected": (4, 3), "lifted": (2, 1), "renamed": (4, 3), "trade": (2, 2),
}  # fmt: skip
THOUSAND, LEAST = 1_000, 0.25


class _Spot(NamedTuple):
    """Where a company of the register lies, and whether it is protected."""

    number: int
    x: float
    y: float
    protected: bool


@dataclass(frozen=True, slots=True)
class _Event:
    """What happens to a company; `place` is the one beside which it moves or opens."""

    kind: str
    number: int
    place: int = 0


def write_week(path: Path, *, around: Sequence[Point], turned: Mapping[int, str], spared: Collection[int]) -> None:
    """Write what happened around some points; `turned` says what becomes of single companies, `spared` are left."""
    random = Random(SEED)  # noqa: S311  (no secret: the same file every time)
    events = [*_around(random, around, {*turned, *spared}), *(_Event(kind, number) for number, kind in turned.items())]
    numbers = {event.number for event in events} | {event.place for event in events if event.place}
    units = Unit.objects.in_bulk(list(numbers), field_name="number")
    rows = (_row(random, nth, event, units) for nth, event in enumerate(events))
    write_rows(path, COLUMNS, rows)


def _around(random: Random, around: Sequence[Point], left: Collection[int]) -> Iterator[_Event]:
    known = Unit.objects.filter(made_up=True, status=UnitStatus.ACTIVE, point_quality=PointQuality.ADDRESS)
    rows = known.exclude(number__in=left).order_by("number").values_list("number", "x", "y", "protected")
    spots = [_Spot(number, x or 0.0, y or 0.0, protected) for number, x, y, protected in rows]
    random.shuffle(spots)
    busy: set[int] = set()  # to whom something has happened already
    for x, y in around:
        far_away = [spot for spot in spots if hypot(spot.x - x, spot.y - y) > FAR_M]
        for nth, (inner, outer) in enumerate(((0, NEAR_M), (NEAR_M, FAR_M))):
            here = [spot for spot in spots if inner <= hypot(spot.x - x, spot.y - y) < outer]
            share = min(1.0, max(LEAST, len(here) / THOUSAND))
            for kind, usual in USUAL.items():
                yield from _events(kind, ceil(usual[nth] * share), here, far_away, busy)


def _events(
    kind: str, wanted: int, here: Sequence[_Spot], far_away: Sequence[_Spot], busy: set[int]
) -> Iterator[_Event]:
    """Let something happen to companies that nothing has happened to yet; fewer where there are not so many."""
    who, places = (far_away if kind == there else here for there in ("moved here", "moved away"))
    free = (spot for spot in who if spot.number not in busy and spot.protected == (kind == "lifted"))
    for nth, spot in enumerate(list(islice(free, wanted))):
        busy.add(spot.number)
        beside = places[nth % len(places)].number if kind.startswith(("moved", "new")) and places else 0
        yield _Event(kind, spot.number, beside)


def _row(random: Random, nth: int, event: _Event, units: Mapping[int, Unit]) -> list[str]:
    row = _as_it_stands(units[event.number])
    if event.place:
        row |= _beside(random, units[event.place])
    if event.kind in BECOMES:
        row |= BECOMES[event.kind](random, nth, units[event.number])
    return [row.get(name, "") for name in COLUMNS]


def _as_it_stands(unit: Unit) -> dict[str, str]:
    many = "" if unit.employees_from is None else f"{unit.employees_from}-{unit.employees_to or unit.employees_from}"
    return {
        "P-nummer": str(unit.number),
        "CVR-nummer": unit.cvr,
        "Navn": unit.name,
        "Virksomhedsform": unit.company_form,
        "Branchekode": unit.industry,
        "Branchetekst": unit.industry_text,
        "Branchekodesystem": unit.code_system,
        "Adresse": unit.address,
        "Postnr": unit.postcode,
        "By": unit.city,
        "Kommunekode": unit.municipality,
        "X": "" if unit.x is None else metres(unit.x),
        "Y": "" if unit.y is None else metres(unit.y),
        "Ansatte": many,
        "Startdato": _day(unit.started_on) if unit.started_on else "",
        "Reklamebeskyttelse": "ja" if unit.protected else "nej",
        "Formål": unit.purpose,
    }


def _beside(random: Random, other: Unit) -> dict[str, str]:
    """Return an address in the same street as another company, a few houses on."""
    street = other.address.rpartition(" ")[0] or other.address
    return {
        "Adresse": f"{street} {random.randint(1, 160)}",
        "Postnr": other.postcode,
        "By": other.city,
        "Kommunekode": other.municipality,
        "X": metres((other.x or 0) + random.uniform(-NEXT_DOOR_M, NEXT_DOOR_M)),
        "Y": metres((other.y or 0) + random.uniform(-NEXT_DOOR_M, NEXT_DOOR_M)),
    }


def _new(random: Random, nth: int, like: Unit) -> dict[str, str]:
    """Return what sets a company that has just opened apart from another of its trade."""
    return {
        "P-nummer": str(FIRST_NUMBER + nth),
        "CVR-nummer": cvr_from(FIRST_CVR + nth * 40),
        "Navn": named(random, like.industry, like.company_form),
        "Ansatte": random.choice(("", "1", "2-4")),
        "Startdato": _day(_in_the_week(random)),
    }


def _other_trade(random: Random, _nth: int, unit: Unit) -> dict[str, str]:
    """Return another industry of the same division, or of one beside it where the division has but one."""
    known = [one for one in industries() if one.system != "DB07" and len(one.code) == 6 and one.code != unit.industry]
    near = [one for one in known if one.code[:2] == unit.industry[:2]]
    other = random.choice(near or [one for one in known if one.code[:1] == unit.industry[:1]])
    return {"Branchekode": other.code, "Branchetekst": other.name_da}


BECOMES: dict[str, Callable[[Random, int, Unit], dict[str, str]]] = {
    "new": _new,
    "ceased": lambda random, _nth, _unit: {"Ophørsdato": _day(_in_the_week(random))},
    "closing": lambda *_told: {"Status": "Under konkurs"},
    "protected": lambda *_told: {"Reklamebeskyttelse": "ja"},
    "lifted": lambda *_told: {"Reklamebeskyttelse": "nej"},
    "renamed": lambda random, _nth, unit: {"Navn": named(random, unit.industry, unit.company_form)},
    "trade": _other_trade,
}


def _in_the_week(random: Random) -> date:
    return WRITTEN_ON - timedelta(days=random.randint(1, 5))


def _day(day: date) -> str:
    return day.strftime("%d-%m-%Y")

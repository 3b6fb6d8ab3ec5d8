"""A made-up register in Danish words: real industry titles and postal areas, made-up names and purposes.

Everything is drawn with a fixed seed. Names and purposes go through the same text analysis as those
of real companies; what is drawn often is analysed once.
"""

import csv
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from bench.register import PROTECTED_SHARE, SIZE_SHARES, UNKNOWN_SIZE_SHARE
from medspil import language
from medspil.matching import UnitRecord

NAME, INDUSTRY, PURPOSE = 3.0, 2.0, 1.0
"""Weights of the fields, as the register's index has them."""

SEED: Final = 19
FIRST_NUMBER: Final = 1_000_000_000
STEP: Final = 7
SPREAD_M: Final = 1_200.0
"""How far units lie from the centre of their postal area."""

DATA: Final = Path(__file__).parents[2] / "src" / "medspil"

PEOPLE: Final = (
    "Jensen Nielsen Hansen Pedersen Andersen Christensen Larsen Sørensen Rasmussen Jørgensen Petersen Madsen "
    "Kristensen Olsen Thomsen Christiansen Poulsen Johansen Møller Mortensen Knudsen Ali Hussain Yilmaz Nguyen "
    "Holm Lund Dahl Bach Friis Krogh Juhl Vestergaard Østergaard Skov Bjerre Toft Kjær Winther Bruun"
).split()
MARKS: Final = (
    "Nordlys Havblik Fyrtårn Kompas Anker Mølle Bakke Strand Eng Bro Torvet Kysten Fjord Stjerne Sol Måne Egely "
    "Lindely Solsikke Ørn Svane Falk Ravn Delta Atlas Nova Prisme Alfa Vika Tempo Kvist Rod Blad Gnist Rytme"
).split()
FORMS: Final = ("ApS", "A/S", "I/S", "v/ indehaveren", "")
PURPOSES: Final = (
    "Selskabets formål er at drive virksomhed med {title}.",
    "Formålet er {title} og hermed beslægtet virksomhed.",
    "{title} samt rådgivning, handel og investering.",
    "Virksomheden beskæftiger sig med {title} og {other}.",
    "Selskabets formål er handel, service og udvikling inden for {title} for private og erhverv.",
    "Drift, udlejning og administration i forbindelse med {title}.",
    "",
)


class Industry(NamedTuple):
    """An industry code with its Danish title."""

    code: str
    title: str


def words_of_unit(name: str, industry_text: str, purpose: str) -> dict[str, float]:
    """Return a unit's words with their field weights."""
    found: dict[str, float] = {}
    for text, weight in ((name, NAME), (industry_text, INDUSTRY), (purpose, PURPOSE)):
        for term, times in _terms(text):
            found[term] = found.get(term, 0.0) + weight * times
    return found


def haystack(units: int) -> Iterator[UnitRecord]:
    """Yield `units` active units; about a fifth of them protected."""
    chance = np.random.default_rng(SEED)
    industries, areas = _industries(), _areas()
    popular = chance.permutation(1.0 / (np.arange(len(industries)) + 12.0))
    industry = chance.choice(len(industries), units, p=popular / popular.sum())
    large = chance.lognormal(0.0, 1.0, len(areas))
    area = chance.choice(len(areas), units, p=large / large.sum())
    jitter = chance.normal(0.0, SPREAD_M, (units, 2))
    size = chance.choice(len(SIZE_SHARES), units, p=np.array(SIZE_SHARES) / sum(SIZE_SHARES))
    size[chance.random(units) < UNKNOWN_SIZE_SHARE] = -1
    protected = chance.random(units) < PROTECTED_SHARE
    other = chance.integers(0, len(industries), units)
    draw = chance.integers(0, 1 << 30, (units, 4))
    for at in range(units):
        code, title = industries[industry[at]]
        municipality, x, y = areas[area[at]]
        words = _name(draw[at].tolist(), title)
        purpose = PURPOSES[draw[at, 3] % len(PURPOSES)].format(title=title, other=industries[other[at]].title)
        terms = _summed(words, title, purpose)
        yield UnitRecord(
            number=FIRST_NUMBER + STEP * at,
            industry=code,
            code_system="DB07",
            municipality=municipality,
            x=x + jitter[at, 0],
            y=y + jitter[at, 1],
            size=int(size[at]),
            active=True,
            protected=bool(protected[at]),
            terms=terms,
        )


def _summed(name: tuple[str, ...], title: str, purpose: str) -> dict[str, float]:
    """As `words_of_unit`, with the name in pieces, so that each piece is analysed once."""
    found: dict[str, float] = {}
    for text, weight in (*((piece, NAME) for piece in name), (title, INDUSTRY), (purpose, PURPOSE)):
        for term, times in _terms(text):
            found[term] = found.get(term, 0.0) + weight * times
    return found


def _name(draw: list[int], title: str) -> tuple[str, ...]:
    """Return a name in pieces: a person or a mark, half of the time what the company does, and its form."""
    who = PEOPLE[draw[0] % len(PEOPLE)] if draw[0] % 3 else MARKS[draw[0] % len(MARKS)]
    does = title.partition(",")[0].partition(" og ")[0] if draw[1] % 2 else MARKS[draw[1] % len(MARKS)]
    return who, does, FORMS[draw[2] % len(FORMS)]


@lru_cache(maxsize=200_000)
def _terms(text: str) -> tuple[tuple[str, float], ...]:
    return tuple(language.terms(text).items())


def _industries() -> list[Industry]:
    """Return industries of DB07 with six digits, those known by four or five filled up."""
    found: dict[str, str] = {}
    for row in _rows(DATA / "catalogue" / "data" / "industries.csv"):
        if len(row["code"]) >= 4 and row["system"] in {"", "DB07"}:
            found.setdefault(row["code"].ljust(6, "0"), row["name_da"])
    return [Industry(code, title) for code, title in sorted(found.items())]


def _areas() -> list[tuple[int, float, float]]:
    return [
        (int(row["municipality"] or 0), float(row["x"]), float(row["y"]))
        for row in _rows(DATA / "geography" / "data" / "places.csv")
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter=";"))

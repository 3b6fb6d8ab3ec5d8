"""A made-up register in Danish words: trades and towns are about as common as in the country.

How common they are, and sizes, is taken from `bench.country`. Names and purposes are drawn from what a trade calls
itself and writes, so that a company has neighbours who use the same words. Words get the register's own field weights.
Everything is drawn with a fixed seed; each phrase is analysed once.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from bench.cases.site import ready
from bench.country.draws import Ints
from bench.country.land import areas
from bench.country.trades import SIZE_SHARES, Trades, trades
from bench.register import PROTECTED_SHARE, UNKNOWN_SIZE_SHARE
from medspil import language
from medspil.cli.example.names import FIRST, LAST, TRADE
from medspil.common.datafiles import read_rows
from medspil.matching import UnitRecord

SEED: Final = 2026
FIRST_NUMBER: Final = 1_000_000_000
STEP: Final = 7
SPREAD_M: Final = 1_200.0
"""How far units lie from the centre of their postal area."""

SYSTEM: Final = "DB07"
SECTOR_SHARES: Final = (0.86, 0.12, 0.02)
"""Private, voluntary, public: active units, roughly."""

SECTORS: Final = (0, 2, 1)
"""The engine's numbers for these three."""

AT_LEAST: Final = {"641900": 1_000, "649210": 100, "842500": 300, "861000": 300, "651100": 100, "842400": 200}
"""Of a million units at least so many have these codes: they have a single owner or few, but many places."""

SURNAMES: Final = (
    "Jensen Nielsen Hansen Pedersen Andersen Christensen Larsen Sørensen Rasmussen Jørgensen Petersen Madsen "
    "Kristensen Olsen Thomsen Christiansen Poulsen Johansen Møller Mortensen Knudsen Ali Hussain Yilmaz Nguyen "
    "Holm Lund Dahl Bach Friis Krogh Juhl Vestergaard Østergaard Skov Bjerre Toft Kjær Winther Bruun"
).split()
ASSOCIATIONS: Final = (
    "Idrætsforeningen", "Boldklubben", "Støtteforeningen for", "Beboerforeningen", "Spejdergruppen", "Kulturforeningen",
    "Lokalrådet", "Pensionistforeningen", "Borgerforeningen", "Aftenskolen", "Koret", "Grundejerforeningen",
    "Musikforeningen", "Fonden", "Legatet til minde om", "Frivilliggruppen", "Venskabsforeningen", "Teaterforeningen",
)  # fmt: skip
AUTHORITIES: Final = ("Skole", "Børnehus", "Plejehjem", "Bibliotek", "Hjemmepleje", "Jobcenter", "Ungdomsskole", "Klub")
HOLDINGS: Final = ("Holding", "Invest", "Ejendomme", "Kapital", "Finans", "Bank", "Group")
FORMS: Final = ("ApS", "A/S", "I/S", "v/", "")
PURPOSES: Final = (
    ("Selskabets formål er at drive virksomhed med", "{title}", "og hermed beslægtet virksomhed"),
    ("Formålet er", "{one}", "og", "{two}"),
    ("{one}", "{two}", "{three}"),
    ("Vi tilbyder", "{one}", "og", "{two}"),
    ("Handel, service og investering samt", "{one}"),
    ("Drift af", "{title}", "samt", "{one}"),
    ("{title}",),
    (),
    (),
    (),
)
"""Purposes in pieces; three of ten units have none, for sole traders need not state one."""


def words_of_unit(name: tuple[str, ...], industry_text: str, purpose: tuple[str, ...]) -> dict[str, float]:
    """Return a unit's words as `medspil.register.index` weighs its fields; names and purposes may come in pieces."""
    found: dict[str, float] = {}
    weights = _field_weights()
    for pieces, weight in zip((name, (industry_text,), purpose), weights, strict=True):
        for piece in pieces:
            for term, times in _terms(piece):
                found[term] = found.get(term, 0.0) + weight * times
    return found


def haystack(units: int) -> Iterator[UnitRecord]:
    """Yield `units` active units; about a fifth of them protected."""
    chance = np.random.default_rng(SEED)
    table, land = trades(SYSTEM), areas()
    people = np.array([area.people for area in land], float)
    sector = chance.choice(3, units, p=SECTOR_SHARES)
    industry = _industries(chance, table, sector)
    area = chance.choice(len(land), units, p=people / people.sum())
    jitter = chance.normal(0.0, SPREAD_M, (units, 2))
    size = chance.choice(len(SIZE_SHARES), units, p=np.array(SIZE_SHARES) / sum(SIZE_SHARES))
    size[chance.random(units) < UNKNOWN_SIZE_SHARE] = -1
    protected = chance.random(units) < PROTECTED_SHARE
    draw = chance.integers(0, 1 << 30, (units, 6))
    for at in range(units):
        code, title = table.codes[industry[at]], table.titles[industry[at]]
        place = land[area[at]].place
        drawn = draw[at].tolist()
        yield UnitRecord(
            number=FIRST_NUMBER + STEP * at,
            industry=code,
            code_system=SYSTEM,
            municipality=int(place.municipality),
            x=place.x + jitter[at, 0],
            y=place.y + jitter[at, 1],
            size=int(size[at]),
            active=True,
            protected=bool(protected[at]),
            sector=SECTORS[sector[at]],
            terms=words_of_unit(_name(drawn, int(sector[at]), code, place.name), title, _purpose(drawn, code, title)),
        )


def _industries(chance: np.random.Generator, table: Trades, sector: Ints) -> Ints:
    """Draw an industry for each unit, by how common it is in the unit's sector."""
    industry = np.zeros(len(sector), np.int64)
    for at, kind in enumerate(table.tables):
        shares = np.diff(kind.ends.astype(float), prepend=0.0)
        shares /= shares.sum()
        for code, least in AT_LEAST.items() if at == 0 else ():
            place = table.codes.index(code)
            shares[place] = max(shares[place], least / 1_000_000)
        mine = np.flatnonzero(sector == at)
        industry[mine] = chance.choice(len(table.codes), len(mine), p=shares / shares.sum())
    return industry


def _name(draw: list[int], sector: int, code: str, town: str) -> tuple[str, ...]:
    """Return a name in pieces: an owner, a coined mark or the town, half of the time what the trade is called."""
    own = FIRST[draw[0] % len(FIRST)] + LAST[draw[1] % len(LAST)]
    if sector == 1:
        return ASSOCIATIONS[draw[2] % len(ASSOCIATIONS)], town if draw[3] % 2 else own
    if sector == 2:
        return (town if draw[3] % 2 else own), AUTHORITIES[draw[2] % len(AUTHORITIES)]
    who = (SURNAMES[draw[0] % len(SURNAMES)], own, town)[draw[2] % 3]
    calls = HOLDINGS if code.startswith("64") else _calls(code)
    does = calls[draw[3] % len(calls)] if draw[1] % 2 else ""
    return who, does, FORMS[draw[4] % len(FORMS)]


def _purpose(draw: list[int], code: str, title: str) -> tuple[str, ...]:
    """Return a purpose in pieces: the title or what the trade writes about itself."""
    phrases = phrases_of(code)
    one, two, three = (phrases[(draw[5] >> shift) % len(phrases)] for shift in (0, 8, 16))
    pieces = PURPOSES[draw[4] // 8 % len(PURPOSES)]
    return tuple(piece.format(title=title, one=one, two=two, three=three) for piece in pieces)


@lru_cache(maxsize=2_048)
def _calls(code: str) -> tuple[str, ...]:
    """Return what a trade calls itself, by the longest prefix."""
    return next((TRADE[code[:length]] for length in range(len(code), 1, -1) if code[:length] in TRADE), ("Service",))


@lru_cache(maxsize=2_048)
def phrases_of(code: str) -> tuple[str, ...]:
    """Return what companies of an industry write about themselves, by the longest prefix."""
    table = _phrases()
    return next((table[code[:length]] for length in range(len(code), 1, -1) if code[:length] in table), ("handel",))


@lru_cache(maxsize=1)
def _phrases() -> dict[str, tuple[str, ...]]:
    text = Path(__file__).with_name("phrases.csv").read_text(encoding="utf-8")
    rows = read_rows(text, source="phrases.csv", columns=("prefix", "phrases"))
    return {row.text("prefix"): tuple(row.text("phrases").split(", ")) for row in rows}


@lru_cache(maxsize=1)
def _field_weights() -> tuple[float, float, float]:
    """Return the register's own weights of name, industry and purpose."""
    ready()
    from medspil.register import index  # noqa: PLC0415 – its models need Django to be ready

    return index.NAME, index.INDUSTRY, index.PURPOSE


@lru_cache(maxsize=200_000)
def _terms(text: str) -> tuple[tuple[str, float], ...]:
    return tuple(language.terms(text).items())

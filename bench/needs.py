"""Thirty made-up needs, the same on every machine."""

from dataclasses import replace
from typing import Final

import numpy as np

from bench.register import INDUSTRIES, SEED, Register, industry_codes, industry_words, word_shares
from medspil.matching import AffinityTable, Need, Wanted

KINDS: Final = tuple(f"kind{at:02d}" for at in range(30))
RADIUS_M: Final = 10_000.0


def make_table() -> AffinityTable:
    """Return affinities by division and for some industries; a third of them above 0."""
    chance = np.random.default_rng(SEED + 1)
    prefixes = [f"{division:02d}" for division in range(1, 89)] + industry_codes()[::5]
    rows = {}
    for prefix in prefixes:
        values = chance.integers(0, 11, len(KINDS)) * (chance.random(len(KINDS)) < 0.35)
        rows[prefix, ""] = (values / 10).tolist()
    return AffinityTable("bench", KINDS, rows)


def make_needs(register: Register, count: int) -> list[Need]:
    """Return needs with 3–12 words, one to three kinds, each placed at a unit."""
    chance = np.random.default_rng(SEED + 2)
    placed = np.flatnonzero(np.isfinite(register.x))
    needs = []
    for _ in range(count):
        words = chance.choice(len(word_shares()), int(chance.integers(2, 11)), p=word_shares())
        title = industry_words(chance.integers(0, INDUSTRIES, 1))[0]
        terms = {f"w{word}": 1.0 for word in words} | {f"w{title[2]}": 1.0, f"w{title[0]}": 0.4}
        wanted = chance.choice(len(KINDS), int(chance.integers(1, 4)), replace=False)
        at = int(chance.choice(placed))
        needs.append(
            Need(
                wanted=tuple(Wanted(KINDS[kind]) for kind in wanted.tolist()),
                terms=terms,
                x=float(register.x[at]),
                y=float(register.y[at]),
                effort=int(chance.integers(1, 5)),
            )
        )
    return needs


def nearby(need: Need) -> Need:
    """Return the same need, asked within 10 km only."""
    return replace(need, radius_m=RADIUS_M)

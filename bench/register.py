"""A made-up register, the same on every machine: a million units that look like the real ones in numbers only."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Final

import numpy as np
import numpy.typing as npt

from medspil.matching import UnitRecord

SEED: Final = 20_250_101
INDUSTRIES: Final = 730
TOWNS: Final = 98
WORDS: Final = 200_000
WORDS_PER_INDUSTRY: Final = 4
CEASED_SHARE: Final = 0.15
PROTECTED_SHARE: Final = 0.20
UNKNOWN_SIZE_SHARE: Final = 0.66
POINTLESS_SHARE: Final = 0.01
SIZE_SHARES: Final = (0.10, 0.33, 0.22, 0.13, 0.09, 0.07, 0.03, 0.016, 0.009, 0.003, 0.002)
EXTENT: Final = (445_000.0, 6_055_000.0, 725_000.0, 6_400_000.0)


@dataclass(frozen=True)
class Register:
    """The register as columns, and its words as one long list.

    `word_row`, `word` and `word_weight` have one entry per word of a unit, ascending by row.
    """

    number: npt.NDArray[np.int64]
    industry: npt.NDArray[np.int64]
    town: npt.NDArray[np.int64]
    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]
    size: npt.NDArray[np.int8]
    sector: npt.NDArray[np.int8]
    active: npt.NDArray[np.bool_]
    protected: npt.NDArray[np.bool_]
    word_row: npt.NDArray[np.int32]
    word: npt.NDArray[np.int32]
    word_weight: npt.NDArray[np.float32]

    def codes(self) -> list[str]:
        """Return the made-up industry codes, six digits each."""
        return industry_codes()

    def records(self) -> Iterator[UnitRecord]:
        """Yield the units as the index wants them."""
        codes = industry_codes()
        ends = np.searchsorted(self.word_row, np.arange(len(self.number)), "right").tolist()
        names = [f"w{word}" for word in range(WORDS)]
        begin = 0
        columns = zip(
            self.number.tolist(),
            self.industry.tolist(),
            self.town.tolist(),
            self.x.tolist(),
            self.y.tolist(),
            self.size.tolist(),
            self.sector.tolist(),
            self.active.tolist(),
            self.protected.tolist(),
            ends,
            strict=True,
        )
        for number, industry, town, x, y, size, sector, active, protected, end in columns:
            words = self.word[begin:end].tolist()
            terms = dict(zip([names[word] for word in words], self.word_weight[begin:end].tolist(), strict=True))
            begin = end
            place = (x, y) if isfinite(x) else (None, None)
            yield UnitRecord(
                number, codes[industry], "DB07", 101 + town, place[0], place[1], size, active, protected, sector, terms
            )


def industry_codes() -> list[str]:
    """Return 730 six-digit codes spread over 88 divisions."""
    return [f"{1 + at % 88:02d}{1 + at // 88:02d}00" for at in range(INDUSTRIES)]


def make(units: int) -> Register:
    """Make a register with `units` active units and some ceased ones."""
    chance = np.random.default_rng(SEED)
    rows = round(units / (1 - CEASED_SHARE))
    active = np.zeros(rows, np.bool_)
    active[chance.permutation(rows)[:units]] = True
    industry = chance.choice(INDUSTRIES, rows, p=_skew(INDUSTRIES, 12, chance))
    town, x, y = _places(rows, chance)
    size = chance.choice(len(SIZE_SHARES), rows, p=np.array(SIZE_SHARES) / sum(SIZE_SHARES)).astype(np.int8)
    size[chance.random(rows) < UNKNOWN_SIZE_SHARE] = -1
    word_row, word, word_weight = _words(rows, industry, chance)
    return Register(
        number=chance.permutation(np.arange(1_000_000_000, 1_000_000_000 + 3 * rows, 3)),
        industry=industry,
        town=town,
        x=x,
        y=y,
        size=size,
        sector=chance.choice(3, rows, p=(0.9, 0.05, 0.05)).astype(np.int8),
        active=active,
        protected=chance.random(rows) < PROTECTED_SHARE,
        word_row=word_row,
        word=word,
        word_weight=word_weight,
    )


def word_shares() -> npt.NDArray[np.float64]:
    """Return how common each word is: Zipf's law without the stop words' peak."""
    shares = 1.0 / (np.arange(WORDS) + 10.0)
    share: npt.NDArray[np.float64] = shares / shares.sum()
    return share


def industry_words(industry: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the words of each industry's title, shape (n, 4): the first are shared by divisions."""
    offsets = np.array([0, 90, 200, 1_000])
    return np.stack([offset + industry % step for offset, step in zip(offsets, (88, 91, 730, 730), strict=True)], 1)


def _skew(count: int, flat: int, chance: np.random.Generator) -> npt.NDArray[np.float64]:
    shares = chance.permutation(1.0 / (np.arange(count) + flat))
    share: npt.NDArray[np.float64] = shares / shares.sum()
    return share


def _places(
    rows: int, chance: np.random.Generator
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    left, low, right, top = EXTENT
    centre = np.stack([chance.uniform(left, right, TOWNS), chance.uniform(low, top, TOWNS)], 1)
    town = chance.choice(TOWNS, rows, p=_skew(TOWNS, 4, chance))
    spread = chance.choice([1_500.0, 4_000.0, 12_000.0], rows, p=[0.5, 0.3, 0.2])
    x, y = (centre[town] + chance.normal(size=(rows, 2)) * spread[:, None]).T
    missing = chance.random(rows) < POINTLESS_SHARE
    return town, np.where(missing, np.nan, x), np.where(missing, np.nan, y)


def _words(
    rows: int, industry: npt.NDArray[np.int64], chance: np.random.Generator
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    """Draw about 16 words from the vocabulary and add the industry's four; repeats are summed."""
    counts = chance.integers(8, 25, rows)
    drawn = np.searchsorted(np.cumsum(word_shares()), chance.random(int(counts.sum())))
    row = np.concatenate([np.repeat(np.arange(rows), counts), np.repeat(np.arange(rows), WORDS_PER_INDUSTRY)])
    word = np.concatenate([np.minimum(drawn, WORDS - 1), industry_words(industry).ravel()])
    weight = np.concatenate([np.ones(len(drawn)), np.full(rows * WORDS_PER_INDUSTRY, 2.0)])
    weight[chance.random(len(weight)) < 0.3] = 0.4  # parts of compounds
    key, where = np.unique(row * WORDS + word, return_inverse=True)
    total = np.bincount(where, weight)
    return (key // WORDS).astype(np.int32), (key % WORDS).astype(np.int32), total.astype(np.float32)

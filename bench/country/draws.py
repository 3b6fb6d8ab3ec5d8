"""Chance without a generator: each draw is a hash of (seed, purpose, index), in whole numbers only.

So every fact can be computed for any rows in any order by any process, and is the same on every machine.
"""

from collections.abc import Sequence
from hashlib import blake2b
from math import gcd
from typing import Final

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]
_STEP: Final = np.uint64(0x9E3779B97F4A7C15)
_FIRST: Final = np.uint64(0xBF58476D1CE4E5B9)
_SECOND: Final = np.uint64(0x94D049BB133111EB)
_HALF: Final = np.uint64(32)
PARTS: Final = 1 << 32


class Weighted:
    """A table to draw from: whole-number weights, exact sums."""

    def __init__(self, weights: Sequence[int]) -> None:
        total, so_far, ends = sum(weights), 0, []
        for weight in weights:
            so_far += weight
            ends.append(so_far * PARTS // total)
        self.ends = np.array(ends, np.uint64)


class Draws:
    """All draws of one register."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._salts: dict[str, np.uint64] = {}

    def bits(self, purpose: str, at: Ints) -> Bits:
        """Return 64 bits for each index."""
        salt = self._salts.get(purpose)
        if salt is None:
            digest = blake2b(f"{self.seed}/{purpose}".encode(), digest_size=8).digest()
            salt = self._salts[purpose] = np.uint64(int.from_bytes(digest, "big"))
        mixed = at.astype(np.uint64) * _STEP + salt
        mixed ^= mixed >> np.uint64(30)
        mixed *= _FIRST
        mixed ^= mixed >> np.uint64(27)
        mixed *= _SECOND
        mixed ^= mixed >> np.uint64(31)
        return mixed

    def below(self, purpose: str, at: Ints, count: int | Ints) -> Ints:
        """Return a whole number from 0 up to below `count` for each index."""
        found: Ints = (((self.bits(purpose, at) >> _HALF) * np.asarray(count).astype(np.uint64)) >> _HALF).astype(
            np.int64
        )
        return found

    def skewed(self, purpose: str, at: Ints, count: int | Ints) -> Ints:
        """Return a whole number below `count`; small ones far more often (the square of an even draw)."""
        part = self.bits(purpose, at) >> _HALF
        part = (part * part) >> _HALF
        found: Ints = ((part * np.asarray(count).astype(np.uint64)) >> _HALF).astype(np.int64)
        return found

    def share(self, purpose: str, at: Ints, per_mille: int) -> Flags:
        """Return True for this many in a thousand."""
        found: Flags = self.below(purpose, at, 1000) < per_mille
        return found

    def pick(self, purpose: str, at: Ints, table: Weighted) -> Ints:
        """Return a place in the table for each index, by its weights."""
        return np.searchsorted(table.ends, self.bits(purpose, at) >> _HALF, "right").astype(np.int64)


class Shuffle:
    """An order of 0 … count-1 that can be computed forwards and backwards."""

    def __init__(self, count: int, turn: int) -> None:
        self.count = count
        step = max(1, count * (382 + 7 * turn) // 1000)
        while gcd(step, count) != 1:
            step += 1
        self.step, self.back = step, pow(step, -1, count) if count > 1 else 0
        self.start = count * (turn + 1) // 17

    def __call__(self, at: Ints) -> Ints:
        """Return what stands at a place."""
        return (at * self.step + self.start) % self.count

"""What differs between two proposals: who gets more, who less, which pairs come and go, and what the whole gains.

The same is shown before a change is made, as its price, and afterwards, as what it did.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from medspil.rounds.sheet import Labels

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Moved:
    """What one row that asks gets before and after."""

    ident: str
    label: str
    before: int
    after: int
    wanted: int


@dataclass(frozen=True, slots=True)
class Paired:
    """A pair that comes, goes or changes."""

    asker: str
    giver: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Differences:
    """Two proposals side by side."""

    score_before: float
    score_after: float
    given_before: int
    given_after: int
    least_before: int
    least_after: int
    wanted: int
    lose: tuple[Moved, ...]
    win: tuple[Moved, ...]
    pairs: tuple[Paired, ...]

    @property
    def any(self) -> bool:
        """Whether anything differs at all."""
        return bool(self.pairs)

    @property
    def score(self) -> float:
        """Return how much the total score rises (or falls)."""
        return self.score_after - self.score_before

    @property
    def points_before(self) -> int:
        """Return the total score before as points of 100 for each that is given."""
        return round(self.score_before * 100)

    @property
    def points_after(self) -> int:
        """Return the same afterwards."""
        return round(self.score_after * 100)

    @property
    def points(self) -> str:
        """Return the rise or fall with its sign."""
        rise = self.points_after - self.points_before
        return f"+{rise}" if rise > 0 else f"−{-rise}" if rise else "±0"

    @property
    def shown_pairs(self) -> tuple[Paired, ...]:
        """Return as many changed pairs as one reads."""
        return self.pairs[:SHOWN]

    @property
    def more_pairs(self) -> int:
        """Return how many more there are."""
        return max(0, len(self.pairs) - SHOWN)

    @property
    def given(self) -> int:
        """Return how many more (or fewer) are given."""
        return self.given_after - self.given_before


Told = Mapping[str, Any]


def differences(
    *, before: Told, after: Told, question_before: Told, question_after: Told, labels: Labels
) -> Differences:
    """Return what differs between two answers; each comes with its question, which knows what was wanted."""
    askers = _by_ident(question_before["askers"]) | _by_ident(question_after["askers"])
    old, new = _amounts(before), _amounts(after)
    got_before, got_after = _got(old), _got(new)
    moved = [
        Moved(ident, labels.askers.get(ident, ""), got_before.get(ident, 0), got_after.get(ident, 0), one["wanted"])
        for ident, one in askers.items()
        if got_before.get(ident, 0) != got_after.get(ident, 0)
    ]
    one, other = before["figures"], after["figures"]
    return Differences(
        score_before=one["score"],
        score_after=other["score"],
        given_before=one["given"],
        given_after=other["given"],
        least_before=one["least_met"],
        least_after=other["least_met"],
        wanted=other["wanted"],
        lose=tuple(each for each in moved if each.after < each.before),
        win=tuple(each for each in moved if each.after > each.before),
        pairs=tuple(
            Paired(labels.askers.get(pair[0], ""), labels.givers.get(pair[1], ""), old.get(pair, 0), new.get(pair, 0))
            for pair in sorted(old.keys() | new.keys(), key=lambda pair: _in_order(pair, askers))
            if old.get(pair, 0) != new.get(pair, 0)
        ),
    )


def _by_ident(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["ident"]: row for row in rows}


def _amounts(answer: Told) -> dict[tuple[str, str], int]:
    return {(pair["asker"], pair["giver"]): pair["amount"] for pair in answer["pairs"]}


def _got(amounts: Mapping[tuple[str, str], int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for (asker, _giver), amount in amounts.items():
        found[asker] = found.get(asker, 0) + amount
    return found


def _in_order(pair: tuple[str, str], askers: Mapping[str, dict[str, Any]]) -> tuple[int, str]:
    return list(askers).index(pair[0]), pair[1]

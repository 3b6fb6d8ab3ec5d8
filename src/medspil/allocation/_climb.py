"""Bring the plan of one part up, aim by aim, and know how much of it is proven."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from medspil.allocation._arrays import Int64
from medspil.allocation._fairness import Units
from medspil.allocation._scope import Scope

if TYPE_CHECKING:
    from medspil.allocation._program import Program

SHARE_OF_EFFORT = 0.4
"""What each of the first two aims may take of the effort; the score has the rest."""


class Climb:
    """A plan of a part on its way up.

    Attributes
    ----------
    found : array, shape of the scope's edges
        The best plan so far.
    relaxed : array or None
        The best by a network that forgets the other rules, if it is proven: no plan is better than this.
    program : Program or None
        None: the plan stays as it is, and only what it reaches of `relaxed` is proven.
    ceiling : int
        More leasts than these cannot be met.
    """

    def __init__(self, scope: Scope, least: Int64, found: Int64) -> None:
        self.scope, self.found = scope, found
        self.relaxed: Int64 | None = None
        self.program: Program | None = None
        self.ceiling = 0
        self._least = least
        self._rows = Units.of(scope.given, scope.reach)
        self._wanted = scope.given + scope.wanted_left
        self._demands = np.unique(scope.demand)
        self._lacking = np.maximum(least - scope.given, 0)[self._demands]
        self._as_fair_as_relaxed = True

    @property
    def only_single_leasts(self) -> bool:
        """Whether no least lacks more than one unit."""
        return bool((self._lacking <= 1).all())

    @property
    def most_leasts(self) -> int:
        """How many leasts there are to meet."""
        return int(np.count_nonzero(self._lacking))

    def met(self, more: Int64) -> int:
        """Return how many leasts that still lack something are met by more."""
        has = self._has(more)
        return int(np.count_nonzero((self._least > self.scope.given) & (has >= self._least)))

    def meet_leasts(self, ceiling: int) -> bool:
        """Meet as many leasts as can be; return whether it is proven."""
        if self.program is not None:
            last_units = np.flatnonzero(self._rows.number == self._least[self._rows.demand])
            effort = SHARE_OF_EFFORT * self.program.effort
            ceiling = self.program.improve_units(last_units, self.met(self.found), ceiling, effort)
            self.found = self.program.best
            self.program.keep(last_units, self.met(self.found))
        self.ceiling = max(min(ceiling, self.most_leasts), self.met(self.found))
        return self.met(self.found) == self.ceiling

    def be_fair(self) -> bool:
        """Make the profile of shares as fair as possible, level by level; return whether it is proven.

        Notes
        -----
        At each share, as many demands as possible shall get more. There are never more than at the share before, so
        where a plan has as many as there, nothing is to be done; and none has more than the network without the
        other rules, as long as that was equalled so far. For the same reason a plan with as many at a share further on
        settles all shares in between: steps grow as long as that succeeds.
        """
        levels = [self._level(share) for share in self._shares()]
        self._as_fair_as_relaxed = self.relaxed is not None and self.met(self.relaxed) == self.met(self.found)
        effort = SHARE_OF_EFFORT * self.program.effort if self.program is not None else 0.0
        proven, before, at, step = True, len(self._demands), 0, 1
        while at < len(levels):
            level, now = levels[at], levels[at].above(self, self.found)
            most = before
            if self.relaxed is not None and self._as_fair_as_relaxed:
                most = min(before, level.above(self, self.relaxed))
            ceiling = most
            if self.program is not None and now < before:
                left = self.program.effort
                if at:
                    self.program.keep(levels[at - 1].units, before - levels[at - 1].fixed)
                further = min(at + step, len(levels) - 1)
                if now < most == before and step > 1 and self._reaches(levels[further], before, effort):
                    step *= 2
                else:
                    most = level.fixed + self.program.improve_units(
                        level.units, now - level.fixed, most - level.fixed, effort
                    )
                    self.found = self.program.best
                    step = 2 if level.above(self, self.found) == before else 1
                effort -= left - self.program.effort
                now = level.above(self, self.found)
                self.program.keep(level.units, now - level.fixed)
            proven = proven and now >= most
            self._as_fair_as_relaxed = self._as_fair_as_relaxed and now == ceiling
            before, at = now, at + 1
        if self.program is not None and levels:
            self.program.keep(levels[-1].units, before - levels[-1].fixed)
        return proven

    def _reaches(self, level: "Level", count: int, effort: float) -> bool:
        """Try for a plan with so many demands above a level; keep the plan there was if there is none soon."""
        program = self.program
        assert program is not None  # noqa: S101 - only asked where there is one
        was = program.best
        program.improve_units(level.units, level.above(self, was) - level.fixed, count - level.fixed, effort / 4)
        if level.above(self, program.best) < count:
            program.best = was
            return False
        self.found = program.best
        return True

    def score_well(self) -> bool:
        """Make the score as high as can be; return whether it is proven."""
        now = self._score(self.found)
        known = self.relaxed is not None and self._as_fair_as_relaxed
        most = self._score(self.relaxed) if self.relaxed is not None and known else self._score(self.scope.room)
        if self.program is not None:
            most = self.program.improve_score(now, most)
            self.found = self.program.best
        return self._score(self.found) >= most

    def _has(self, more: Int64) -> Int64:
        has = self.scope.given.copy()
        np.add.at(has, self.scope.demand, more)
        return has

    def _score(self, more: Int64) -> int:
        return int((self.scope.table.score[self.scope.edges] * more).sum())

    def _shares(self) -> list[float]:
        """Return all shares that somebody can have, but the largest."""
        wanted = self._wanted[self._rows.demand]
        shares = np.unique(np.concatenate(((self._rows.number - 1) / wanted, self._rows.number / wanted)))
        return list(shares[:-1].tolist())

    def _level(self, share: float) -> "Level":
        wanted = self._wanted[self._rows.demand]
        has = self.scope.given[self._demands] / np.maximum(self._wanted[self._demands], 1)
        units = np.flatnonzero(((self._rows.number - 1) / wanted <= share) & (self._rows.number / wanted > share))
        return Level(int(np.count_nonzero(has > share)), units)

    def taken(self, units: Int64, more: Int64) -> int:
        """Return how many of some units are given when pairs carry more."""
        has = self._has(more)
        return int(np.count_nonzero(self._rows.number[units] <= has[self._rows.demand[units]]))


class Level(NamedTuple):
    """A share: how many demands of the part have more anyhow, and the units that bring one demand each above it."""

    fixed: int
    units: Int64

    def above(self, climb: Climb, more: Int64) -> int:
        """Return how many demands have more than the share."""
        return self.fixed + climb.taken(self.units, more)

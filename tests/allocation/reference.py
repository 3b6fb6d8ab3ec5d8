"""A second solver that shares nothing with ours: scipy's integer programs (HiGHS), one for each step."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations, pairwise

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_array

from medspil.allocation import Lock, Problem
from tests.allocation.rules import locked, overlap

Row = dict[int, float]


class Reference:
    """The problem as rows of an integer program. Variables: units per pair, whether it is used, units of demands."""

    def __init__(self, problem: Problem, locks: Iterable[Lock]) -> None:
        self.problem = problem
        self.rows: list[tuple[Row, float, float]] = []
        kept = {(lock.demand, lock.supply): lock.amount for lock in locks}
        bans = {(ban.demand, ban.supply) for ban in problem.bans}
        self.score = {(edge.demand, edge.supply): edge.score for edge in problem.edges}
        self.pairs = sorted({pair for pair in self.score if pair not in bans} | set(kept))
        self.wanted = {one.ident: one.wanted for one in problem.demands}
        self.units = [(ident, number) for ident, wanted in self.wanted.items() for number in range(1, wanted + 1)]
        self.count = 2 * len(self.pairs) + len(self.units)
        most = {(edge.demand, edge.supply): edge.most for edge in problem.edges}
        capacity = {one.ident: one.capacity for one in problem.supplies}
        for at, pair in enumerate(self.pairs):
            limit = most.get(pair)
            room = min(self.wanted[pair[0]], capacity[pair[1]], *(() if limit is None else (limit,)))
            self.say({at: 1.0}, kept.get(pair, 0), kept.get(pair, room))
            self.say({at: 1.0, len(self.pairs) + at: -float(max(room, 1))}, -np.inf, 0)
            self.say({at: 1.0, len(self.pairs) + at: -1.0}, 0, np.inf)
        self._sums()
        self._meetings()
        self._ladders()

    def say(self, row: Row, low: float, high: float) -> None:
        """Add a row: the sum lies from low to high."""
        self.rows.append((row, low, high))

    def unit(self, demand: str, number: int) -> int:
        """Return the variable that says whether a demand gets its so manieth unit."""
        return 2 * len(self.pairs) + self.units.index((demand, number))

    def _amounts(self, demands: set[str], supplies: set[str]) -> Row:
        return {at: 1.0 for at, (demand, supply) in enumerate(self.pairs) if demand in demands and supply in supplies}

    def _sums(self) -> None:
        problem, rules = self.problem, self.problem.rules
        demands, supplies = set(self.wanted), {one.ident for one in problem.supplies}
        givers = {
            one.group: {two.ident for two in problem.supplies if two.group == one.group} for one in problem.supplies
        }
        takers = {
            one.group: {two.ident for two in problem.demands if two.group == one.group} for one in problem.demands
        }
        limits = [(demands, {one.ident}, one.capacity) for one in problem.supplies]
        limits += [({one}, supplies, wanted) for one, wanted in self.wanted.items()]
        for name, members in givers.items():
            limits += [(demands, members, limit) for limit in [rules.of_supply_group(name)] if limit is not None]
            if name and rules.most_from_group is not None:
                limits += [({one}, members, rules.most_from_group) for one in demands]
        for name, members in takers.items():
            limits += [(members, supplies, limit) for limit in [rules.of_demand_group(name)] if limit is not None]
            if name and rules.most_to_group is not None:
                limits += [(members, {one}, rules.most_to_group) for one in supplies]
        for some, others, limit in limits:
            self.say(self._amounts(some, others), -np.inf, limit)

    def _meetings(self) -> None:
        problem, first = self.problem, len(self.pairs)
        for (at, one), (other_at, other) in combinations(enumerate(self.pairs), 2):
            if one[1] == other[1] and overlap(problem, [one[0], other[0]]):
                self.say({first + at: 1.0, first + other_at: 1.0}, 0, 1)
        if problem.rules.most_supplies is not None:
            for demand in self.wanted:
                row = {first + at: 1.0 for at, pair in enumerate(self.pairs) if pair[0] == demand}
                self.say(row, 0, problem.rules.most_supplies)
        for supply in problem.supplies:
            if supply.whole:
                places = [at for at, pair in enumerate(self.pairs) if pair[1] == supply.ident]
                for at in places:
                    self.say({at: 1.0, first + at: -float(supply.capacity)}, 0, 0)
                self.say({first + at: 1.0 for at in places}, 0, 1)

    def _ladders(self) -> None:
        for one in self.problem.demands:
            row = self._amounts({one.ident}, {supply.ident for supply in self.problem.supplies})
            steps = [self.unit(one.ident, number) for number in range(1, one.wanted + 1)]
            self.say(row | dict.fromkeys(steps, -1.0), 0, 0)
            for earlier, later in pairwise(steps):
                self.say({earlier: 1.0, later: -1.0}, 0, np.inf)
            base = locked(self.problem.but(locks=self._locks()), one.ident)
            if self.problem.rules.least_or_nothing and one.least - 1 > base:
                self.say({steps[base]: 1.0, steps[one.least - 1]: -1.0}, 0, 0)

    def _locks(self) -> list[Lock]:
        return [
            Lock(*self.pairs[min(row)], int(low)) for row, low, high in self.rows if len(row) == 1 and low == high > 0
        ]

    def best(self) -> tuple[int, list[int], float]:
        """Return the most leasts met, for each share in turn the most demands above it, and the best score."""
        leasts = {self.unit(one.ident, one.least): 1.0 for one in self.problem.demands if one.least}
        free = sum(not one.least for one in self.problem.demands)
        met = self._most(leasts)
        self.say(leasts, met, np.inf)
        counts = []
        for share in self._shares():
            row = {self.unit(one, int(share * wanted) + 1): 1.0 for one, wanted in self.wanted.items() if wanted}
            counts.append(round(self._most(row)))
            self.say(row, counts[-1], np.inf)
        return round(met) + free, counts, self._most(self._scores())

    def _scores(self) -> Row:
        return {at: self.score.get(pair, 0.0) for at, pair in enumerate(self.pairs)}

    def _largest(self) -> list[float]:
        return [np.inf] * len(self.pairs) + [1.0] * (self.count - len(self.pairs))

    def _shares(self) -> list[Fraction]:
        found = {Fraction(number - 1, wanted) for wanted in self.wanted.values() for number in range(1, wanted + 1)}
        return sorted(found)

    def _most(self, row: Row) -> float:
        if not row:
            return 0.0
        aim = np.zeros(self.count)
        for at, worth in row.items():
            aim[at] = -worth
        answer = milp(
            aim,
            integrality=np.ones(self.count),
            bounds=Bounds(0, self._largest()),
            constraints=self._constraints(),
            options={"mip_rel_gap": 0.0},
        )
        assert answer.success, answer.message
        return -float(answer.fun)

    def _constraints(self) -> LinearConstraint:
        places = [(at, column, worth) for at, (row, _, _) in enumerate(self.rows) for column, worth in row.items()]
        rows, columns, worths = zip(*places, strict=True) if places else ((), (), ())
        matrix = coo_array((worths, (rows, columns)), shape=(len(self.rows), self.count)).tocsr()
        return LinearConstraint(matrix, [low for _, low, _ in self.rows], [high for _, _, high in self.rows])

    def most_score(self) -> float:
        """Return the best score there is, whatever the leasts and shares."""
        return self._most(self._scores())

    def relaxed_score(self) -> float:
        """Return the best score by the linear relaxation, whatever the leasts and shares."""
        aim = np.zeros(self.count + 1)  # one variable more, as linprog wants at least one
        for at, score in self._scores().items():
            aim[at] = -score
        limits = self._constraints()
        matrix = np.hstack((limits.A.toarray(), np.zeros((len(self.rows), 1))))
        low, high = np.asarray(limits.lb), np.asarray(limits.ub)
        upper, lower = np.isfinite(high), np.isfinite(low)
        answer = linprog(
            aim,
            A_ub=np.vstack((matrix[upper], -matrix[lower])),
            b_ub=np.concatenate((high[upper], -low[lower])),
            bounds=[(0, largest) for largest in (*self._largest(), 0.0)],
            method="highs",
        )
        assert answer.success, answer.message
        return -float(answer.fun)

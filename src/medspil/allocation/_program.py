"""The rules that no network says, as an integer program: one aim after another, proven as far as the effort goes."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from ortools.sat.python import cp_model

from medspil.allocation._arrays import NO_LIMIT, Int64
from medspil.allocation._fairness import Units
from medspil.allocation._scope import Scope

EFFORT_TO_WRITE: Final = 2e-5
"""Work per variable of handing the model to the solver once more, which the solver does not count."""


class Variables(NamedTuple):
    """The variables: units per edge, what they come to for each demand, and a yes or no for units that were asked for.

    A model with a yes or no for every unit of every demand finds little: there are thousands, and few are asked for.
    """

    more: list[cp_model.IntVar]
    arriving: dict[int, cp_model.LinearExprT]
    units: dict[int, cp_model.IntVar]


class Program:
    """One part of the problem. Starts from a plan that keeps the rules and only ever takes a better one."""

    def __init__(self, scope: Scope, least: Int64, start: Int64, effort: float) -> None:
        self.scope = scope
        self.rows = Units.of(scope.given, scope.reach)
        self.best = start
        self.effort = effort
        self._least = least
        self._model = cp_model.CpModel()
        self._declared: Variables | None = None
        self._kept: list[tuple[Int64, int]] = []

    def improve_units(self, chosen: Int64, value: int, bound: int, effort: float) -> int:
        """Give as many of some units as can be without giving up what was kept; return a number that none exceeds.

        `value` is how many the best plan so far gives, `bound` what is known; nothing is done when they are the same.
        """
        if value >= bound or min(effort, self.effort) <= 0:
            return bound
        return self._improve([(self._unit(at), 1) for at in chosen.tolist()], value, bound, effort)

    def improve_score(self, value: int, bound: int) -> int:
        """Make the score as high as it can be with what effort is left; return a score that none exceeds."""
        if value >= bound or self.effort <= 0:
            return bound
        score = self.scope.table.score[self.scope.edges].tolist()
        return self._improve(list(zip(self._variables().more, score, strict=True)), value, bound, self.effort)

    def keep(self, chosen: Int64, count: int) -> None:
        """Let no later plan give fewer of these units."""
        self._kept.append((chosen, count))
        if self._declared is not None:
            self._keep(chosen, count)

    def _keep(self, chosen: Int64, count: int) -> None:
        self._model.add(sum(self._unit(at) for at in chosen.tolist()) >= count)

    def _unit(self, at: int) -> cp_model.IntVar:
        """Return the yes or no to a unit: only who has it may say yes."""
        variables = self._variables()
        if at not in variables.units:
            demand = int(self.rows.demand[at])
            needed = int(self.rows.number[at] - self.scope.given[demand])
            variables.units[at] = self._model.new_bool_var("")
            self._model.add(variables.arriving[demand] >= needed * variables.units[at])
        return variables.units[at]

    def _variables(self) -> Variables:
        """Return the variables; the model is written down when it is first needed."""
        if self._declared is None:
            self._declared = self._declare()
            for chosen, count in self._kept:
                self._keep(chosen, count)
        return self._declared

    def _improve(self, terms: Sequence[tuple[cp_model.IntVar, int]], value: int, bound: int, effort: float) -> int:
        model, variables = self._model, self._variables()
        model.clear_hints()  # type: ignore[no-untyped-call]
        for variable, now in zip(variables.more, self.best.tolist(), strict=True):
            model.add_hint(variable, now)
        taken = self.taken()
        for at, variable in variables.units.items():
            model.add_hint(variable, int(taken[at]))
        model.maximize(sum(variable * worth for variable, worth in terms))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_deterministic_time = min(effort, self.effort)
        status = solver.solve(model)
        written = (len(variables.more) + len(variables.units)) * EFFORT_TO_WRITE
        self.effort -= solver.response_proto.deterministic_time + written
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return bound
        if round(solver.objective_value) > value:
            self.best = np.array([solver.value(variable) for variable in variables.more], np.int64)
        return min(bound, int(np.floor(solver.best_objective_bound + 1e-6)))

    def given(self) -> Int64:
        """Return what each demand has more in the best plan so far."""
        more = np.zeros(len(self.scope.wanted_left), np.int64)
        np.add.at(more, self.scope.demand, self.best)
        return more

    def taken(self) -> Int64:
        """Return which units are given in the best plan so far, as 0 and 1."""
        has = self.scope.given + self.given()
        return (self.rows.number <= has[self.rows.demand]).astype(np.int64)

    def _declare(self) -> Variables:
        model, scope, table = self._model, self.scope, self.scope.table
        rooms = scope.room.tolist()
        more = [model.new_int_var(0, room, "") for room in rooms]
        meets = self._meetings(more, rooms)
        _limit(model, more, scope.supply, scope.capacity_left)
        _limit(model, more, table.supply_groups.of[scope.supply], scope.supply_group_left)
        _limit(model, more, table.demand_groups.of[scope.demand], scope.demand_group_left)
        self._limit_between_groups(more)
        self._limit_times(meets)
        if scope.slots is not None:
            _limit(model, meets, scope.demand, scope.slots)
        return Variables(more, self._arriving(more), {})

    def _meetings(self, more: list[cp_model.IntVar], rooms: list[int]) -> list[cp_model.IntVar]:
        """Return for each edge whether it carries anything."""
        model, meets = self._model, []
        lots = self.scope.table.whole[self.scope.supply].tolist()
        for variable, room, lot in zip(more, rooms, lots, strict=True):
            if room == 1:
                meets.append(variable)
                continue
            meet = model.new_bool_var("")
            if lot:
                model.add(variable == room * meet)
            else:
                model.add(variable <= room * meet)
                model.add(variable >= meet)
            meets.append(meet)
        return meets

    def _limit_between_groups(self, more: list[cp_model.IntVar]) -> None:
        scope, table = self.scope, self.scope.table
        if table.rules.most_from_group is not None:
            self._limit_blocks(more, table.supply_groups.of[scope.supply], scope.demand, scope.from_group_left)
        if table.rules.most_to_group is not None:
            self._limit_blocks(more, table.demand_groups.of[scope.demand], scope.supply, scope.to_group_left)

    def _limit_blocks(self, more: list[cp_model.IntVar], group: Int64, row: Int64, left: Int64) -> None:
        blocks: dict[tuple[int, int], list[int]] = defaultdict(list)
        for at, key in enumerate(zip(group.tolist(), row.tolist(), strict=True)):
            if key[0] >= 0:
                blocks[key].append(at)
        for members in blocks.values():
            self._model.add(sum(more[at] for at in members) <= int(left[members[0]]))

    def _limit_times(self, meets: list[cp_model.IntVar]) -> None:
        """At each moment at which something starts, a supply serves one demand at most."""
        scope = self.scope
        by_supply: dict[int, list[int]] = defaultdict(list)
        for at, supply in enumerate(scope.supply.tolist()):
            if scope.table.demands[scope.demand[at]].times:
                by_supply[supply].append(at)
        for places in by_supply.values():
            spans = {at: scope.table.demands[scope.demand[at]].times for at in places}
            starts = sorted({span.start for times in spans.values() for span in times})
            at_once = {
                tuple(at for at in places if any(span.start <= start < span.end for span in spans[at]))
                for start in starts
            }
            for members in sorted(at_once):
                if len(members) > 1:
                    self._model.add_at_most_one(meets[at] for at in members)

    def _arriving(self, more: list[cp_model.IntVar]) -> dict[int, cp_model.LinearExprT]:
        """Return what comes to each demand: no more than it wants, and its least or nothing where that is the rule."""
        model, scope = self._model, self.scope
        arriving: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for demand, variable in zip(scope.demand.tolist(), more, strict=True):
            arriving[demand].append(variable)
        reach = scope.reach
        for demand, variables in arriving.items():
            model.add(sum(variables) <= int(reach[demand]))
            lacking = int(self._least[demand] - scope.given[demand])
            if scope.table.rules.least_or_nothing and lacking > 1:
                served = model.new_bool_var("")
                model.add(sum(variables) >= lacking * served)
                model.add(sum(variables) <= int(reach[demand]) * served)
        return {demand: sum(variables) for demand, variables in arriving.items()}


def _limit(model: cp_model.CpModel, variables: list[cp_model.IntVar], row: Int64, left: Int64) -> None:
    """Let the variables of each row come to no more than what is left; rows below 0 have no limit."""
    members: dict[int, list[cp_model.IntVar]] = defaultdict(list)
    for at, variable in zip(row.tolist(), variables, strict=True):
        if at >= 0:
            members[at].append(variable)
    for at, found in members.items():
        if left[at] < NO_LIMIT // 2:
            model.add(sum(found) <= int(left[at]))

"""From a sheet to who gets what: builds the problem, lets the library solve it, and keeps the reasons as plain JSON.

The answer is checked against every rule before anybody sees it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from medspil import allocation
from medspil.allocation import Ban, Demand, Edge, Lock, Plan, Problem, Rules, Span, Supply
from medspil.rounds.programmes import Rule
from medspil.rounds.scoring import Bar, Scorer, distance
from medspil.rounds.sheet import Asker, Giver, Held, Sheet

MINUTES_A_DAY = 24 * 60
TELL_EVERY = 50
Tell = Callable[[str, int, int], None]


def silent(_phase: str, _done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Built:
    """A problem, and for each row that asks why which givers cannot be."""

    sheet: Sheet
    problem: Problem
    bars: dict[str, Counter[Bar]]


def built(sheet: Sheet, *, tell: Tell = silent) -> Built:
    """Return the problem of a sheet: every pair judged, all rules said in the library's words."""
    scorer, within = Scorer(sheet), _reaching(sheet)
    most = 1 if sheet.kind.one_each else None
    edges: list[Edge] = []
    bars: dict[str, Counter[Bar]] = {}
    for done, asker in enumerate(sheet.askers):
        if done % TELL_EVERY == 0:
            tell("pairing", done, len(sheet.askers))
        counted, near = within(asker)
        for giver in near:
            judged = scorer.judge(asker, giver)
            if isinstance(judged, Bar):
                counted[judged] += 1
            else:
                edges.append(Edge(asker.ident, giver.ident, judged.score, most))
        bars[asker.ident] = counted
    problem = Problem(
        demands=tuple(_demand(one) for one in sheet.askers),
        supplies=tuple(
            Supply(one.ident, one.capacity, one.party or f"#{one.ident}", _whole(sheet, one)) for one in sheet.givers
        ),
        edges=tuple(edges),
        locks=tuple(Lock(one.asker, one.giver, amount_of(sheet, one)) for one in sheet.held),
        bans=tuple(Ban(one.asker, one.giver) for one in sheet.barred),
        rules=Rules(most_per_supply_group=sheet.rule(Rule.MOST_PER_GIVER)),
    )
    return Built(sheet, problem, bars)


def answer(sheet: Sheet, *, standing: Iterable[Mapping[str, Any]] = (), tell: Tell = silent) -> dict[str, Any]:
    """Return who gets what, what is short and why, and the figures, as plain JSON.

    `standing` are the pairs on the board: what is as good as they are does not move them.
    """
    made = built(sheet, tell=tell)
    tell("sharing", 0, 0)
    plan = allocation.solve(made.problem)
    stood = {(pair["asker"], pair["giver"]): int(pair["amount"]) for pair in standing}
    if stood:
        plan = allocation.keep_to(made.problem, plan, stood)
    allocation.check(made.problem, plan)
    return plain_plan(made, plan)


def plain_plan(made: Built, plan: Plan) -> dict[str, Any]:
    """Return a plan as JSON can carry it, with the parts of each pair's score."""
    given, nearest = Counter[str](), _nearest_too_far(made.sheet)
    for pair in plan.pairs:
        given[pair.supply] += pair.amount
    return {
        "pairs": list(_pairs(made.sheet, plan)),
        "short": [
            {
                "asker": one.demand,
                "missing": one.missing,
                "limits": [[str(each.reason), list(each.names), each.enough, each.amount] for each in one.limits],
                "bars": {bar.value: number for bar, number in sorted(made.bars[one.demand].items())},
                "nearest": nearest(one.demand),
            }
            for one in plan.shortages
        ],
        "notices": [
            {
                "trouble": str(one.trouble),
                "lock": list(one.lock) if one.lock else None,
                "others": [list(each) for each in one.others],
                "name": one.name,
                "amount": one.amount,
                "limit": one.limit,
            }
            for one in plan.notices
        ],
        "left": {one.ident: left for one in made.sheet.givers if (left := one.capacity - given[one.ident]) > 0},
        "figures": plan.figures._asdict(),
        "proof": plan.proof._asdict() | {"optimal": plan.optimal},
        "possible": len(made.problem.edges),
    }


def amount_of(sheet: Sheet, held: Held) -> int:
    """Return how many a lock is for: what was said, else as many as both can."""
    if held.amount:
        return held.amount
    if sheet.kind.one_each:
        return 1
    wanted = next((one.wanted for one in sheet.askers if one.ident == held.asker), 1)
    return min(wanted, next((one.capacity for one in sheet.givers if one.ident == held.giver), 1))


def _reaching(sheet: Sheet) -> Callable[[Asker], tuple[Counter[Bar], list[Giver]]]:
    """Return a function that tells how many givers are too far from a row, and which are not: all distances at once."""
    scorer = Scorer(sheet)
    limits = [scorer.limit_km(giver) for giver in sheet.givers]
    points = np.array([giver.point or (np.nan, np.nan) for giver in sheet.givers], np.float64).reshape(-1, 2)
    metres = np.array([np.inf if km is None else km * 1000.0 for km in limits], np.float64)

    def within(asker: Asker) -> tuple[Counter[Bar], list[Giver]]:
        if asker.point is None:
            return Counter(), list(sheet.givers)
        # What nobody knows is a distance that compares with nothing, so it is not too far.
        far = np.hypot(points[:, 0] - asker.point[0], points[:, 1] - asker.point[1]) > metres
        number = int(far.sum())
        return Counter({Bar.TOO_FAR: number} if number else {}), [sheet.givers[at] for at in np.flatnonzero(~far)]

    return within


def _demand(asker: Asker) -> Demand:
    times = tuple(
        Span(day * MINUTES_A_DAY + start, day * MINUTES_A_DAY + end)
        for day, start, end in asker.facts.get("times") or ()
    )
    return Demand(asker.ident, asker.wanted, asker.least, times=times)


def _whole(sheet: Sheet, giver: Giver) -> bool:
    return giver.whole or bool(sheet.rule(Rule.WHOLE_LOTS))


def _pairs(sheet: Sheet, plan: Plan) -> Iterator[dict[str, Any]]:
    scorer = Scorer(sheet)
    askers = {one.ident: one for one in sheet.askers}
    givers = {one.ident: one for one in sheet.givers}
    for pair in plan.pairs:
        asker, giver = askers[pair.demand], givers[pair.supply]
        bar = scorer.bar(asker, giver) if pair.locked else None
        yield {
            "asker": pair.demand,
            "giver": pair.supply,
            "amount": pair.amount,
            "locked": pair.locked,
            "against": bar.value if bar else "",  # locked although it would not have been proposed
            **scorer.scored(asker, giver).plain(),
        }


def _nearest_too_far(sheet: Sheet) -> Callable[[str], int | None]:
    """Return a function that tells how far away in metres the nearest giver is of those too far from a row."""
    scorer = Scorer(sheet)
    askers = {one.ident: one for one in sheet.askers}
    limits = [(giver, km * 1000) for giver in sheet.givers if (km := scorer.limit_km(giver)) is not None]

    def nearest(ident: str) -> int | None:
        found = [
            metres
            for giver, limit in limits
            if (metres := distance(askers[ident], giver)) is not None and metres > limit
        ]
        return round(min(found)) if found else None

    return nearest

"""Who gets what from whom: every least first, then fairly by share, then well. NumPy and OR-tools are all it takes.

>>> problem = Problem(
...     demands=(Demand("school", 10), Demand("class", 1, least=1)),
...     supplies=(Supply("bakery", 4), Supply("port", 2)),
...     edges=(Edge("school", "bakery", 0.9), Edge("school", "port", 0.4), Edge("class", "bakery", 0.8)),
... )
>>> plan = solve(problem)
>>> [(pair.demand, pair.supply, pair.amount) for pair in plan.pairs]
[('class', 'bakery', 1), ('school', 'bakery', 3), ('school', 'port', 2)]
>>> plan.optimal, plan.figures.smallest_share, round(plan.score, 6)
(True, 0.5, 4.3)
>>> [(one.demand, one.missing, [(str(limit.reason), limit.names) for limit in one.limits]) for one in plan.shortages]
[('school', 5, [('supply_full', ('bakery', 'port'))])]
>>> check(problem, plan)
>>> cost = price(problem, plan, ban_pair("school", "port"))
>>> cost.after.smallest_share, [(one.demand, one.before, one.after) for one in cost.differences]
(0.3, [('school', 5, 3)])
"""

from medspil.allocation._change import Change, ban_pair, free_pair, lock_pair, move_units
from medspil.allocation._check import PlanBroken, check
from medspil.allocation._keeping import keep_to
from medspil.allocation._plan import (
    Coverage,
    Figures,
    Limit,
    Method,
    Notice,
    Pair,
    Plan,
    Proof,
    Reason,
    Shortage,
    Trouble,
)
from medspil.allocation._price import Difference, Price, price
from medspil.allocation._problem import (
    MOST_AMOUNT,
    MOST_UNITS,
    SCORE_SCALE,
    Ban,
    Demand,
    Edge,
    Lock,
    Problem,
    ProblemInvalid,
    ProblemTooLarge,
    Rules,
    Span,
    Supply,
)
from medspil.allocation._solve import EFFORT, solve

__all__ = [
    "EFFORT",
    "MOST_AMOUNT",
    "MOST_UNITS",
    "SCORE_SCALE",
    "Ban",
    "Change",
    "Coverage",
    "Demand",
    "Difference",
    "Edge",
    "Figures",
    "Limit",
    "Lock",
    "Method",
    "Notice",
    "Pair",
    "Plan",
    "PlanBroken",
    "Price",
    "Problem",
    "ProblemInvalid",
    "ProblemTooLarge",
    "Proof",
    "Reason",
    "Rules",
    "Shortage",
    "Span",
    "Supply",
    "Trouble",
    "ban_pair",
    "check",
    "free_pair",
    "keep_to",
    "lock_pair",
    "move_units",
    "price",
    "solve",
]

"""Where the time of a query goes: the engine's own steps, clocked from outside while it answers."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, Final

import numpy as np

from medspil.matching import AffinityTable, Index, Need, _contest, _rank, _scan, rank
from medspil.matching._near import Near

REPEATS: Final = 5
LEAST_MS: Final = 0.005
REST: Final = "the rest: gates of our own records, making the answer"
STEPS: Final[Sequence[tuple[str, Any, str]]] = (
    ("make the need ready: words, affinities", _rank, "prepare"),
    ("circle: cells, distances, postings", Near, "of"),
    ("circle: rough scores", Near, "score"),
    ("circle: keep those near the top", Near, "candidates"),
    ("blocks: bounds, rare words", _scan, "block_bounds"),
    ("blocks: visit those that may hold one of the best", _contest, "candidates"),
    ("count the gates", _contest, "_account"),
    ("look up the facts of those left", _contest, "rows_in"),
    ("score those left exactly", _contest, "score_rows"),
    ("explain the fifty", _rank, "explain"),
)


def stage_table(index: Index, needs: Sequence[Need], table: AffinityTable) -> list[tuple[str, float]]:
    """Return the median milliseconds of each step that takes any time; a step within a step is not in the outer one."""
    taken: dict[str, list[float]] = {label: [] for label in [*(label for label, _, _ in STEPS), REST]}
    for at in range(REPEATS + 1):
        for need in needs:
            spent: defaultdict[str, float] = defaultdict(float)
            with _clocked(spent):
                began = time.perf_counter()
                rank(index, need, table)
                whole = time.perf_counter() - began
            spent[REST] = whole - sum(spent.values())
            if at:
                for label, times in taken.items():
                    times.append(1000 * spent[label])
    return [(label, float(np.median(times))) for label, times in taken.items() if np.median(times) > LEAST_MS]


@contextmanager
def _clocked(spent: dict[str, float]) -> Iterator[None]:
    """Clock the steps for a while; a step within a step is taken off the outer one."""
    inner = [0.0]
    with ExitStack() as stack:
        for label, owner, name in STEPS:
            kept = vars(owner)[name]
            step = _clock(getattr(owner, name), label, spent, inner)
            # A classmethod comes bound out of getattr: it must not be bound again.
            setattr(owner, name, staticmethod(step) if isinstance(kept, classmethod) else step)
            stack.callback(setattr, owner, name, kept)
        yield


def _clock(step: Callable[..., Any], label: str, spent: dict[str, float], inner: list[float]) -> Callable[..., Any]:
    def clocked(*given: Any, **named: Any) -> Any:
        inner.append(0.0)
        began = time.perf_counter()
        answer = step(*given, **named)
        took = time.perf_counter() - began
        spent[label] += took - inner.pop()
        inner[-1] += took
        return answer

    return clocked

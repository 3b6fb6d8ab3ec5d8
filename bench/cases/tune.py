"""Try weights on the tuning half: `python -m bench.cases.tune [--units N]`. The test half is never read here.

The cases have no profiles, so they judge four criteria only; the other three keep their weights, rounded. All ways to
share the rest among the four in steps of 0.05 are tried. Of those that are not clearly worse than the best, the one
nearest to the present weights is proposed: few cases are no reason to move far.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

import numpy as np

from bench.cases.haystack import haystack
from bench.cases.read import FOLDER, Half, affinities, numbers, read_cases
from bench.cases.score import Scored, rank, score
from bench.cases.statistics import estimate
from medspil.matching import DEFAULT_WEIGHTS, Criterion, Index, Weights, build_index
from medspil.matching._arrays import Float64

JUDGED: Final = (Criterion.CAPABILITY, Criterion.RELEVANCE, Criterion.PROXIMITY, Criterion.CAPACITY)
STEPS: Final = 20
"""Weights are whole twentieths."""


class Tried(NamedTuple):
    """A weighing and how it does, case by case: log10 of the rank (lower is better) and the reciprocal rank."""

    weights: Weights
    logs: Float64
    reciprocal: Float64

    @property
    def moved(self) -> float:
        """How far the weights are from the present ones."""
        return sum(abs(self.weights.of(one) - DEFAULT_WEIGHTS.of(one)) for one in Criterion)


def scored_cases(units: int, folder: Path = FOLDER) -> list[Scored]:
    """Hide the companies of the tuning half and score everything once."""
    cases = read_cases(Half.TUNING, *numbers(units, Half.TUNING), folder)
    table = affinities()
    with TemporaryDirectory() as name:
        records = chain((case.company for case in cases), haystack(units))
        build_index(records, Path(name), source="tuning", date="2025-01-01")
        index = Index.open(Path(name))
        found = [score(index, case, table) for case in cases]
    return [one for one in found if one.at >= 0]


def grid() -> Iterator[Weights]:
    """Yield all weighings to try: every judged criterion counts at least one step, but capacity may count nothing."""
    kept = {one.value: round(DEFAULT_WEIGHTS.of(one) * STEPS) for one in Criterion if one not in JUDGED}
    left = STEPS - sum(kept.values())
    for parts in product(range(1, left), range(1, left), range(1, left)):
        if sum(parts) <= left:
            shares = dict(zip((one.value for one in JUDGED), (*parts, left - sum(parts)), strict=True))
            yield Weights(**(kept | shares))


def attempt(found: Sequence[Scored], weights: Weights) -> Tried:
    """Rank all companies by a weighing."""
    ranks = np.array([rank(one, weights) for one in found])
    return Tried(weights, np.log10(ranks), 1.0 / ranks)


def choose(tried: Sequence[Tried]) -> Tried:
    """Return the weighing nearest to the present one among those whose difference from the best may be chance."""
    best = min(tried, key=lambda one: (one.logs.mean(), one.moved))
    near = [one for one in tried if estimate(one.logs - best.logs).low <= 0.0]
    return min(near, key=lambda one: (round(one.moved, 9), one.logs.mean()))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the present weights, the best ten and the proposal."""
    parser = argparse.ArgumentParser(prog="python -m bench.cases.tune", description=__doc__)
    parser.add_argument("--units", type=int, default=100_000)
    options = parser.parse_args(arguments)
    found = scored_cases(options.units)
    tried = [attempt(found, weights) for weights in grid()]
    best = sorted(tried, key=lambda one: float(one.logs.mean()))[:10]
    print(f"{len(found)} cases, {options.units:,} units, {len(tried)} weighings")
    for name, one in [("present", attempt(found, DEFAULT_WEIGHTS)), *(("best ten", one) for one in best)]:
        print(_line(name, one))
    print(_line("proposed", choose(tried)))
    return 0


def _line(name: str, one: Tried) -> str:
    shares = "  ".join(f"{criterion} {one.weights.of(criterion):.2f}" for criterion in JUDGED)
    return f"{name:9} {shares}  geometric mean rank {10 ** one.logs.mean():7.1f}  MRR {one.reciprocal.mean():.3f}"


if __name__ == "__main__":
    sys.exit(main())

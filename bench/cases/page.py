"""The report of the cases as Markdown."""

from collections.abc import Sequence

from bench.cases.read import Half
from bench.cases.score import FULL, INSTEAD, Place
from bench.cases.statistics import DRAWS, MEASURES, SEED, Estimate, difference, estimate, median_rank, per_case

NAMES = {Half.TUNING: "Tuning half", Half.TEST: "Test half"}


def page(places: Sequence[Place], *, units: int, seed: int, version: str, weights: str) -> str:
    """Return the report: both halves apart, never together."""
    lines = [
        "# Do real partners rank high?",
        "",
        f"Written by `python -m bench.cases --units {units} --write`: {len(places)} cases, each company hidden among "
        f"{units:,} made-up units (seed {seed}), affinities version {version}.",
        "",
        f"Weights: {weights}.",
        "",
        f"In brackets: 95 % intervals, percentile bootstrap over cases, {DRAWS:,} draws, seed {SEED}. "
        "How to read this, and its limits: [bench/README.md](../README.md).",
    ]
    for half in Half:
        mine = [found for found in places if found.case.half is half]
        lines += ["", f"## {NAMES[half]}: {len(mine)} cases", "", *_measures(mine), "", *_differences(mine)]
    lines += ["", "## Case by case", "", *_cases(places)]
    return "\n".join(lines) + "\n"


def _measures(places: Sequence[Place]) -> list[str]:
    lines = [f"| Ranked by | {' | '.join(MEASURES)} | median rank |", "|---" * (len(MEASURES) + 2) + "|"]
    for variant in places[0].ranks:
        cells = [
            _cell(estimate(values), name) for values, name in zip(per_case(places, variant), MEASURES, strict=True)
        ]
        lines.append(f"| {variant} | {' | '.join(cells)} | {_rank(median_rank(places, variant))} |")
    return lines


def _differences(places: Sequence[Place]) -> list[str]:
    """By how much the full score is better (+) or worse (−), case against case."""
    lines = [f"| Full score against | {' | '.join(MEASURES)} |", "|---" * (len(MEASURES) + 1) + "|"]
    for variant in places[0].ranks:
        if variant != FULL:
            found = difference(places, FULL, variant)
            cells = [_signed(one, name) for one, name in zip(found, MEASURES, strict=True)]
            lines.append(f"| {variant} | {' | '.join(cells)} |")
    return lines


def _cases(places: Sequence[Place]) -> list[str]:
    lines = [f"| Half | Case | rank | among | {' | '.join(INSTEAD)} |", "|---" * (len(INSTEAD) + 4) + "|"]
    for found in places:
        rank = f"stopped: {found.gate}" if found.gate else _rank(found.ranks[FULL])
        instead = " | ".join(_rank(found.ranks[name]) for name in INSTEAD)
        lines.append(f"| {found.case.half} | {found.case.name} | {rank} | {found.eligible:,} | {instead} |")
    return lines


def _rank(rank: float) -> str:
    return "–" if rank == float("inf") else f"{rank:,.0f}"


def _cell(one: Estimate, measure: str) -> str:
    if measure == "MRR":
        return f"{one.value:.3f} [{one.low:.3f}–{one.high:.3f}]"
    return f"{one.value:.0%} [{one.low:.0%}–{one.high:.0%}]"


def _signed(one: Estimate, measure: str) -> str:
    if measure == "MRR":
        return f"{one.value:+.3f} [{one.low:+.3f}, {one.high:+.3f}]"
    return f"{100 * one.value:+.0f} [{100 * one.low:+.0f}, {100 * one.high:+.0f}] points"

"""The figures as a Markdown page."""

import os
import platform
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

Times = Mapping[str, Sequence[tuple[float, float]]]


class Page(NamedTuple):
    """How the run was made."""

    units: int
    needs: int
    rounds: int


def page(
    run: Page,
    *,
    times: Mapping[str, Times],
    alone: Mapping[str, Mapping[str, Sequence[float]]],
    same: Mapping[str, Mapping[str, int]],
    stages: Mapping[str, Sequence[tuple[str, float]]],
    pairs: Mapping[str, Sequence[tuple[str, str]]],
) -> str:
    """Return the page.

    Parameters
    ----------
    times : milliseconds by the clock and of computing, all engines in turn, by scope and engine
    alone : milliseconds by the clock with nobody else asked in between, by scope and engine
    same : for how many needs the answer was ours, by scope and engine
    stages : milliseconds by scope and step
    pairs : figures in words by heading
    """
    lines = [
        "# Results",
        "",
        f"Written by `python -m bench --units {run.units} --rounds {run.rounds} --write`; what is compared: README.md.",
        "",
        f"{run.units:,} active units, {run.needs} needs, {run.rounds} rounds, engines in turn, top 50. {machine()}",
        f"Processes that wanted to run meanwhile, on average over the last five minutes: {os.getloadavg()[1]:.1f}.",
    ]
    for scope, engines in times.items():
        lines += ["", f"## {scope}", "", *_table(engines, alone[scope], same[scope], run.needs)]
    for scope, steps in stages.items():
        whole = sum(took for _, took in steps)
        lines += ["", f"## Where the time goes: {scope.lower()}", "", "| Step | ms, median | share |", "|---|---|---|"]
        lines += [f"| {step} | {took:.2f} | {took / whole:.0%} |" for step, took in steps]
    for heading, figures in pairs.items():
        lines += ["", f"## {heading}", "", "| What | Figure |", "|---|---|"]
        lines += [f"| {what} | {figure} |" for what, figure in figures]
    return "\n".join(lines) + "\n"


def machine() -> str:
    """Describe the machine without naming it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores shared with others, {memory:.0f} GB of memory, "
        f"Python {platform.python_version()}, NumPy {np.__version__}."
    )


def _table(engines: Times, alone: Mapping[str, Sequence[float]], same: Mapping[str, int], needs: int) -> list[str]:
    ours, our_computing = np.median(next(iter(engines.values())), axis=0).tolist()
    ours_alone = float(np.median(next(iter(alone.values()))))
    lines = [
        "| Engine | p50 ms | p95 ms | CPU p50 ms | CPU p95 ms | × ours | CPU × ours | alone p50 ms | alone × ours "
        "| same fifty |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name, times in engines.items():
        (middle, computing), (late, late_computing) = np.quantile(times, [0.5, 0.95], axis=0).tolist()
        by_itself = float(np.median(alone[name]))
        lines.append(
            f"| {name} | {middle:.1f} | {late:.1f} | {computing:.1f} | {late_computing:.1f} "
            f"| {middle / ours:.1f} | {computing / our_computing:.1f} "
            f"| {by_itself:.1f} | {by_itself / ours_alone:.1f} | {same[name]} of {needs} |"
        )
    return lines

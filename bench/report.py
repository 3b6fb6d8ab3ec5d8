"""The figures as a Markdown page."""

import os
import platform
from collections.abc import Mapping, Sequence

import numpy as np

Times = Mapping[str, Sequence[tuple[float, float]]]


def page(
    *,
    units: int,
    needs: int,
    rounds: int,
    times: Mapping[str, Times],
    same: Mapping[str, Mapping[str, int]],
    figures: Mapping[str, str],
) -> str:
    """Return the page; `times` holds milliseconds by the clock and of computing, by scope and engine."""
    lines = [
        "# Results",
        "",
        f"Written by `python -m bench --units {units} --rounds {rounds} --write`; what is compared: README.md.",
        "",
        f"{units:,} active units, {needs} needs, {rounds} rounds, engines in turn, top 50. {machine()}",
        f"Processes that wanted to run meanwhile, on average over the last five minutes: {os.getloadavg()[1]:.1f}.",
    ]
    for scope, engines in times.items():
        lines += ["", f"## {scope}", "", *_table(engines, same[scope], needs)]
    lines += ["", "## The index", "", "| What | Figure |", "|---|---|"]
    lines += [f"| {what} | {figure} |" for what, figure in figures.items()]
    return "\n".join(lines) + "\n"


def machine() -> str:
    """Describe the machine without naming it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores shared with others, {memory:.0f} GB of memory, "
        f"Python {platform.python_version()}, NumPy {np.__version__}."
    )


def _table(engines: Times, same: Mapping[str, int], needs: int) -> list[str]:
    ours = float(np.median([clock for clock, _ in next(iter(engines.values()))]))
    lines = [
        "| Engine | p50 ms | p95 ms | CPU p50 ms | CPU p95 ms | × ours | same fifty |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, times in engines.items():
        (middle, computing), (late, late_computing) = np.quantile(times, [0.5, 0.95], axis=0).tolist()
        lines.append(
            f"| {name} | {middle:.1f} | {late:.1f} | {computing:.1f} | {late_computing:.1f} "
            f"| {middle / ours:.1f} | {same[name]} of {needs} |"
        )
    return lines

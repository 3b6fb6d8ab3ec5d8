"""Share out with several solvers and with every rule: `python -m bench.allocation [--quick] [--write]`."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.allocation.child import OURS, RULED
from bench.allocation.solvers import SOLVERS
from bench.report import machine
from medspil.allocation import EFFORT

RESULTS = Path(__file__).with_name("RESULTS.md")
SIZES = ((100, 20), (1_000, 50), (10_000, 75))
QUICK = ((30, 5),)
RULED_SIZE = (1_000, 50)
LARGEST = {"whole lots": 60}
REFERENCE = "OR-tools min-cost flow, score alone"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.allocation", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="tiny: shows that all run, says nothing of speed")
    parser.add_argument("--write", action="store_true", help="write bench/allocation/RESULTS.md as well")
    options = parser.parse_args(arguments)
    effort = 0.05 if options.quick else EFFORT
    lines = [
        "# Sharing out",
        "",
        "Written by `python -m bench.allocation --write`; what is compared: ../README.md.",
        "",
    ]
    lines += [f"{machine()} Processes that wanted to run meanwhile, on average: {os.getloadavg()[2]:.1f}."]
    for size, candidates in QUICK if options.quick else SIZES:
        lines += [
            "",
            f"## {size:,} demands, {size:,} supplies, {size * candidates:,} pairs",
            "",
            *_plain(size, candidates, effort),
        ]
    size, candidates = QUICK[0] if options.quick else RULED_SIZE
    lines += [
        "",
        f"## Ours with each rule: {size:,} demands, {candidates} candidates each",
        "",
        *_ruled(size, candidates, effort),
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    if options.write:
        RESULTS.write_text(text, encoding="utf-8")
    return 0


def _ask(kind: str, name: str, size: int, candidates: int, effort: float) -> dict[str, Any]:
    told = [sys.executable, "-m", "bench.allocation.child", kind, name, str(size), str(candidates), str(effort)]
    ended = subprocess.run(told, check=True, capture_output=True, text=True)
    answer: dict[str, Any] = json.loads(ended.stdout)
    return answer


def _plain(size: int, candidates: int, effort: float) -> list[str]:
    names = [OURS, *(name for name, (_, largest) in SOLVERS.items() if size <= largest)]
    found = {name: _ask("plain", name, size, candidates, effort) for name in names}
    best = found[REFERENCE]["score"]
    lines = [
        "| Solver | s | CPU s | peak MB | units given | score below bound "
        "| with nothing | smallest share | Gini of shares |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, one in found.items():
        lines.append(
            f"| {name} | {one['seconds']:.2f} | {one['work']:.2f} | {one['mb']:.0f} "
            f"| {one['given']:,} | {1 - one['score'] / best:.2%} "
            f"| {one['nothing']:,} | {one['smallest']:.2f} | {one['gini']:.3f} |"
        )
    return lines


def _ruled(size: int, candidates: int, effort: float) -> list[str]:
    lines = [
        "| Rule | method | solve s, CPU s | price of a ban s, CPU s | peak MB | leasts met, at most | proven "
        "| with nothing | smallest share | score below its bound, below that of the same amounts |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name in RULED:
        at = min(size, LARGEST.get(name, size))
        one = _ask("rules", name, at, candidates, effort)
        proven = [what for what, sure in zip(("leasts", "shares", "score"), one["proven"], strict=True) if sure]
        label = name if at == size else f"{name} ({at} projects, {one['edges']:,} pairs)"
        lines.append(
            f"| {label} | {one['method']} | {one['solve']:.2f}, {one['work']:.2f} "
            f"| {one['price']:.2f}, {one['price_work']:.2f} | {one['mb']:.0f} "
            f"| {one['least'][0]:,}, {one['least'][1]:,} | {', '.join(proven) or 'nothing'} | {one['nothing']:,} "
            f"| {one['smallest']:.2f} | {one['gap']:.2%}, {one['gap_alike']:.2%} |"
        )
    return lines


if __name__ == "__main__":
    sys.exit(main())

"""Report where real partners end up among a million units: `python -m bench.cases [--units N] [--write]`."""

import argparse
import sys
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.cases.haystack import FIRST_NUMBER, STEP, haystack
from bench.cases.read import affinities, read_cases
from bench.cases.score import Place, place, variants
from medspil.matching import Index, build_index

RESULTS = Path(__file__).with_name("RESULTS.md")


def main(arguments: Sequence[str] | None = None) -> int:
    """Hide the companies, rank the needs, print where they are found."""
    parser = argparse.ArgumentParser(prog="python -m bench.cases", description=__doc__)
    parser.add_argument("--units", type=int, default=1_000_000)
    parser.add_argument("--write", action="store_true", help="write bench/cases/RESULTS.md as well")
    options = parser.parse_args(arguments)
    # Numbers between those of the haystack, so that a tie is not decided by who was made first.
    cases = read_cases(FIRST_NUMBER + 1, STEP * max(1, options.units // 100))
    table = affinities()
    with TemporaryDirectory() as name:
        folder = Path(name)
        records = chain((case.company for case in cases), haystack(options.units))
        build_index(records, folder, source="cases", date="2025-01-01")
        index = Index.open(folder)
        places = [place(index, case, table) for case in cases]
    text = page(places, options.units, table.version)
    print(text)
    if options.write:
        RESULTS.write_text(text, encoding="utf-8")
    return 0


def page(places: Sequence[Place], units: int, version: str) -> str:
    """Return the report as Markdown."""
    lines = [
        "# Do real partners rank high?",
        "",
        f"Written by `python -m bench.cases --units {units} --write` with affinities version {version}. "
        f"{len(places)} cases, each company hidden among {units:,} made-up units.",
        "",
        "| Score | top 10 | top 50 | top 1 % | mean reciprocal rank |",
        "|---|---|---|---|---|",
    ]
    lines += [_summary(name, places) for name in variants()]
    lines += ["", "| Case | rank | among | text alone | distance alone |", "|---|---|---|---|---|"]
    lines += [_row(found) for found in places]
    return "\n".join(lines) + "\n"


def _summary(name: str, places: Sequence[Place]) -> str:
    """A company that a gate stops counts as not found."""
    ranks = [(found.ranks.get(name, float("inf")), found.eligible) for found in places]
    shares = [
        sum(rank <= 10 for rank, _ in ranks),
        sum(rank <= 50 for rank, _ in ranks),
        sum(rank <= max(eligible / 100, 1) for rank, eligible in ranks),
    ]
    mean = sum(1 / rank for rank, _ in ranks) / max(len(ranks), 1)
    found = " | ".join(f"{share / max(len(ranks), 1):.0%}" for share in shares)
    return f"| {name} | {found} | {mean:.3f} |"


def _row(found: Place) -> str:
    if found.gate is not None:
        return f"| {found.case.name} | stopped: {found.gate} | {found.eligible:,} | – | – |"
    ranks = [found.ranks[name] for name in ("full score", "text alone (BM25)", "distance alone")]
    full, text, distance = (f"{rank:,.0f}" for rank in ranks)
    return f"| {found.case.name} | {full} | {found.eligible:,} | {text} | {distance} |"


if __name__ == "__main__":
    sys.exit(main())

"""Report where real partners end up in a made-up register: `python -m bench.cases [--units N] [--write]`."""

import argparse
import sys
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.cases.haystack import SEED, haystack
from bench.cases.page import page
from bench.cases.read import Half, affinities, numbers, read_cases
from bench.cases.score import place, score
from medspil.matching import DEFAULT_WEIGHTS, Criterion, Index, build_index

RESULTS = Path(__file__).with_name("RESULTS.md")


def main(arguments: Sequence[str] | None = None) -> int:
    """Hide the companies, rank the needs, print where they are found."""
    parser = argparse.ArgumentParser(prog="python -m bench.cases", description=__doc__)
    parser.add_argument("--units", type=int, default=1_000_000)
    parser.add_argument("--write", action="store_true", help="write bench/cases/RESULTS.md as well")
    options = parser.parse_args(arguments)
    cases = [case for half in Half for case in read_cases(half, *numbers(options.units, half))]
    table = affinities()
    with TemporaryDirectory() as name:
        folder = Path(name)
        records = chain((case.company for case in cases), haystack(options.units))
        build_index(records, folder, source="cases", date="2025-01-01")
        index = Index.open(folder)
        places = [place(score(index, case, table)) for case in cases]
    weights = ", ".join(f"{one} {DEFAULT_WEIGHTS.of(one):.2f}" for one in Criterion)
    text = page(places, units=options.units, seed=SEED, version=table.version, weights=weights)
    print(text)
    if options.write:
        RESULTS.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

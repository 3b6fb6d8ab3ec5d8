"""Compare the engine with others in one run: `python -m bench [--units N] [--rounds N] [--write]`."""

import argparse
import atexit
import gc
import pickle
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import child
from bench.both_ways import BATCH, OPEN_NEEDS, batch, reverse
from bench.duck import Duck
from bench.engines import Dense, Engine, Ours, Tantivy
from bench.needs import RADIUS_M, make_needs, make_table, nearby
from bench.plain import plain
from bench.register import make
from bench.report import Page, page
from bench.stages import stage_table
from medspil.matching import AffinityTable, Index, Need

RESULTS = Path(__file__).with_name("RESULTS.md")
SMALL = 100_000
NATIONWIDE = "Nationwide"
NEARBY = f"Within {RADIUS_M / 1000:.0f} km"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the comparison and print it."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--units", type=int, default=1_000_000, help="active units (default: a million)")
    parser.add_argument("--needs", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write bench/RESULTS.md as well")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as name:
        text = compare(Path(name), units=options.units, needs=options.needs, rounds=options.rounds)
    print(text)
    if options.write:
        RESULTS.write_text(text, encoding="utf-8")
    return 0


def compare(folder: Path, *, units: int, needs: int, rounds: int) -> str:
    """Build, ask all engines in turn, and return the page."""
    built = child.measure("build", str(folder / "index"), str(units))
    register, table = make(units), make_table()
    asked = make_needs(register, needs)
    question = folder / "question"
    question.write_bytes(pickle.dumps((asked, table)))
    cold = child.measure("cold", str(folder / "index"), str(question))

    index = Index.open(folder / "index")
    engines = _engines(index, table)
    gc.freeze()  # as in a process that serves
    atexit.register(gc.unfreeze)
    times: dict[str, dict[str, list[tuple[float, float]]]] = {}
    same: dict[str, dict[str, int]] = {}
    alone: dict[str, dict[str, list[float]]] = {}
    for scope, those, needs_here in (
        (NATIONWIDE, [*engines, Tantivy(register)], asked),
        (NEARBY, engines, [nearby(need) for need in asked]),
    ):
        times[scope], same[scope] = _ask_all(those, needs_here, rounds)
        alone[scope] = {engine.name: _ask_alone(engine, needs_here, rounds) for engine in those}
    size = sum(path.stat().st_size for path in (folder / "index").rglob("*") if path.is_file())
    building = built["peak_mb"] - built["before_mb"]
    few = units < SMALL
    pairs = {
        "The other way round: which needs fit a company": reverse(index, register, table, 50 if few else OPEN_NEEDS),
        "Every need against every unit": batch(index, register, table, 20 if few else BATCH),
        "Building": [
            ("building, without making the records", f"{built['build_s'] - built['records_s']:.0f} s"),
            ("memory while building, beyond the records, with pages of its files", f"{building:.0f} MB"),
            ("size on disk", f"{size / 2**20:.0f} MB"),
        ],
        "Opening and the first query": [
            ("importing NumPy and the engine, in a new process", f"{cold['import_ms']:.0f} ms"),
            ("opening", f"{cold['open_ms']:.1f} ms"),
            ("first query", f"{cold['first_ms']:.0f} ms"),
            ("second query, another need", f"{cold['second_ms']:.0f} ms"),
            (
                f"memory of a process after {child.WARMTH} queries (pages of the index included)",
                f"{cold['peak_mb']:.0f} MB",
            ),
        ],
    }
    stages = {
        NATIONWIDE: stage_table(index, asked, table),
        NEARBY: stage_table(index, [nearby(need) for need in asked], table),
    }
    return page(Page(units, needs, rounds), times=times, alone=alone, same=same, stages=stages, pairs=pairs)


def _engines(index: Index, table: AffinityTable) -> list[Engine]:
    data = plain(index)
    return [
        Ours(index, table),
        Dense(index, table, data),
        Duck(index, table, data, threads=2),
        Duck(index, table, data, threads=1),
    ]


def _ask_all(
    engines: Sequence[Engine], needs: Sequence[Need], rounds: int
) -> tuple[dict[str, list[tuple[float, float]]], dict[str, int]]:
    """Return milliseconds (clock, computing) by engine, and how often it gave the same fifty as ours.

    The first round warms up and is compared; only the following ones are timed. Each need goes to
    all engines before the next one, starting with another engine each time.
    """
    times: dict[str, list[tuple[float, float]]] = {engine.name: [] for engine in engines}
    same = dict.fromkeys(times, 0)
    for at in range(rounds + 1):
        for turn, need in enumerate(needs):
            answers = {}
            for step in range(len(engines)):
                engine = engines[(at + turn + step) % len(engines)]
                began, idle = time.perf_counter(), time.process_time()
                answers[engine.name] = engine.ask(need)
                if at:
                    clock, computing = time.perf_counter() - began, time.process_time() - idle
                    times[engine.name].append((1000 * clock, 1000 * computing))
            if not at:
                for name, answer in answers.items():
                    same[name] += answer == answers[engines[0].name]
    return times, same


def _ask_alone(engine: Engine, needs: Sequence[Need], rounds: int) -> list[float]:
    """Return milliseconds by the clock where nobody else is asked in between; the first round warms up."""
    times = []
    for at in range(rounds + 1):
        for need in needs:
            began = time.perf_counter()
            engine.ask(need)
            if at:
                times.append(1000 * (time.perf_counter() - began))
    return times


if __name__ == "__main__":
    sys.exit(main())

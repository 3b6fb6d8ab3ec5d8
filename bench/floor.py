"""How far the engine is from what memory alone would take: `python -m bench.floor [--units N] [--write]`.

Measured from outside: the bytes that a query reads (`touched.py`) and the pages they lie in (Linux marks them), how
fast this machine reads memory, and what four processes take that share one index.
"""

import argparse
import json
import pickle
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np

from bench import child
from bench.country.report import put_between
from bench.needs import RADIUS_M, make_needs, make_table
from bench.register import make
from bench.report import machine

PROCESSES: Final = 4
NEEDS: Final = 30
SCANNED_MB: Final = 256
TRIES: Final = 7
KB: Final = 1024


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.floor", description=__doc__)
    parser.add_argument("--units", type=int, default=1_000_000)
    parser.add_argument("--needs", type=int, default=NEEDS)
    parser.add_argument("--write", action="store_true", help="put the tables into bench/README.md as well")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as name:
        folder = Path(name)
        child.measure("build", str(folder / "index"), str(options.units))
        register = make(options.units)
        (folder / "question").write_bytes(pickle.dumps((make_needs(register, options.needs), make_table())))
        del register
        text = page(options.units, folder)
    print(text)
    if options.write:
        put_between("floor", text)
    return 0


def page(units: int, folder: Path) -> str:
    """Return the tables."""
    scan, copy = bandwidth()
    size = sum(path.stat().st_size for path in (folder / "index").rglob("*") if path.is_file()) / KB**2
    answers = together(folder, 1)[0]
    several = together(folder, PROCESSES)
    lines = [
        f"{datetime.now(UTC).date()}: {units:,} active units, {len(answers['nationwide'])} needs,"
        f" index of {size:.0f} MB. {machine()}",
        f"One core scans {scan:.1f} GB/s (a float32 sum over {SCANNED_MB} MB) and copies {copy:.1f} GB/s.",
        "",
        "| Question | p50 ms | read p50 MB | floor ms | × floor | pages of the index p50 MB | working memory p50 MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, shown in (("nationwide", "nationwide"), ("nearby", f"within {RADIUS_M / 1000:.0f} km")):
        rows = np.array(answers[name])
        clock, read_kb, index_kb, other_kb = np.median(rows, axis=0).tolist()
        floor = read_kb * KB / (scan * 1e9) * 1_000
        cells = (f"{clock:.2f}", f"{read_kb / KB:.2f}", f"{floor:.3f}", f"{clock / floor:.0f}")
        lines.append(f"| {' | '.join((shown, *cells))} | {index_kb / KB:.1f} | {other_kb / KB:.1f} |")
    lines += ["", f"{PROCESSES} processes that each opened the same index and asked all needs:", "", *_shared(several)]
    return "\n".join(lines)


def _shared(several: list[dict[str, Any]]) -> list[str]:
    lines = [
        "| Process | opening ms | first answer ms | resident MB | proportional MB | shared MB | its own MB"
        " | index resident MB | index proportional MB |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    names = ("rss", "pss", "shared", "own", "index_rss", "index_pss")
    for at, one in enumerate(several, start=1):
        cells = " | ".join(f"{one['memory'][name] / KB:.0f}" for name in names)
        lines.append(f"| {at} | {one['open_ms']:.1f} | {one['first_ms']:.1f} | {cells} |")
    sums = {name: sum(one["memory"][name] for one in several) / KB for name in names}
    lines.append("| **all** | | | " + " | ".join(f"{sums[name]:.0f}" for name in names) + " |")
    return lines


def bandwidth() -> tuple[float, float]:
    """Return how many GB one core reads in a second, and how many it copies (read and written once each)."""
    data = np.ones(SCANNED_MB * KB**2 // 4, np.float32)
    target = np.empty_like(data)
    scans, copies = [], []
    for _ in range(TRIES):
        began = time.perf_counter()
        data.sum()
        scans.append(time.perf_counter() - began)
        began = time.perf_counter()
        np.copyto(target, data)
        copies.append(time.perf_counter() - began)
    return data.nbytes / min(scans) / 1e9, data.nbytes / min(copies) / 1e9


def together(folder: Path, processes: int) -> list[dict[str, Any]]:
    """Start processes that open the index, let each ask, and have all look at their memory while all are there."""
    command = [sys.executable, "-m", "bench.floor_child", str(folder / "index"), str(folder / "question")]
    children = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(processes)
    ]
    answers = []
    for one in children:
        assert one.stdout is not None
        answers.append(json.loads(one.stdout.readline()))
    for one in children:  # all have asked: now each looks
        assert one.stdin is not None
        one.stdin.write("look\n")
        one.stdin.flush()
    for one, answer in zip(children, answers, strict=True):
        assert one.stdout is not None
        answer["memory"] = json.loads(one.stdout.readline())
    for one in children:
        one.communicate("end\n")
    return answers


if __name__ == "__main__":
    sys.exit(main())

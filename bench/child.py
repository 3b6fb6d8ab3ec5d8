"""What has to be measured in a process of its own: building, and a cold start."""

import json
import pickle
import subprocess
import sys
import time
from pathlib import Path

WARMTH = 200


def measure(*arguments: str) -> dict[str, float]:
    """Run this module with arguments in a new process; return its figures and the whole time taken."""
    began = time.perf_counter()
    ended = subprocess.run(
        [sys.executable, "-m", "bench.child", *arguments], check=True, capture_output=True, text=True
    )
    figures: dict[str, float] = json.loads(ended.stdout)
    return figures | {"whole_ms": 1000 * (time.perf_counter() - began)}


def memory_mb(what: str) -> float:
    """Return this process's memory now (``VmRSS``) or at most (``VmHWM``), in megabytes, as Linux tells it.

    Not from `resource`: its peak is inherited from the process that started this one.
    """
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what)) / 1024


def forget_peak() -> None:
    """Start measuring the most memory anew."""
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")


def build(folder: Path, units: int) -> dict[str, float]:
    """Build the index of a made-up register; its own columns are told apart from the build's memory."""
    from bench.register import make  # noqa: PLC0415 - imports are part of what is measured below
    from medspil.matching import build_index  # noqa: PLC0415 - measured below, as the one above

    register = make(units)
    began = time.perf_counter()
    for _ in register.records():
        pass
    made = time.perf_counter()
    forget_peak()
    before = memory_mb("VmRSS")
    build_index(register.records(), folder, source="bench", date="2025-01-01")
    return {
        "records_s": made - began,
        "build_s": time.perf_counter() - made,
        "before_mb": before,
        "peak_mb": memory_mb("VmHWM"),
    }


def cold(folder: Path, question: Path) -> dict[str, float]:
    """Open the index in this new process, ask once, then some more."""
    began = time.perf_counter()
    from medspil.matching import Index, rank  # noqa: PLC0415 - importing is part of the cold start that is measured

    needs, table = pickle.loads(question.read_bytes())  # noqa: S301 - written by the parent
    imported = time.perf_counter()
    index = Index.open(folder)
    opened = time.perf_counter()
    rank(index, needs[0], table)
    asked = time.perf_counter()
    rank(index, needs[1 % len(needs)], table)
    again = time.perf_counter()
    for at in range(WARMTH):
        rank(index, needs[at % len(needs)], table)
    return {
        "import_ms": 1000 * (imported - began),
        "open_ms": 1000 * (opened - imported),
        "first_ms": 1000 * (asked - opened),
        "second_ms": 1000 * (again - asked),
        "peak_mb": memory_mb("VmHWM"),
    }


if __name__ == "__main__":
    if sys.argv[1] == "build":
        print(json.dumps(build(Path(sys.argv[2]), int(sys.argv[3]))))
    else:
        print(json.dumps(cold(Path(sys.argv[2]), Path(sys.argv[3]))))

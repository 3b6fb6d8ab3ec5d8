"""`python -m bench.country write FOLDER` makes the register; `run` measures its import."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.country.writing import Wish, write

SEED = 2026


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is asked."""
    parser = argparse.ArgumentParser(prog="python -m bench.country", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("write", help="write the files of a made-up country")
    writing.add_argument("folder", type=Path)
    for command in (writing,):
        command.add_argument("--active", type=int, default=1_000_000, help="units in business")
        command.add_argument(
            "--total", type=int, help="units in all, ceased ones included (default: 2.8 times as many)"
        )
        command.add_argument("--seed", type=int, default=SEED)
    writing.add_argument("--week", type=int, choices=(1, 2), default=1, help="2: the same register a week later")
    options = parser.parse_args(arguments)
    total = options.total or options.active * 28 // 10
    told = write(options.folder, Wish(options.active, total, options.seed, options.week), tell=print)
    rows = sum(facts["rows"] for facts in told["entities"].values())
    size = sum(facts["bytes"] for facts in told["entities"].values())
    packed = sum(facts["packed"] for facts in told["entities"].values())
    print(f"{rows:,} rows, {size / 1e9:.2f} GB of CSV, {packed / 1e9:.2f} GB zipped, in {told['seconds']:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())

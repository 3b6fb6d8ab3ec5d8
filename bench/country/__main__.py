"""`python -m bench.country write FOLDER` makes the register; `run` measures its import, from zips to a ranking."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.country.measuring import DATABASES, Asked, measure
from bench.country.report import put_between, tables
from bench.country.writing import Wish, write

SEED = 2026
ACTIVE, KILL_ACTIVE = 1_000_000, 30_000
QUICK_ACTIVE = 2_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is asked."""
    parser = argparse.ArgumentParser(prog="python -m bench.country", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("write", help="write the files of a made-up country")
    writing.add_argument("folder", type=Path)
    writing.add_argument("--week", type=int, choices=(1, 2), default=1, help="2: the same register a week later")
    running = commands.add_parser("run", help="measure the import of a made-up country")
    running.add_argument("--database", choices=DATABASES, action="append", help="one of them only (default: both)")
    running.add_argument(
        "--kill-active", type=int, help=f"units in business for the kills (default: {KILL_ACTIVE:,}); 0: none"
    )
    running.add_argument("--work", type=Path, help="where the files lie meanwhile: some 40 GB for the whole country")
    running.add_argument("--files", type=Path, help="keep the register's files here, or take those that lie here")
    running.add_argument(
        "--quick", action="store_true", help="tiny, on SQLite: shows that it runs, says nothing of speed"
    )
    running.add_argument("--write", action="store_true", help="put the tables into bench/README.md as well")
    for command in (writing, running):
        command.add_argument("--active", type=int, default=ACTIVE, help="units in business")
        command.add_argument(
            "--total", type=int, help="units in all, ceased ones included (default: 2.8 times as many)"
        )
        command.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    if options.command == "write":
        return _write(options)
    return _run(options)


def _wish(options: argparse.Namespace, *, week: int = 1) -> Wish:
    return Wish(options.active, options.total or options.active * 28 // 10, options.seed, week)


def _write(options: argparse.Namespace) -> int:
    told = write(options.folder, _wish(options, week=options.week), tell=print)
    rows, size, packed = (
        sum(facts[name] for facts in told["entities"].values()) for name in ("rows", "bytes", "packed")
    )
    print(f"{rows:,} rows, {size / 1e9:.2f} GB of CSV, {packed / 1e9:.2f} GB zipped, in {told['seconds']:.0f} s")
    return 0


def _run(options: argparse.Namespace) -> int:
    if options.quick:
        options.active, options.database = QUICK_ACTIVE, options.database or ["sqlite"]
    kill_active = (
        (QUICK_ACTIVE if options.quick else KILL_ACTIVE) if options.kill_active is None else options.kill_active
    )
    asked = Asked(_wish(options), tuple(options.database or DATABASES), kill_active)
    if options.work:
        options.work.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="country-", dir=options.work) as name:
        work = Path(name)
        measured = measure(
            asked, work, options.files or work, tell=lambda text: print(text, file=sys.stderr, flush=True)
        )
    text = tables(measured, today=datetime.now(UTC).date())
    print(text)
    if options.write:
        put_between("country", text)
    return 1 if measured.failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""The figures as tables in Markdown, put between their markers in bench/README.md."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import duckdb
import numpy as np

from bench.country.killing import Trial
from bench.country.measuring import Measured, OnDatabase, Stage, machine

README: Final = Path(__file__).resolve().parents[1] / "README.md"


def put_between(name: str, text: str, path: Path = README) -> None:
    """Replace what stands between the markers of a part."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    page = path.read_text(encoding="utf-8")
    before, _sign, rest = page.partition(begin)
    _old, sign, after = rest.partition(end)
    if not sign:
        raise ValueError(f"{path.name} has no markers {begin} … {end}")
    path.write_text(f"{before}{begin}\n\n{text.strip()}\n\n{end}{after}", encoding="utf-8")


def tables(measured: Measured, *, today: date) -> str:
    """Return all tables."""
    wish, facts = measured.asked.wish, machine()
    rows, size, packed = (
        sum(entity[name] for entity in measured.written[0]["entities"].values()) for name in ("rows", "bytes", "packed")
    )
    versions = ", ".join(found.version for found in measured.databases)
    lines = [
        f"{today}: {wish.active:,} active units of {wish.total:,}, seed {wish.seed}: {rows:,} rows in"
        f" {len(measured.written[0]['entities'])} files, {size / 1e9:.1f} GB of CSV, {packed / 1e9:.2f} GB zipped,"
        f" {_written_in(measured.written[0]['seconds'])}.",
        f"{facts['cpu']}, {os.cpu_count()} cores, {facts['memory']} of memory, Python {facts['python']}, NumPy"
        f" {np.__version__}, DuckDB {duckdb.__version__}, {versions}. PostgreSQL waits for the disk (fsync on).",
        "",
    ]
    for found in measured.databases:
        lines += _of_database(found, measured.yardstick)
    if measured.kill_units:
        lines += _kills(measured)
    lines += [f"**Did not end:** {problem}" for problem in measured.failed]
    return "\n".join(lines)


def _written_in(seconds: float) -> str:
    return f"written in {seconds:.0f} s" if seconds else "written before"


def _of_database(found: OnDatabase, yardstick: Sequence[Stage]) -> list[str]:
    counted = found.counted
    lines = [f"### {found.version}", "", *_stages(found.first, yardstick)]
    question = found.asked
    lines += [
        "",
        f"Then in a new process: from its start to the first ranking {question['process start to ranking']:.0f} ms"
        f" (index opened in {question['open']:.1f} ms, ranked and explained in {question['first ranking']:.1f} ms,"
        f" again in {question['second ranking']:.1f} ms); three searches {question['first search']:.0f} ms,"
        f" again {question['second search']:.0f} ms; {found.asking_mb:.0f} MB at most.",
        "",
        "| Import | s | rows | added | changed | unchanged | gone | rejected | rows of units touched |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    spans = {"first": found.first, "again": found.again, "later": found.later}
    names = {"first": "the first", "again": "the same files again", "later": "a week later, 1 % changed"}
    for which, stages in spans.items():
        told = counted[which]
        touched = {"first": "", "again": f"{found.touched:,}", "later": ""}[which]
        lines.append(
            f"| {names[which]} | {_seconds(stages):.1f} | {told['rows_total']:,} | {told['added']:,}"
            f" | {told['changed']:,} | {told['unchanged']:,} | {told['gone']:,} | {told['rejected']:,} | {touched} |"
        )
    whole = "the same" if found.same_after_again else "NOT the same"
    left = ", ".join(f"{code} {number:,}" for code, number in counted["first"]["left_out"].items())
    return [
        *lines,
        "",
        f"After the second import the checksum over the register and the index are {whole}. Most memory of the"
        f" three imports: {found.largest_mb:.0f} MB sampled over the process and what it starts, MaxRSS"
        f" {found.most_mb:.0f} MB. Left out or noticed: {left}.",
        "",
        "A week later by stage:",
        "",
        *_stages(found.later, ()),
        "",
    ]


def _stages(stages: Sequence[Stage], yardstick: Sequence[Stage]) -> list[str]:
    lines = ["| Stage | s | rows | rows/s | process at most MB | server at most MB |", "|---|---|---|---|---|---|"]
    lines += [_line(stage) for stage in stages]
    own, server = (max(getattr(stage, name) for stage in stages) for name in ("peak_mb", "server_mb"))
    lines.append(f"| **all** | **{_seconds(stages):.1f}** | | | {own:.0f} | {server:.0f} |")
    if yardstick:
        lines += [
            f"| DuckDB alone: {stage.name} | {stage.seconds:.1f} | {stage.rows:,} | {_rate(stage)}"
            f" | {stage.peak_mb:.0f} | |"
            for stage in yardstick
        ]
        ours = sum(stage.seconds for stage in stages if stage.name.startswith(("unpack", "join")))
        lines.append(f"| unpack, read and join ÷ DuckDB alone | {ours / _seconds(yardstick):.1f} × | | | | |")
    return lines


def _line(stage: Stage) -> str:
    return (
        f"| {stage.name} | {stage.seconds:.1f} | {stage.rows:,} | {_rate(stage)} | {stage.peak_mb:.0f}"
        f" | {stage.server_mb:.0f} |"
    )


def _rate(stage: Stage) -> str:
    if stage.bytes:
        return f"{stage.bytes / 1e6 / max(stage.seconds, 1e-9):,.0f} MB/s"
    return f"{stage.rows / max(stage.seconds, 1e-9):,.0f}"


def _seconds(stages: Sequence[Stage]) -> float:
    return sum(stage.seconds for stage in stages)


def _kills(measured: Measured) -> list[str]:
    lines = [
        f"### kill -9 in the middle of each stage ({measured.kill_units:,} units taken in, into an empty register)",
        "",
        "| Database | killed while it did | after s | what was there then | half applied | gone on in s"
        " | same in the end | left on disk MB |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for found in measured.databases:
        lines += [_kill(found.name, trial) for trial in found.kills]
    return [*lines, "", "Same in the end: checksum over all columns of all units, the index's checksum, the version."]


def _kill(name: str, trial: Trial) -> str:
    half, same = "YES" if trial.half_applied else "no", "yes" if trial.same else "NO"
    return (
        f"| {name} | {trial.stage} | {trial.after_s:.2f} | {trial.left} | {half} | {trial.seconds:.1f} | {same}"
        f" | {trial.leftover_mb:.0f} |"
    )

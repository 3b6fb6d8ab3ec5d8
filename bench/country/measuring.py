"""The whole measurement: make the country, import it on each database, again, a week later; yardstick and kills."""

import platform
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bench.country.killing import Trial, kill_everywhere
from bench.country.places import Place, StepFailed, database
from bench.country.watching import Watched, watch
from bench.country.writing import Wish, write

DATABASES: Final = ("sqlite", "postgresql")
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Asked:
    """What is to be measured."""

    wish: Wish
    databases: tuple[str, ...]
    kill_active: int  # 0: no kills


@dataclass(frozen=True)
class Stage:
    """One line of the table."""

    name: str
    seconds: float
    rows: int
    peak_mb: float
    server_mb: float
    bytes: int = 0


@dataclass
class OnDatabase:
    """What was measured on one database."""

    name: str
    version: str = ""
    first: list[Stage] = field(default_factory=list)
    again: list[Stage] = field(default_factory=list)
    later: list[Stage] = field(default_factory=list)
    counted: dict[str, dict[str, Any]] = field(default_factory=dict)  # first, again, later
    touched: int = -1
    same_after_again: bool = False
    asked: dict[str, float] = field(default_factory=dict)
    asking_mb: float = 0.0
    largest_mb: float = 0.0  # of the worker and what it starts, sampled
    most_mb: float = 0.0  # of the worker alone, as Linux counts it
    kills: list[Trial] = field(default_factory=list)


@dataclass
class Measured:
    """All figures of a run."""

    asked: Asked
    written: list[dict[str, Any]]
    yardstick: list[Stage]
    databases: list[OnDatabase]
    kill_units: int = 0
    failed: list[str] = field(default_factory=list)  # what ended with an error; the rest is measured all the same


def measure(asked: Asked, work: Path, files: Path, *, tell: Tell) -> Measured:
    """Do everything in a folder, with the register's files in another; what is large is thrown away on the way."""
    weeks = []
    for week in (1, 2):
        wish = Wish(asked.wish.active, asked.wish.total, asked.wish.seed, week)
        weeks.append(write(files / f"week{week}", wish))
        tell(f"week {week} written in {weeks[-1]['seconds']:.0f} s")
    yardstick = _yardstick(files / "week1")
    tell(f"yardstick: {sum(stage.seconds for stage in yardstick):.0f} s")
    measured = Measured(asked, weeks, yardstick, [])
    small = work / "small"
    if asked.kill_active:
        write(small, Wish(asked.kill_active, asked.kill_active * 28 // 10, asked.wish.seed, 1))
    for kind in asked.databases:
        try:
            with database(kind, work) as place:
                with place() as here:
                    found = _on_database(kind, here, files, tell)
                measured.databases.append(found)
                if asked.kill_active:
                    found.kills, reference = kill_everywhere(place, small, tell=tell)
                    measured.kill_units = reference["units"]
        except StepFailed as problem:
            tell(f"{kind}: {problem}")
            measured.failed.append(f"{kind}: {str(problem).strip().splitlines()[-1]}")
    return measured


def _yardstick(files: Path) -> list[Stage]:
    watched = watch("join", files, environment={}, module="bench.country.yardstick")
    if watched.error:
        raise RuntimeError(watched.error)
    stages = []
    for name in ("unpack", "join"):
        begin, end = watched.span(name)
        told = watched.ended(name)
        peak, _server = watched.peak(begin, end)
        stages.append(Stage(name, end - begin, told.get("rows", 0), peak, 0.0, told.get("bytes", 0)))
    return stages


def _on_database(kind: str, here: Place, files: Path, tell: Tell) -> OnDatabase:
    found = OnDatabase(kind)
    first = here.run("import", files / "week1")
    found.first, found.counted["first"] = stages_of(first), first.told("import")
    tell(f"{kind}: first import in {first.seconds:.0f} s")
    question = here.run("ask", files / "week1")
    found.asked = _times(question)
    found.asking_mb = question.peak()[0]
    before = here.run("look", files / "week1").told("state")
    found.version = before["database"]

    at_start = here.run("guard", files / "week1").events
    again = here.run("import", files / "week1", more={"COUNTRY_TURN": "2"})
    touched = int(here.run("touched", files / "week1").told("touched")["rows"])
    found.touched = touched - next((int(event["rows"]) for event in at_start if event["name"] == "touched"), 0)
    found.again, found.counted["again"] = stages_of(again), again.told("import")
    after = here.run("look", files / "week1").told("state")
    found.same_after_again = before["checksum"] == after["checksum"] and before["index"] == after["index"]
    tell(f"{kind}: the same again in {again.seconds:.0f} s, {found.touched} rows touched")

    later = here.run("import", files / "week2")
    found.later, found.counted["later"] = stages_of(later), later.told("import")
    found.largest_mb = max(watched.peak()[0] for watched in (first, again, later))
    found.most_mb = max(watched.most_mb() for watched in (first, again, later))
    tell(f"{kind}: a week later in {later.seconds:.0f} s")
    return found


def stages_of(watched: Watched) -> list[Stage]:
    """Return the stages of an import with their rows and the most memory meanwhile."""
    told = watched.told("import")
    received, compared = watched.span("receive"), watched.span("compare")
    applied, indexed = watched.span("apply"), watched.span("index")
    steps = {step["name"]: step for step in watched.steps()}
    begins, ends = steps["reader begins"], steps["reader ends"]
    taken = [step for name, step in steps.items() if name.startswith("read ")]
    unpacked = sum(step["seconds"] for name, step in steps.items() if name.startswith("unpack "))
    read = max(step["at"] for step in taken)
    rows = told["rows_total"]
    # The join hands its rows on while they are checked: their times are told apart, their memory is not.
    joining = ends["seconds"] - (read - begins["at"])
    spans = [
        ("receive: store, hash, look", received, rows, watched.ended("receive")["bytes"]),
        (f"unpack ({unpacked:.1f} s) and read", (begins["at"], read), sum(step["rows"] for step in taken), 0),
        ("join, hand on", (read, read + joining), ends["rows"], 0),
        ("check, compare, stage", (read + joining, compared[1] + begins["at"] - compared[0]), rows, 0),
        ("apply", applied, watched.ended("apply")["rows"], 0),
    ]
    if indexed != (0.0, 0.0):
        spans.append(("index", indexed, watched.ended("index")["rows"], 0))
    stages = []
    for name, (begin, end), count, size in spans:
        both = name.startswith(("join", "check"))
        own, server = watched.peak(*((read, compared[1]) if both else (begin, end)))
        stages.append(Stage(name, end - begin, count, own, server, size))
    return stages


def _times(watched: Watched) -> dict[str, float]:
    """Return milliseconds from the start of the process to each answer, and of each answer by itself."""
    begin = watched.span("start")[0]
    times = {}
    for name in ("open", "first ranking", "second ranking", "first search", "second search"):
        start, end = watched.span(name)
        times[name] = (end - start) * 1_000
    times["process start to ranking"] = (watched.span("first ranking")[1] - begin) * 1_000
    return times


def machine() -> dict[str, str]:
    """Describe the machine without naming it."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    memory = next(
        int(line.split()[1])
        for line in Path("/proc/meminfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("MemTotal")
    )
    return {"cpu": model, "memory": f"{memory / 2**20:.0f} GB", "python": platform.python_version()}

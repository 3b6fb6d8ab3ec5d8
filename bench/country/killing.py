"""Kills an import in the middle of each stage, looks at what is left, and lets it go on."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench.country.places import Place, StepFailed
from bench.country.watching import KillAt, Watched

AFTER_THE_LEASE: Final = {"COUNTRY_AHEAD_MINUTES": "15"}  # the killed process had said that it works on it
STAGES: Final = ("receive", "unpack and read", "join", "check and stage", "apply", "index")


@dataclass(frozen=True)
class Trial:
    """What one kill left, and what came of going on."""

    stage: str
    after_s: float
    left: str
    half_applied: bool
    same: bool
    leftover_mb: float
    seconds: float


def moments(whole: Watched) -> dict[str, KillAt]:
    """Return the middle of each stage, by an import that nobody disturbed."""
    last_read = [step for step in whole.steps() if step["name"].startswith("read ")][-1]
    compared, applied, indexed = whole.span("compare"), whole.span("apply"), whole.span("index")
    received = whole.span("receive")
    first = next(event for event in whole.events if (event["kind"], event["name"]) == ("progress", "comparing"))
    return {
        "receive": KillAt("begin", "receive", (received[1] - received[0]) / 2),
        "unpack and read": KillAt("begin", "compare", (last_read["at"] - compared[0]) / 2),
        "join": KillAt("step", last_read["name"], (first["at"] - last_read["at"]) / 2),
        "check and stage": KillAt("progress", "comparing", (compared[1] - first["at"]) / 2),
        "apply": KillAt("begin", "apply", (applied[1] - applied[0]) / 2),
        "index": KillAt("begin", "index", (indexed[1] - indexed[0]) / 2),
    }


def kill_everywhere(
    place: Callable[[], Place], files: Path, *, tell: Callable[[str], None]
) -> tuple[list[Trial], dict[str, Any]]:
    """Import once undisturbed, then once for each stage with a kill in its middle; return what came of it."""
    with place() as calm:
        whole = calm.run("import", files)
        reference = calm.run("look", files).told("state")
        kept = _stored_mb(calm.data)
    trials = []
    for stage, kill_at in moments(whole).items():
        with place() as here:
            try:
                trials.append(_trial(here, files, stage=stage, kill_at=kill_at, reference=reference, kept=kept))
            except StepFailed as problem:
                last = str(problem).strip().splitlines()[-1]
                trials.append(Trial(stage, kill_at.after_s, f"an error: {last}", True, False, 0.0, 0.0))
        tell(f"killed while it did: {stage}; {'the same in the end' if trials[-1].same else 'NOT THE SAME'}")
    return trials, reference


def _trial(here: Place, files: Path, *, stage: str, kill_at: KillAt, reference: dict[str, Any], kept: float) -> Trial:
    killed = here.run("import", files, kill_at=kill_at)
    state = here.run("look", files).told("state")
    whole = state["checksum"] == reference["checksum"]
    units = "all units" if whole else f"{state['units']:,} units"
    index = "index whole" if "rows" in state["index"] else "no index"
    left = f"{units}, {index}, import {'/'.join(state['imports']) or 'not begun'}"
    went_on = here.run("import", files, more=AFTER_THE_LEASE)
    final = here.run("look", files).told("state")
    same = all(final[name] == reference[name] for name in ("checksum", "units", "index", "version"))
    return Trial(
        stage=stage if killed.killed else f"{stage} (was over before the kill)",
        after_s=kill_at.after_s,
        left=left,
        half_applied=not whole and state["units"] > 0,
        same=same and final["staged"] == 0,
        leftover_mb=max(0.0, _stored_mb(here.data) - kept),
        seconds=went_on.seconds,
    )


def _stored_mb(data: Path) -> float:
    """Return what lies in the data folder apart from database and word list: stored files, unpacked files, index."""
    return sum(path.stat().st_size for path in data.rglob("*") if path.is_file() and "sqlite" not in path.name) / 2**20

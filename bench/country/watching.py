"""Starts a worker, hears its events, samples the memory of its processes, and kills it where told."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

EVERY_S: Final = 0.1
MB: Final = 1024.0


@dataclass(frozen=True)
class KillAt:
    """When to kill: so many seconds after an event of this kind and name."""

    kind: str
    name: str
    after_s: float


@dataclass
class Watched:
    """What a worker did: its events, how long it took, and the most memory by stage."""

    seconds: float
    killed: bool
    events: list[dict[str, Any]] = field(default_factory=list)
    samples: list[tuple[float, float, float]] = field(default_factory=list)  # when, worker MB, server MB
    error: str = ""

    def told(self, name: str) -> dict[str, Any]:
        """Return what was told last under a name."""
        return next(event for event in reversed(self.events) if event["kind"] == "told" and event["name"] == name)

    def span(self, name: str) -> tuple[float, float]:
        """Return when a stage began and ended; (0, 0) when it was not done."""
        begin = [event["at"] for event in self.events if (event["kind"], event["name"]) == ("begin", name)]
        end = [event["at"] for event in self.events if (event["kind"], event["name"]) == ("end", name)]
        return (begin[0], end[0]) if begin and end else (0.0, 0.0)

    def ended(self, name: str) -> dict[str, Any]:
        """Return the event that ended a stage."""
        return next(event for event in self.events if (event["kind"], event["name"]) == ("end", name))

    def steps(self) -> list[dict[str, Any]]:
        """Return the reader's own steps."""
        return [event for event in self.events if event["kind"] == "step"]

    def most_mb(self) -> float:
        """Return the most memory the worker's first process ever had, as Linux counted it (MaxRSS)."""
        return max((event["peak_kb"] for event in self.events if event["kind"] == "done"), default=0) / MB

    def peak(self, begin: float = 0.0, end: float = float("inf")) -> tuple[float, float]:
        """Return the most memory of worker and database server in a span, in MB."""
        within = [(own, server) for at, own, server in self.samples if begin <= at <= end] or [(0.0, 0.0)]
        return max(own for own, _server in within), max(server for _own, server in within)


def watch(
    step: str,
    folder: Path,
    *,
    environment: Mapping[str, str],
    kill_at: KillAt | None = None,
    server: int | None = None,
    module: str = "bench.country.worker",
) -> Watched:
    """Run one step to its end, or to where it is killed. `server` is the database's first process."""
    with TemporaryDirectory() as name:
        heard, words = Path(name) / "events", Path(name) / "words"
        with words.open("w", encoding="utf-8") as log:
            began = time.monotonic()
            child = subprocess.Popen(
                [sys.executable, "-m", module, step, str(heard), str(folder)],
                env={**os.environ, **environment},
                stdout=log,
                stderr=log,
            )
            watched = Watched(0.0, killed=False)
            while child.poll() is None:
                _sample(watched, child.pid, server)
                if kill_at is not None and _is_time(heard, kill_at):
                    child.send_signal(signal.SIGKILL)
                    child.wait()
                    watched.killed = True
                time.sleep(EVERY_S)
        watched.seconds = time.monotonic() - began
        watched.events = _events(heard)
        if child.returncode and not watched.killed:
            watched.error = words.read_text(encoding="utf-8")[-4_000:]
    return watched


def _is_time(heard: Path, kill_at: KillAt) -> bool:
    met = [event["at"] for event in _events(heard) if (event["kind"], event["name"]) == (kill_at.kind, kill_at.name)]
    return bool(met) and time.monotonic() >= met[0] + kill_at.after_s


def _events(heard: Path) -> list[dict[str, Any]]:
    try:
        lines = heard.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    found = []
    for line in lines:
        try:
            found.append(json.loads(line))
        except ValueError:  # the line a kill cut off
            continue
    return found


def _sample(watched: Watched, own: int, server: int | None) -> None:
    at = time.monotonic()
    mine = sum(_memory(pid, "VmRSS:", "status") for pid in _family(own))
    # The server's processes share their buffers: what each has for itself, and its part of what is shared.
    theirs = 0.0
    if server is not None and len(watched.samples) % 3 == 0:
        theirs = sum(_memory(pid, "Pss:", "smaps_rollup") for pid in _family(server))
    watched.samples.append((at, mine, theirs))


def _family(first: int) -> list[int]:
    """Return a process and all that it started."""
    found, at = [first], 0
    while at < len(found):
        try:
            for task in os.listdir(f"/proc/{found[at]}/task"):
                children = Path(f"/proc/{found[at]}/task/{task}/children").read_text(encoding="ascii")
                found += [int(child) for child in children.split()]
        except OSError:
            pass
        at += 1
    return found


def _memory(pid: int, what: str, where: str) -> float:
    try:
        lines = Path(f"/proc/{pid}/{where}").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) for line in lines if line.startswith(what)), 0) / MB

"""A database that is stopped in the middle: a sentence, nothing half done, and the work goes on once it runs again."""

import os
import shlex
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from medspil.register import services
from medspil.register.leases import LEASE
from medspil.register.models import ImportRun, ImportState, StagedUnit, Unit
from tests.factories.registers import NOW, applied, compared, csv_file, many, received
from tests.register.processes import start

UNITS = 9_000
# Stops in the middle, says so, and goes on when it is told to.
SCRIPT = """
from medspil.register import applying, comparing
waited = False
def wait(phase, done, total):
    global waited
    if not waited:
        waited = True
        print("waiting", flush=True)
        sys.stdin.readline()
applying.PORTION = 4_000
work = {"compare": services.compare, "apply": services.apply}[sys.argv[1]]
try:
    work(run=ImportRun.objects.get(pk=int(sys.argv[2])), clock=clock, tell=wait)
except services.DatabaseStopped as trouble:
    print(trouble)
"""


def data_folder() -> Path:
    return Path(str(connection.settings_dict["HOST"]))


pytestmark = [
    pytest.mark.alone,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is a part of the program and cannot stop"),
    pytest.mark.skipif(
        connection.vendor == "postgresql" and not (data_folder() / "postmaster.opts").is_file(),
        reason="only a server of our own is stopped",
    ),
]


@contextmanager
def stopped() -> Iterator[None]:
    """Stop the server at once, as a loss of power does, for as long as the block lasts."""
    folder = data_folder()
    command = shlex.split((folder / "postmaster.opts").read_text())
    owner = folder.stat()
    connection.close()
    server = int((folder / "postmaster.pid").read_text().splitlines()[0])
    os.kill(server, signal.SIGQUIT)
    while (folder / "postmaster.pid").exists():
        time.sleep(0.02)
    try:
        yield
    finally:
        _start_again(folder, command, owner.st_uid)


def _start_again(folder: Path, command: list[str], user: int) -> None:
    # By a shell that ends at once, so that the server is nobody's child, as it was before.
    line = f"{shlex.join(command)} >>{shlex.quote(str(folder / 'log'))} 2>&1 </dev/null &"
    subprocess.run(["sh", "-c", line], user=user, cwd="/", start_new_session=True, check=True)
    while "ready" not in _state(folder):
        time.sleep(0.02)


def _state(folder: Path) -> str:
    try:
        return (folder / "postmaster.pid").read_text().splitlines()[7]
    except (OSError, IndexError):
        return ""


def stop_in_the_middle_of(step: str, run: ImportRun) -> str:
    """Do a step in another process, stop the database meanwhile, and return what the process said."""
    with start(SCRIPT, step, run.pk) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "waiting\n"
        with stopped():
            said, _errors = process.communicate("go on\n", timeout=60)
    return said


def test_a_database_stopped_while_comparing_is_told_and_the_comparison_is_made_later(tmp_path: Path) -> None:
    run = received(csv_file(tmp_path, many(UNITS)))
    assert "4000" in stop_in_the_middle_of("compare", run)
    run.refresh_from_db()
    assert run.state == ImportState.COMPARING
    assert not Unit.objects.exists()
    later = NOW + LEASE + timedelta(seconds=1)
    services.apply(run=services.compare(run=run, clock=lambda: later), clock=lambda: later)
    assert (Unit.objects.count(), StagedUnit.objects.count()) == (UNITS, 0)


def test_a_database_stopped_while_applying_has_the_register_as_it_was_and_applies_it_later(tmp_path: Path) -> None:
    applied(csv_file(tmp_path, many(30)))
    before = list(Unit.objects.order_by("number").values_list())
    run = compared(csv_file(tmp_path, many(UNITS)))
    assert stop_in_the_middle_of("apply", run).strip()
    assert list(Unit.objects.order_by("number").values_list()) == before
    later = NOW + timedelta(minutes=5)
    services.apply(run=run, clock=lambda: later)
    assert (Unit.objects.count(), StagedUnit.objects.count()) == (UNITS, 0)

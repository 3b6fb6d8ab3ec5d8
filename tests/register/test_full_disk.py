"""A disk that is full in the middle: a sentence that says so and where, nothing half done, and it goes on later."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from medspil.register import services
from medspil.register.index import index_state, rebuild_index
from medspil.register.models import ImportRun, ImportState, StagedUnit, Unit
from tests.factories.registers import applied, clock, compared, csv_file, many, received
from tests.register.processes import told_by

UNITS = 5_000
# No file may grow larger than the limit: to the program that is what a full disk is.
SCRIPT = """
import resource
from medspil.register.index import rebuild_index
step, number, limit = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
run = ImportRun.objects.get(pk=number) if number else None
try:
    if step == "compare":
        services.compare(run=run, clock=clock)
    elif step == "apply":
        services.apply(run=run, clock=clock)
    else:
        rebuild_index()
except services.ImportTroubled as trouble:
    print(json.dumps([type(trouble).__name__, str(trouble)]))
else:
    print(json.dumps(["", ""]))
"""
pytestmark = pytest.mark.django_db(transaction=True)
our_files_hold_the_database = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL writes its files itself"
)


def with_full_disk(step: str, run: ImportRun | None = None) -> list[str]:
    """Do a step in a process that has little room left: enough to begin with."""
    limit = 20_000
    if connection.vendor == "sqlite" and step != "index":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")  # so that there is no free room inside the files
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        limit = 600_000
    told: list[str] = told_by(SCRIPT, step, run.pk if run else 0, limit)
    return told


def register() -> list[tuple[Any, ...]]:
    return list(Unit.objects.order_by("number").values_list())


@our_files_hold_the_database
def test_a_disk_that_fills_up_while_comparing_is_told_and_the_comparison_is_made_later(tmp_path: Path) -> None:
    run = received(csv_file(tmp_path, many(UNITS)))
    name, sentence = with_full_disk("compare", run)
    assert name == "NoRoom"
    assert "disk" in sentence
    run.refresh_from_db()
    assert (run.state, run.problem) == (ImportState.UPLOADED, sentence)
    assert not Unit.objects.exists()
    services.apply(run=services.compare(run=run, clock=clock), clock=clock)
    assert Unit.objects.count() == UNITS


@our_files_hold_the_database
def test_a_disk_that_fills_up_while_applying_leaves_the_register_as_it_was(tmp_path: Path) -> None:
    applied(csv_file(tmp_path, many(30)))
    before = register()
    run = compared(csv_file(tmp_path, many(UNITS)))
    assert with_full_disk("apply", run)[0] == "NoRoom"
    assert register() == before
    run.refresh_from_db()
    assert run.state == ImportState.COMPARED
    services.apply(run=run, clock=clock)
    assert Unit.objects.count() == UNITS
    assert not StagedUnit.objects.exists()


def test_a_disk_that_fills_up_while_the_index_is_built_leaves_the_former_one_in_force(tmp_path: Path) -> None:
    applied(csv_file(tmp_path, many(30)))
    rebuild_index()
    applied(csv_file(tmp_path, many(2_000)))
    assert with_full_disk("index")[0] == "NoRoom"
    state = index_state()
    assert state.info is not None
    assert (state.info.rows, state.current) == (30, False)
    assert rebuild_index().rows == 2_000


def test_a_disk_that_fills_up_while_a_file_is_stored_leaves_nothing_of_it(tmp_path: Path) -> None:
    path = csv_file(tmp_path, many(UNITS))
    script = """
import resource
from uuid import uuid4
from django.core.files import File
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
try:
    with open(sys.argv[1], "rb") as file:
        services.receive_file(creation_key=uuid4(), file=File(file), file_name="r.csv", source="a",
                              source_date=NOW.date(), now=NOW)
except services.NoRoom as trouble:
    print(json.dumps(str(trouble)))
"""
    assert "disk" in told_by(script, path)
    assert not ImportRun.objects.exists()
    assert not [path for path in (settings.DATA_DIR / "files").rglob("*") if path.is_file()]

"""A worker killed in the middle of applying leaves the register as it was, and its job is given back."""

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django_tasks_db.models import DBTaskResult

from medspil.register import services
from medspil.register.leases import LEASE
from medspil.register.models import ImportRun, ImportState, Unit
from medspil.register.tasks import apply_import, build_search_index, compare_import, reap
from tests.factories.registers import NOW, applied, clock, compared, csv_file, many, received, row

CHILD = """
import os, signal, sys
import django
django.setup()
from datetime import UTC, datetime
from medspil.register import services
from medspil.register.models import ImportRun
def kill(phase, done, total):
    os.kill(os.getpid(), signal.SIGKILL)
now = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
services.apply(run=ImportRun.objects.get(pk=int(sys.argv[1])), clock=lambda: now, tell=kill)
"""


def database_url() -> str:
    parts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{parts['NAME']}"
    return f"postgresql://{parts['USER']}:{parts['PASSWORD']}@/{parts['NAME']}?host={parts['HOST']}"


@pytest.mark.django_db(transaction=True)
def test_a_killed_process_leaves_the_register_as_it_was_and_another_applies_the_import(tmp_path: Path) -> None:
    applied(csv_file(tmp_path, many(30)))
    before = list(Unit.objects.order_by("number").values_list())
    run = compared(csv_file(tmp_path, [row(Navn="Ny"), *many(30)[1:]]))
    environment = {
        "DJANGO_SETTINGS_MODULE": "medspil.config.settings",
        "MEDSPIL_LOCAL": "true",
        "MEDSPIL_DATA": str(settings.DATA_DIR),
        "MEDSPIL_DATABASE": database_url(),
        "PYTHONPATH": ":".join(sys.path),
    }
    child = subprocess.run([sys.executable, "-c", CHILD, str(run.pk)], env=environment, check=False)
    assert child.returncode == -signal.SIGKILL
    assert list(Unit.objects.order_by("number").values_list()) == before
    run.refresh_from_db()
    assert run.state == ImportState.APPLYING
    with pytest.raises(services.ImportBusy):
        services.apply(run=run, clock=clock)
    services.apply(run=run, clock=lambda: NOW + LEASE + timedelta(seconds=1))
    assert Unit.objects.get(number=1_000_000_001).name == "Ny"


def job(run: ImportRun, *, starts: int = 1) -> "DBTaskResult[..., str]":
    """Return the job of comparing an import, as a killed worker leaves it."""
    result = compare_import.enqueue(run.pk)
    DBTaskResult.objects.filter(pk=result.id).update(status="RUNNING", started_at=NOW, worker_ids=["w"] * starts)
    return DBTaskResult.objects.get(pk=result.id)


@pytest.mark.django_db
def test_a_job_is_given_back_once_its_import_is_no_longer_renewed(tmp_path: Path) -> None:
    run = received(csv_file(tmp_path, many(3)))
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.COMPARING, lease_until=NOW + 2 * LEASE)
    left = job(run)
    assert reap(now=NOW + LEASE / 2) == 0
    assert reap(now=NOW + LEASE * 1.5) == 0
    assert reap(now=NOW + LEASE * 3) == 1
    left.refresh_from_db()
    assert left.status == "READY"


@pytest.mark.django_db
def test_a_job_that_kills_every_worker_is_given_up(tmp_path: Path) -> None:
    left = job(received(csv_file(tmp_path, many(3))), starts=3)
    assert reap(now=NOW + LEASE * 3) == 1
    left.refresh_from_db()
    assert left.status == "FAILED"


@pytest.mark.django_db
def test_the_jobs_compare_apply_and_index_and_can_be_run_again(tmp_path: Path) -> None:
    run = received(csv_file(tmp_path, many(3)))
    assert compare_import.call(run.pk) == ImportState.COMPARED
    assert apply_import.call(run.pk, None, False) == ImportState.APPLIED
    assert apply_import.call(run.pk, None, False) == ImportState.APPLIED
    assert Unit.objects.count() == 3
    assert DBTaskResult.objects.filter(task_path__endswith="build_search_index").count() == 1
    assert build_search_index.call()
    assert apply_import.call(run.pk, None, False) == ImportState.APPLIED
    assert DBTaskResult.objects.filter(task_path__endswith="build_search_index").count() == 1


@pytest.mark.django_db
def test_a_job_that_meets_expected_trouble_leaves_its_sentence_on_the_import(tmp_path: Path) -> None:
    run = received(csv_file(tmp_path, [["12345674", "A"]], header=("CVR-nr", "Navn")))
    sentence = compare_import.call(run.pk)
    run.refresh_from_db()
    assert (run.state, run.problem) == (ImportState.FAILED, sentence)

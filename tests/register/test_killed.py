"""A worker killed in the middle of applying leaves the register as it was, and its job is given back."""

import signal
from datetime import timedelta
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult

from medspil.register import services
from medspil.register.leases import LEASE
from medspil.register.models import ImportRun, ImportState, Unit
from medspil.register.tasks import apply_import, build_search_index, compare_import, reap
from tests.factories.registers import NOW, applied, clock, compared, csv_file, many, received, row
from tests.register.processes import start

SCRIPT = """
def kill(phase, done, total):
    os.kill(os.getpid(), signal.SIGKILL)
services.apply(run=ImportRun.objects.get(pk=int(sys.argv[1])), clock=clock, tell=kill)
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_process_leaves_the_register_as_it_was_and_another_applies_the_import(tmp_path: Path) -> None:
    applied(csv_file(tmp_path, many(30)))
    before = list(Unit.objects.order_by("number").values_list())
    run = compared(csv_file(tmp_path, [row(Navn="Ny"), *many(30)[1:]]))
    with start(SCRIPT, run.pk) as child:
        child.communicate(timeout=60)
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
def test_work_that_stopped_with_its_job_done_is_queued_again_but_not_without_end(tmp_path: Path) -> None:
    run = received(csv_file(tmp_path, many(3)))
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.COMPARING, lease_until=NOW)
    assert reap(now=NOW + LEASE) == 0  # begun in a terminal: it begins again there
    for times in (1, 2):
        job(run)
        DBTaskResult.objects.update(status="SUCCESSFUL")  # the database was gone when it should have said so
        assert reap(now=NOW + LEASE) == (1 if times == 1 else 0)
    assert DBTaskResult.objects.filter(status="READY").count() == 0


@pytest.mark.django_db
def test_what_a_killed_terminal_left_is_thrown_away_by_the_next_one(tmp_path: Path) -> None:
    left = [received(csv_file(tmp_path, many(3)), by_name="terminal") for _nth in range(3)]
    busy, compared_one = left[0], services.compare(run=left[1], clock=clock)
    ImportRun.objects.filter(pk=busy.pk).update(state=ImportState.APPLYING, lease_until=NOW)
    received(csv_file(tmp_path, many(3)), by_name="Anna")
    assert services.discard_left_lying(by_name="terminal", clock=clock) == 0
    assert services.discard_left_lying(by_name="terminal", clock=lambda: NOW + 2 * LEASE) == 3
    assert not compared_one.staged.exists()
    assert ImportRun.objects.get().by_name == "Anna"


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

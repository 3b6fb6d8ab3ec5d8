"""An import that is disturbed changes nothing, and can be done again."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError

from medspil.register import applying, services
from medspil.register.leases import LEASE
from medspil.register.models import ImportRun, ImportState, RegisterVersion, StagedUnit, Unit
from tests.factories.registers import (
    NOW,
    applied,
    clock,
    compared,
    csv_file,
    many,
    row,
)

pytestmark = pytest.mark.django_db


def register() -> list[tuple[Any, ...]]:
    """Return everything the register holds, to see that nothing was touched."""
    return list(Unit.objects.order_by("number").values_list())


def test_an_old_comparison_is_not_applied_to_a_register_that_changed(tmp_path: Path) -> None:
    first, second = compared(csv_file(tmp_path, many(3))), compared(csv_file(tmp_path, many(4)))
    services.apply(run=second, clock=clock)
    before = register()
    with pytest.raises(services.RegisterChanged):
        services.apply(run=first, clock=clock)
    assert register() == before
    assert services.apply(run=services.compare(run=first, clock=clock), clock=clock).state == ImportState.APPLIED


def test_a_stored_file_that_was_changed_is_not_applied(tmp_path: Path) -> None:
    run = compared(csv_file(tmp_path, many(3)))
    Path(run.files.get().file.path).write_text("noget andet")
    with pytest.raises(services.FileChanged):
        services.apply(run=run, clock=clock)
    assert not Unit.objects.exists()


def test_a_mapping_changed_after_the_comparison_must_be_compared_again(tmp_path: Path) -> None:
    run = compared(csv_file(tmp_path, many(3)))
    services.choose_columns(run=run, columns={"number": "P-nummer", "name": "Navn"}, settings={})
    with pytest.raises(services.ImportBusy):
        services.apply(run=run, clock=clock)


def test_a_comparison_that_lost_rows_is_not_applied_and_can_be_made_again(tmp_path: Path) -> None:
    run = compared(csv_file(tmp_path, many(3)))
    StagedUnit.objects.filter(number=1_000_000_002).delete()
    with pytest.raises(services.ComparisonIncomplete):
        services.apply(run=run, clock=clock)
    assert not Unit.objects.exists()
    services.apply(run=services.compare(run=run, clock=clock), clock=clock)
    assert Unit.objects.count() == 3


@pytest.mark.parametrize("state", [ImportState.COMPARING, ImportState.APPLYING])
def test_throwing_away_an_import_that_is_worked_on_takes_nothing_from_it(tmp_path: Path, state: ImportState) -> None:
    run = compared(csv_file(tmp_path, many(3)))
    ImportRun.objects.filter(pk=run.pk).update(state=state, lease="busy", lease_until=NOW + LEASE)
    with pytest.raises(services.ImportBusy):
        services.discard(run=run, clock=clock)
    assert run.staged.count() == 3


def test_an_import_whose_comparison_fell_silent_can_be_thrown_away(tmp_path: Path) -> None:
    run = compared(csv_file(tmp_path, many(3)))
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.COMPARING, lease="silent", lease_until=NOW)
    services.discard(run=run, clock=lambda: NOW + LEASE)
    assert not ImportRun.objects.exists()
    assert not StagedUnit.objects.exists()


class Pulled(DatabaseError):
    """The plug."""


@pytest.mark.parametrize("step", ["_move_staged", "record_history"])
def test_an_error_in_the_middle_leaves_nothing_half_applied_and_the_import_can_be_applied_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    applied(csv_file(tmp_path, many(30)))
    before, version = register(), RegisterVersion.objects.get().version
    run = compared(csv_file(tmp_path, [row(Navn="Ny"), *many(30)[1:28], row(2_000_000_000)]))
    real: Callable[..., Any] = getattr(applying, step)

    def pull(**facts: Any) -> None:
        real(**facts)
        raise Pulled

    with monkeypatch.context() as patch:
        patch.setattr(applying, step, pull)
        with pytest.raises(Pulled):
            services.apply(run=run, clock=clock)
    assert register() == before
    assert RegisterVersion.objects.get().version == version
    assert (run.state, bool(run.problem)) == (ImportState.COMPARED, True)
    assert services.apply(run=run, clock=clock).state == ImportState.APPLIED
    assert (Unit.objects.count(), Unit.objects.filter(status="ceased").count()) == (31, 2)


def test_a_worker_that_fell_silent_is_taken_over_and_its_late_work_counts_no_more(tmp_path: Path) -> None:
    run = compared(csv_file(tmp_path, many(3)))
    ImportRun.objects.filter(pk=run.pk).update(
        state=ImportState.APPLYING, lease="silent", lease_until=NOW + timedelta(seconds=1)
    )
    with pytest.raises(services.ImportBusy):
        services.apply(run=run, clock=clock)
    later = NOW + LEASE
    services.apply(run=run, clock=lambda: later)
    assert Unit.objects.count() == 3


def test_who_lost_the_lease_takes_everything_back(tmp_path: Path) -> None:
    run = compared(csv_file(tmp_path, many(3)))

    def lose(phase: str, done: int, total: int) -> None:
        ImportRun.objects.filter(pk=run.pk).update(lease="somebody else")

    with pytest.raises(services.ImportTroubled):
        services.apply(run=run, clock=clock, tell=lose)
    assert not Unit.objects.exists()

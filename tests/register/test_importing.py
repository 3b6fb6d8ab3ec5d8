"""From a file to the register: compared first, applied as shown, the same file twice changes nothing."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from medspil.accounts.models import HistoryEntry, User
from medspil.register import services
from medspil.register.models import ImportRun, ImportState, RegisterVersion, StagedUnit, Unit
from tests.factories.registers import (
    HEADER,
    NOW,
    applied,
    clock,
    compared,
    csv_file,
    csv_text,
    many,
    row,
)

pytestmark = pytest.mark.django_db


def counts(run: ImportRun) -> tuple[int, int, int, int, int]:
    return run.added, run.changed, run.gone, run.unchanged, run.rejected


def register() -> list[tuple[Any, ...]]:
    """Return everything the register holds, to see that nothing was touched."""
    return list(Unit.objects.order_by("number").values_list())


def test_a_file_is_compared_without_changing_the_register(tmp_path: Path) -> None:
    run = compared(csv_file(tmp_path, many(3)))
    assert run.state == ImportState.COMPARED
    assert counts(run) == (3, 0, 0, 0, 0)
    assert not Unit.objects.exists()
    assert run.findings["samples"]["added"][0] == {"number": 1_000_000_001, "name": "Virksomhed 0 ApS", "changes": []}


def test_applying_brings_the_units_in_with_source_and_date(tmp_path: Path, anna: User) -> None:
    run = compared(csv_file(tmp_path, [row()]), made_up=True)
    services.apply(run=run, clock=clock, by=anna)
    unit = Unit.objects.get()
    assert (unit.name, unit.cvr, unit.source, unit.made_up) == ("Havnens Smedje ApS", "12345674", "CVR-udtræk", True)
    assert unit.source_date == date(2026, 11, 1)
    assert (run.state, run.finished_at) == (ImportState.APPLIED, NOW)
    assert not StagedUnit.objects.exists()
    assert HistoryEntry.objects.of(run).get().by == anna


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    path = csv_file(tmp_path, many(30))
    applied(path)
    before, version = register(), RegisterVersion.objects.get().version
    run = applied(path)
    assert counts(run) == (0, 0, 0, 30, 0)
    assert register() == before
    assert RegisterVersion.objects.get().version == version


def test_a_change_is_shown_field_by_field_before_it_is_made(tmp_path: Path) -> None:
    applied(csv_file(tmp_path, [row()]))
    run = compared(csv_file(tmp_path, [row(Navn="Ny Smedje", Ansatte="50-99")]))
    assert counts(run) == (0, 1, 0, 0, 0)
    changes = run.findings["samples"]["changed"][0]["changes"]
    assert changes == [
        ["name", "Havnens Smedje ApS", "Ny Smedje"],
        ["employees_from", "20", "50"],
        ["employees_to", "49", "99"],
    ]
    assert Unit.objects.get().name == "Havnens Smedje ApS"
    services.apply(run=run, clock=clock)
    assert Unit.objects.get().name == "Ny Smedje"


def test_what_a_file_does_not_tell_is_kept(tmp_path: Path) -> None:
    applied(csv_file(tmp_path, [row()]))
    applied(csv_file(tmp_path, [["1000000001", "Ny Smedje"]], header=("P-nummer", "Navn")))
    unit = Unit.objects.get()
    assert (unit.name, unit.industry, unit.employees_from, unit.point_quality) == ("Ny Smedje", "251100", 20, "address")


def test_a_file_without_points_does_not_spoil_points_that_are_known(tmp_path: Path) -> None:
    applied(csv_file(tmp_path, [row()]))
    applied(csv_file(tmp_path, [["1000000001", "Ny", "7100"]], header=("P-nummer", "Navn", "Postnr")))
    assert Unit.objects.get().x == 533_500.0


def test_units_missing_in_a_complete_file_have_ceased_and_are_never_deleted(tmp_path: Path) -> None:
    applied(csv_file(tmp_path, many(30)))
    run = applied(csv_file(tmp_path, many(29)))
    assert counts(run) == (0, 0, 1, 29, 0)
    gone = Unit.objects.get(status="ceased")
    assert (gone.number, gone.ended_on) == (1_000_000_030, date(2026, 11, 1))
    assert Unit.objects.count() == 30
    assert counts(compared(csv_file(tmp_path, many(29)))) == (0, 0, 0, 29, 0)


def test_a_unit_that_comes_back_is_active_again(tmp_path: Path) -> None:
    header = (*HEADER, "Status")
    applied(csv_file(tmp_path, [[*cells, "Aktiv"] for cells in many(30)], header))
    applied(csv_file(tmp_path, [[*cells, "Aktiv"] for cells in many(29)], header))
    run = applied(csv_file(tmp_path, [[*cells, "Aktiv"] for cells in many(30)], header))
    assert run.changed == 1
    assert not Unit.objects.filter(status="ceased").exists()


def test_a_file_that_is_a_part_only_makes_nobody_gone(tmp_path: Path) -> None:
    applied(csv_file(tmp_path, many(30)))
    assert applied(csv_file(tmp_path, many(2)), complete=False).gone == 0
    assert Unit.objects.active().count() == 30


def test_units_of_another_source_are_never_gone(tmp_path: Path) -> None:
    applied(csv_file(tmp_path, many(30)))
    assert applied(csv_file(tmp_path, many(2, first=2_000_000_001)), source="Andet").gone == 0
    assert Unit.objects.active().count() == 32


def test_a_file_that_lacks_much_is_applied_only_when_somebody_says_that_it_is_right(tmp_path: Path) -> None:
    applied(csv_file(tmp_path, many(40)))
    before = register()
    run = compared(csv_file(tmp_path, many(20)))
    with pytest.raises(services.TooManyGone, match=r"20 .*40"):
        services.apply(run=run, clock=clock)
    assert register() == before
    services.apply(run=run, clock=clock, accept_gone=True)
    assert Unit.objects.filter(status="ceased").count() == 20


def test_a_cut_off_file_keeps_its_whole_rows_and_names_the_broken_one(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(csv_text(many(5))[:-60], encoding="utf-8")
    run = compared(path)
    assert counts(run) == (4, 0, 0, 0, 1)
    assert run.notes.get().row == 6
    assert run.notes.get().code == "too_few_cells"


def test_a_number_that_comes_twice_is_rejected_the_second_time_and_both_rows_are_named(tmp_path: Path) -> None:
    run = applied(csv_file(tmp_path, [row(Navn="Den første"), row(2_000_000_000), row(Navn="Den anden")]))
    assert counts(run) == (2, 0, 0, 0, 1)
    note = run.notes.get()
    assert (note.row, note.code, note.value) == (4, "duplicate", "1000000001 (#2, #4)")
    assert Unit.objects.get(number=1_000_000_001).name == "Den første"


def test_every_row_is_either_taken_or_rejected_with_a_reason_and_a_copy(tmp_path: Path) -> None:
    rows = [row(), row("12A", Navn="=cmd()"), row(""), row("12345674"), row(1_000_000_002, Navn="")]
    run = compared(csv_file(tmp_path, rows))
    assert run.rows_total == run.added + run.changed + run.unchanged + run.rejected == 5
    assert run.findings["reasons"] == {
        "number_letters": 1, "number_missing": 1, "number_is_cvr": 1, "name_missing": 1,
    }  # fmt: skip
    rejected = Path(run.rejected_file.path).read_text(encoding="utf-8-sig").splitlines()
    assert len(rejected) == 5
    assert rejected[1].startswith("3;number;12A;")
    assert ";'=cmd();" in rejected[1]


def test_notes_are_kept_up_to_a_number_per_reason_and_counted_in_full(tmp_path: Path) -> None:
    run = compared(csv_file(tmp_path, [row("x")] * 250))
    assert run.rejected == 250
    assert run.notes.count() == run.findings["notes_per_reason"] == 200
    assert len(Path(run.rejected_file.path).read_bytes().splitlines()) == 251


def test_a_file_older_than_the_register_says_so(tmp_path: Path) -> None:
    applied(csv_file(tmp_path, many(3)))
    run = compared(csv_file(tmp_path, many(3)), source_date=date(2026, 1, 1))
    assert run.findings["older_than"] == "2026-11-01"


def test_a_unit_taken_from_another_source_is_a_warning(tmp_path: Path) -> None:
    applied(csv_file(tmp_path, many(1)))
    run = compared(csv_file(tmp_path, many(1)), source="Andet")
    assert (run.changed, run.findings["reasons"]) == (1, {"other_source": 1})


def test_an_older_file_lifts_no_protection_that_a_newer_one_told_of(tmp_path: Path) -> None:
    def brought_in(says: str, day: date, source: str) -> ImportRun:
        return applied(csv_file(tmp_path, [row(Reklamebeskyttelse=says)]), source=source, source_date=day)

    brought_in("ja", date(2026, 11, 1), "CVR")
    brought_in("ja", date(2026, 11, 20), "CVR")  # says the same: the unit itself is not touched
    for _twice in range(2):
        older = brought_in("nej", date(2026, 11, 10), "Liste")
        assert [note.code for note in older.notes.all()] == ["protection_kept"]
        unit = Unit.objects.get()
        assert (unit.protected, unit.source) == (True, "CVR")
    brought_in("nej", date(2026, 11, 20), "Liste")
    unit = Unit.objects.get()
    assert (unit.protected, unit.source) == (False, "Liste")

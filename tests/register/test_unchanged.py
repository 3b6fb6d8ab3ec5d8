"""A row that says the same as last time is known at a glance; a unit that ceased before our time is not taken in."""

import ast
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import medspil.register
from medspil.register import comparing, fingerprints, services
from medspil.register.known import Seen
from medspil.register.models import ImportRun, RegisterVersion, Unit
from medspil.register.rows import Checked, RowChecker
from tests.factories.registers import HEADER, applied, clock, compared, csv_file, many, row

CEASING = (*HEADER, "Ophørsdato")


def counts(run: ImportRun) -> tuple[int, int, int, int, int]:
    return run.added, run.changed, run.gone, run.unchanged, run.rejected


@pytest.mark.django_db
def test_an_unchanged_row_is_not_checked_again_and_its_warning_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = csv_file(tmp_path, [row(Ansatte="mange"), row(1_000_000_002)])
    assert applied(path).warned == 1
    checked: list[list[str]] = []
    check = RowChecker.check

    def look(checker: RowChecker, cells: list[str]) -> Checked:
        checked.append(cells)
        return check(checker, cells)

    monkeypatch.setattr(RowChecker, "check", look)
    run = compared(path)
    assert (counts(run), run.warned, checked) == ((0, 0, 0, 2, 0), 0, [])
    run = compared(csv_file(tmp_path, [row(Ansatte="mange"), row(1_000_000_002, Navn="Ny")]))
    assert (counts(run), len(checked)) == ((0, 1, 0, 1, 0), 1)


@pytest.mark.django_db
def test_a_row_that_says_the_same_in_another_way_changes_nothing_and_is_known_the_next_time(tmp_path: Path) -> None:
    applied(csv_file(tmp_path, [row()]))
    before, version = dict(Unit.objects.values().get()), RegisterVersion.objects.get().version
    again = csv_file(tmp_path, [row(Kommunekode="0630")])
    run = compared(again, source_date=date(2026, 11, 2))
    assert (counts(run), run.prints.count()) == ((0, 0, 0, 1, 0), 1)
    services.apply(run=run, clock=clock)
    after = dict(Unit.objects.values().get())
    assert {name for name in before if before[name] != after[name]} == {"fingerprint"}
    assert RegisterVersion.objects.get().version == version
    assert not run.prints.exists()
    assert not compared(again).prints.exists()


@pytest.mark.django_db
def test_new_rules_make_every_row_be_looked_at_once_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = csv_file(tmp_path, many(3))
    applied(path)
    monkeypatch.setattr(fingerprints, "rules_version", lambda: "newer")
    run = compared(path)
    assert (counts(run), run.prints.count()) == ((0, 0, 0, 3, 0), 3)
    services.apply(run=run, clock=clock)
    assert not compared(path).prints.exists()


def test_the_rules_name_every_module_that_reads_cells() -> None:
    folder = Path(medspil.register.__path__[0])
    named = {name for package, names in fingerprints.RULES for name in names if name.endswith(".py")}
    beside = {"models.py", "notes.py", "layout.py", "tally.py", "matching.py"}  # tables, sentences and settings
    for name in sorted(named & {path.name for path in folder.iterdir()} - {"fingerprints.py"}):
        for node in ast.walk(ast.parse((folder / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("medspil."):
                wanted = {f"{node.module.split('.')[-1]}.py"}
                if node.module == "medspil.register":
                    wanted = {f"{alias.name}.py" for alias in node.names}
                assert wanted <= named | beside | {"tables.py"}, f"{name} takes rules from {node.module}"


@pytest.mark.django_db
def test_a_day_that_has_come_takes_effect_though_the_file_says_the_same(tmp_path: Path) -> None:
    path = csv_file(tmp_path, [[*row(), "15-11-2026"]], CEASING)
    applied(path, source_date=date(2026, 11, 1))
    assert Unit.objects.get().status == "active"
    assert applied(path, source_date=date(2026, 11, 20)).changed == 1
    assert Unit.objects.get().status == "ceased"


@pytest.mark.django_db
def test_a_unit_that_ceased_before_the_register_knew_it_is_counted_and_not_taken_in(tmp_path: Path) -> None:
    run = applied(csv_file(tmp_path, [[*row(), ""], [*row(2_000_000_000), "01-02-2020"]], CEASING))
    assert counts(run) == (1, 0, 0, 0, 0)
    assert run.rows_total == 2
    assert run.findings["left_out"] == {"ceased_before": 1}
    assert Unit.objects.get().number == 1_000_000_001


@pytest.mark.django_db
def test_an_old_row_of_a_unit_that_has_ceased_does_not_stand_in_the_way_of_its_newer_one(tmp_path: Path) -> None:
    rows = [[*row(), "01-02-2020"], [*row(), ""], [*row("x"), "01-02-2020"]]
    run = applied(csv_file(tmp_path, rows, CEASING))
    assert counts(run) == (1, 0, 0, 0, 1)
    assert run.findings["left_out"] == {"ceased_before": 1}
    assert run.notes.get().code == "number_letters"


@pytest.mark.django_db
def test_a_unit_we_know_that_ceases_is_kept_and_marked_and_stays_known(tmp_path: Path) -> None:
    applied(csv_file(tmp_path, [[*row(), ""]], CEASING))
    ceased = csv_file(tmp_path, [[*row(), "01-10-2026"]], CEASING)
    run = applied(ceased)
    assert (counts(run), run.findings["left_out"]) == ((0, 1, 0, 0, 0), {})
    assert (Unit.objects.get().status, Unit.objects.get().ended_on) == ("ceased", date(2026, 10, 1))
    assert counts(compared(ceased)) == (0, 0, 0, 1, 0)


@pytest.mark.django_db
def test_a_number_that_comes_again_far_below_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "BATCH", 4)
    rows = [*many(10), row(1_000_000_003, Navn="Igen"), row(1_000_000_003, Navn="Og igen")]
    path = csv_file(tmp_path, rows)
    for _time in range(2):
        run = applied(path)
        assert run.rejected == 2
        assert [note.value for note in run.notes.order_by("row")] == ["1000000003 (#4, #12)", "1000000003 (#4, #13)"]
        assert Unit.objects.get(number=1_000_000_003).name == "Virksomhed 2 ApS"


@given(st.lists(st.lists(st.integers(1, 30), max_size=12), max_size=12))
def test_repeated_numbers_are_found_however_the_file_is_cut_into_batches(batches: list[list[int]]) -> None:
    seen, firsts, row = Seen(), dict[int, int](), 0
    for batch in batches:
        rows = list(range(row, row + len(batch)))
        row += len(batch)
        expected = {}
        for number, at in zip(batch, rows, strict=True):
            if firsts.setdefault(number, at) != at:
                expected[at] = firsts[number]
        assert seen.take(np.array(batch, np.int64), np.array(rows, np.int64)) == expected
    assert seen.lacks(range(1, 31)).tolist() == sorted(set(range(1, 31)) - set(firsts))

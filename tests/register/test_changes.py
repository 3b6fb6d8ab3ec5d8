"""What an import changes is written down, so that people near it can be told; what only looks like a change is not."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from medspil.register.applying import ComparisonIncomplete, apply
from medspil.register.changes import CHANGES_KEPT, forget_old_changes, record_changes
from medspil.register.models import ChangeKind, GoneUnit, ImportRun, ImportState, StagedUnit, Unit, UnitChange
from tests.factories import companies
from tests.factories.registers import HEADER, NOW, applied, clock, compared, csv_file, many, row

pytestmark = pytest.mark.django_db
STATUS = (*HEADER, "Status")


def told() -> list[tuple[str, int]]:
    """Return what was written down, by kind and number."""
    return sorted(UnitChange.objects.values_list("kind", "unit_id"))


def second(folder: Path, first: list[list[str]], after: list[list[str]], header: tuple[str, ...] = HEADER) -> None:
    """Import a file and, a week later, another of the same source."""
    applied(csv_file(folder, first, header))
    applied(csv_file(folder, after, header), accept_gone=True, source_date=date(2026, 11, 8))


def waiting(run: ImportRun, unit: Unit, **changed: object) -> None:
    """Let a unit wait for its import with some facts changed."""
    facts = {field.name: getattr(unit, field.name) for field in Unit._meta.fields if field.name != "id"}
    StagedUnit.objects.create(run=run, **(facts | changed))


def a_run(**fields: object) -> ImportRun:
    """Make an import that was compared, after an applied one of the same source."""
    facts: dict[str, object] = {"source": "prøve", "source_date": date(2026, 11, 8), "file_name": "r.csv"}
    ImportRun.objects.create(
        creation_key="5f0f5c0e-5df0-4c8b-9f0c-0d5b8b6f3a01",
        state=ImportState.APPLIED,
        created_at=NOW,
        finished_at=NOW,
        **(facts | {"source_date": date(2026, 11, 1)}),
    )
    return ImportRun.objects.create(
        creation_key="5f0f5c0e-5df0-4c8b-9f0c-0d5b8b6f3a02", created_at=NOW, **(facts | {"changed": 1} | fields)
    )


def test_the_first_import_of_a_source_brings_no_news(tmp_path: Path) -> None:
    applied(csv_file(tmp_path, many(3)))
    assert told() == []


def test_a_unit_that_was_not_there_last_time_is_new(tmp_path: Path) -> None:
    second(tmp_path, many(3), many(4))
    assert told() == [("new", 1_000_000_004)]
    change = UnitChange.objects.get()
    assert (change.municipality, change.x, change.run.source_date) == ("0630", 533_500.0, date(2026, 11, 8))
    assert change.unit.name == "Virksomhed 3 ApS"


def test_the_same_file_again_tells_nothing(tmp_path: Path) -> None:
    second(tmp_path, many(3), many(3))
    assert told() == []


def test_a_unit_that_moved_is_told_with_where_it_was(tmp_path: Path) -> None:
    second(tmp_path, [row()], [row(Adresse="Torvet 9", X="534900,0", Y="6175000,0")])
    change = UnitChange.objects.get()
    assert change.kind == ChangeKind.MOVED
    assert (change.x, change.y, change.old_x, change.old_y) == (534_900.0, 6_175_000.0, 533_500.0, 6_174_000.0)
    assert change.before.startswith("Havnegade 1, 7100")


def test_a_unit_missing_in_the_whole_file_and_one_that_closed_are_told_apart(tmp_path: Path) -> None:
    first = [[*row(1_000_000_001 + nth), "Aktiv"] for nth in range(4)]
    after = [[*row(1_000_000_001), "Aktiv"], [*row(1_000_000_002), "Ophørt"], [*row(1_000_000_003), "Under konkurs"]]
    second(tmp_path, first, after, STATUS)
    assert told() == [("ceased", 1_000_000_002), ("closing", 1_000_000_003), ("gone", 1_000_000_004)]


def test_a_unit_that_comes_back_is_told(tmp_path: Path) -> None:
    active, ceased = [*row(), "Aktiv"], [*row(), "Ophørt"]
    second(tmp_path, [active], [ceased], STATUS)
    applied(csv_file(tmp_path, [active], STATUS), source_date=date(2026, 11, 15))
    assert told() == [("back", 1_000_000_001), ("ceased", 1_000_000_001)]


def test_protection_is_told_when_it_comes_and_when_it_goes(tmp_path: Path) -> None:
    second(
        tmp_path,
        [row(1_000_000_001), row(1_000_000_002, Reklamebeskyttelse="ja")],
        [row(1_000_000_001, Reklamebeskyttelse="ja"), row(1_000_000_002)],
    )
    assert told() == [("lifted", 1_000_000_002), ("protected", 1_000_000_001)]


def test_a_new_name_and_a_new_trade_are_told_with_what_they_were(tmp_path: Path) -> None:
    second(tmp_path, [row()], [row(Navn="Ny Smedje", Branchekode="561110", Branchetekst="Restauranter")])
    assert sorted(UnitChange.objects.values_list("kind", "before")) == [
        ("renamed", "Havnens Smedje ApS"),
        ("trade", "Metal"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"address": "Havnegade 1 A"}, {"address": "Havnegade 1A", "source": "another"}),
        ({"address": "Havnegade 1"}, {"address": "Havnegade 1, 2. sal", "x": 533_510.0}),
        ({"address": ""}, {"address": "Havnegade 1"}),
        ({"point_quality": "postcode"}, {"point_quality": "address", "x": 535_000.0}),
        ({"point_quality": "street"}, {"point_quality": "address", "x": 533_900.0}),
        ({"name": "SMEDJEN"}, {"name": "Smedjen"}),
        ({"industry": "251100", "code_system": "DB07"}, {"industry": "251200", "code_system": "DB25"}),
        ({"industry": ""}, {"industry": "251100"}),
        ({"employees_from": 5}, {"employees_from": 10}),
        ({"status": "ceased"}, {"status": "ceased", "protected": True, "address": "Torvet 9", "postcode": "7120"}),
    ],
    ids=lambda facts: ", ".join(f"{name} {value}" for name, value in facts.items()),
)
def test_what_only_looks_like_news_is_not_told(before: dict[str, Any], after: dict[str, Any]) -> None:
    unit = companies.unit(**before)
    run = a_run()
    waiting(run, unit, **after)
    assert record_changes(run=run) == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"postcode": "7100"}, {"postcode": "7120", "source": "another"}),
        ({}, {"x": 534_000.0, "source": "another"}),
        ({"address": "Vej 1", "point_quality": "postcode"}, {"address": "Vej 40", "point_quality": "postcode"}),
    ],
)
def test_another_place_is_a_move_however_it_is_known(before: dict[str, Any], after: dict[str, Any]) -> None:
    unit = companies.unit(**before)
    run = a_run()
    waiting(run, unit, **after)
    record_changes(run=run)
    assert told() == [("moved", unit.number)]


def test_in_a_part_of_a_source_only_what_has_started_since_is_new() -> None:
    run = a_run(complete=False, added=2)
    for number, started in ((1_000_000_501, date(2026, 11, 3)), (1_000_000_502, date(2011, 1, 1))):
        StagedUnit.objects.create(
            run=run, number=number, name="Ny", source="prøve", source_date=run.source_date, started_on=started
        )
    record_changes(run=run)
    assert told() == [("new", 1_000_000_501)]
    Unit.objects.create(number=1_000_000_501, name="Ny", source="prøve", source_date=run.source_date)


def test_a_unit_that_ceased_long_ago_does_not_go_once_more() -> None:
    unit = companies.unit(status="ceased")
    run = a_run(changed=0, gone=1)
    GoneUnit.objects.create(run=run, number=unit.number)
    assert record_changes(run=run) == 0


def test_changes_are_forgotten_after_a_year_and_not_before() -> None:
    unit = companies.unit()
    run = a_run(state=ImportState.APPLIED, finished_at=NOW)
    waiting(run, unit, protected=True)
    assert record_changes(run=run) == 1
    assert forget_old_changes(now=NOW + CHANGES_KEPT) == 0
    assert forget_old_changes(now=NOW + CHANGES_KEPT + timedelta(seconds=1)) == 1
    assert told() == []


def test_an_import_that_is_taken_back_tells_nothing(tmp_path: Path) -> None:
    applied(csv_file(tmp_path, many(3)))
    run = compared(csv_file(tmp_path, many(5)), source_date=date(2026, 11, 8))
    ImportRun.objects.filter(pk=run.pk).update(added=3)  # what waits is not what was found
    run.refresh_from_db()
    with pytest.raises(ComparisonIncomplete):
        apply(run=run, clock=clock)
    assert told() == []


def test_a_change_of_employees_alone_is_no_news(tmp_path: Path) -> None:
    second(tmp_path, [row()], [row(Ansatte="50-99")])
    assert told() == []

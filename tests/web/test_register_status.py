"""The page of the register's state: ages, what changed last, counts by municipality and industry, as a file too."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from medspil.geography.places import municipalities
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.register.index import rebuild_index
from medspil.register.models import ImportRun
from medspil.register.status import register_status
from tests.factories import companies, people
from tests.factories.changes import applied_run, change
from tests.factories.registers import applied, csv_file, many, row, use_folder
from tests.web.pages import troubles

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    """Write nothing outside the test's own folder, and speak English."""
    use_folder(settings, tmp_path / "data")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def reader(vejle: Organisation) -> Client:
    """Return a browser of somebody who may look, but not import."""
    return people.signed_in(people.member(vejle, Role.READER, name="Rita"))


@pytest.fixture
def register() -> None:
    """Make a small register in two municipalities."""
    companies.unit("A", employees_from=1, employees_to=4)
    companies.unit("B", protected=True, point_quality="postcode")
    companies.unit("C", municipality="0101", industry="561110")
    companies.unit("D", municipality="0101", industry="561110", status="ceased")
    companies.unit("E", municipality="", industry="")


def page(client: Client, query: str = "") -> str:
    response = client.get(reverse("register:status") + query)
    assert response.status_code == 200
    html: str = response.content.decode()
    assert troubles(html) == []
    return html


def test_the_register_is_counted_by_municipality_industry_place_protection_and_size(register: None) -> None:
    counts = register_status(today=TODAY).counts
    assert (counts.all.active, counts.all.protected, counts.all.size_unknown, counts.all.closed) == (4, 1, 3, 1)
    assert (counts.by_municipality["0630"].active, counts.by_municipality["0630"].at_address) == (2, 1)
    assert (counts.by_municipality["0101"].active, counts.by_municipality["0101"].closed) == (1, 1)
    assert counts.by_industry["DB25", "56"].active == 1
    assert counts.by_point == {"address": 3, "postcode": 1}
    assert sum(each.active for each in counts.by_industry.values()) == counts.all.active


def test_every_municipality_has_its_row_with_its_name(reader: Client, register: None) -> None:
    html = page(reader, "?all=1")
    assert all(f">{town.name}<" in html for town in municipalities())
    assert "56 " in html
    assert "not known" in html


def test_only_the_largest_are_shown_until_somebody_asks_for_all(reader: Client, register: None) -> None:
    html = page(reader)
    assert ">Vejle<" in html
    assert ">Ærø<" not in html
    assert "?all=1" in html


def test_the_tables_are_sorted_by_the_address_and_nonsense_sorts_nothing(reader: Client, register: None) -> None:
    by_name = page(reader, "?sort=m_name&all=1")
    towns = [by_name.index(f">{name}<") for name in ("Aabenraa", "Vejle", "Ærø", "Aarhus")]
    assert towns[1] < towns[2]
    by_number = page(reader, "?all=1")
    assert by_number.index(">Vejle<") < by_number.index(">Aabenraa<")
    page(reader, "?sort=m_nonsense")
    page(reader, "?sort=-i_protected")


def test_the_page_says_how_old_each_source_and_each_part_of_it_is(reader: Client, settings: Settings) -> None:
    settings.REGISTER_STALE_DAYS = 20
    today = timezone.localdate()
    fresh, old = today - timedelta(days=3), today - timedelta(days=41)
    companies.unit(source="Datafordeler", source_date=fresh)
    days = {"Navn": fresh.isoformat(), "Reklamebeskyttelse": old.isoformat()}
    applied_run("Datafordeler", source_date=fresh, findings={"days": days})
    html = page(reader)
    assert "Datafordeler · Reklamebeskyttelse" in html
    assert "41 days" in html
    assert html.count(">old<") == 1


def test_an_old_register_says_so_on_top(reader: Client, tmp_path: Path, settings: Settings) -> None:
    settings.REGISTER_STALE_DAYS = 1
    applied(csv_file(tmp_path, many(3)), source_date=timezone.localdate() - timedelta(days=2))
    rebuild_index()
    assert "The register is old" in page(reader)
    settings.REGISTER_STALE_DAYS = 2
    assert "The register is old" not in page(reader)


def test_what_the_last_import_changed_is_told_by_kind_and_field(
    reader: Client, as_anna: Client, tmp_path: Path
) -> None:
    applied(csv_file(tmp_path, [row(1_000_000_001), row(1_000_000_002)]))
    after = [row(1_000_000_001, Navn="Nyt navn"), row(1_000_000_002, Reklamebeskyttelse="ja"), row(1_000_000_003)]
    run = applied(csv_file(tmp_path, after), source_date=date(2026, 11, 8))
    html = page(reader)
    for text in ("8 November 2026", "has a new name: <strong>1", "now protected from advertising: <strong>1",
                 "new: <strong>1"):  # fmt: skip
        assert text in html
    link = reverse("register:import", args=[run.pk])
    assert link not in html
    assert link in page(as_anna)


def test_an_index_of_another_engine_is_told(reader: Client, monkeypatch: pytest.MonkeyPatch, register: None) -> None:
    rebuild_index()
    monkeypatch.setattr("medspil.register.index.ENGINE_VERSION", "another")
    assert "another version of the ranking engine" in page(reader)


def test_the_file_holds_the_same_counts(reader: Client, register: None) -> None:
    response = reader.get(reverse("register:status_export"))
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    vejle = next(each for each in rows if each["Name"] == "Vejle")
    assert (vejle["Counted by"], vejle["Code"], vejle["In business"]) == ("Municipality", "0630", "2")
    assert sum(int(each["In business"]) for each in rows if each["Counted by"] == "Industry") == 4
    assert sum(int(each["In business"]) for each in rows if each["Counted by"] == "Municipality") == 4
    assert len([each for each in rows if each["Counted by"] == "Municipality"]) >= 98


def test_the_newest_data_stand_first_among_what_was_changed_last(reader: Client) -> None:
    for source, day in (("Alfa", date(2010, 12, 1)), ("Beta", date(2026, 11, 8))):
        companies.unit(source=source, source_date=day)
        applied_run(source, source_date=day)
    html = page(reader)
    changed = html[html.index("Data of") :]
    assert changed.index("8 November 2026") < changed.index("1 December 2010")


def test_more_units_and_imports_take_no_more_queries(reader: Client, register: None) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(reader)
        return len(asked)

    applied_run()
    few = queries()
    for nth in range(5):
        run = applied_run(f"kilde {nth}")
        change(run, "new", companies.unit(source=f"kilde {nth}", municipality=f"0{nth + 150}"))
    assert queries() == few
    assert ImportRun.objects.count() == 6


def test_an_empty_register_is_told(reader: Client) -> None:
    assert "No file has been brought in yet" in page(reader)


def test_what_was_counted_with_the_index_is_what_counting_anew_gives(register: None, tmp_path: Path) -> None:
    applied(csv_file(tmp_path, many(3, first=1_800_000_001)))
    anew = register_status(today=TODAY).counts
    rebuild_index()
    assert register_status(today=TODAY).counts == anew
    applied(csv_file(tmp_path, many(4, first=1_800_000_001)), source_date=date(2026, 11, 8))
    assert register_status(today=TODAY).counts.all.active == anew.all.active + 1

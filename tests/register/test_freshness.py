"""An old register says so, by one rule; an index built by other words or another engine is not current."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django.fixtures import Settings

from medspil.config import env
from medspil.register import index
from medspil.register.freshness import old_answer, old_sources, stale_sentence
from medspil.register.index import index_state, rebuild_index
from medspil.register.models import RegisterVersion
from tests.factories import companies
from tests.factories.registers import applied, csv_file, many

pytestmark = pytest.mark.django_db
OF_DATA = date(2026, 11, 1)


def test_a_register_is_old_from_the_day_after_the_last_it_may_be(tmp_path: Path, settings: Settings) -> None:
    settings.REGISTER_STALE_DAYS = 10
    applied(csv_file(tmp_path, many(3)))
    rebuild_index()
    assert stale_sentence(today=OF_DATA + timedelta(days=10)) == ""
    told = stale_sentence(today=OF_DATA + timedelta(days=11))
    assert "CVR-udtræk" in told
    assert [(old.date, old.age_days) for old in old_sources(today=OF_DATA + timedelta(days=11))] == [(OF_DATA, 11)]


def test_a_whole_file_that_changed_nothing_makes_the_register_fresh_again(tmp_path: Path) -> None:
    path = csv_file(tmp_path, many(3))
    applied(path)
    rebuild_index()
    later = OF_DATA + timedelta(days=60)
    assert stale_sentence(today=later)
    applied(path, source_date=later)
    assert stale_sentence(today=later) == ""


def test_a_part_of_a_source_says_nothing_of_the_rest(tmp_path: Path) -> None:
    applied(csv_file(tmp_path, many(3)))
    rebuild_index()
    later = OF_DATA + timedelta(days=60)
    applied(csv_file(tmp_path, many(1)), source_date=later, complete=False)
    assert stale_sentence(today=later)


def test_a_handful_of_companies_from_an_old_list_makes_no_old_register(tmp_path: Path) -> None:
    applied(csv_file(tmp_path, many(120)))
    companies.unit("Fra en gammel liste", number=1_900_000_001, source="gammel", source_date=date(2010, 12, 1))
    rebuild_index()
    assert stale_sentence(today=OF_DATA + timedelta(days=5)) == ""


def test_without_a_register_nothing_is_old(db: None) -> None:
    assert stale_sentence(today=OF_DATA) == ""


def test_a_stored_ranking_says_when_its_register_has_become_old() -> None:
    assert "40 days old" in old_answer("2026-11-01", today=date(2026, 12, 11))
    assert old_answer("2026-11-01", today=date(2026, 11, 22)) == ""
    assert old_answer("", today=date(2026, 11, 22)) == ""


def test_an_index_of_another_analyser_or_engine_is_not_current(monkeypatch: pytest.MonkeyPatch) -> None:
    companies.unit()
    RegisterVersion.objects.create(pk=1, version=1)
    rebuild_index()
    assert index_state().current
    monkeypatch.setattr(index, "ENGINE_VERSION", "another")
    assert "engine" in str(index_state().reason)
    monkeypatch.undo()
    RegisterVersion.objects.update(indexed_with={"analyser": -1})
    assert not index_state().current
    assert "analyser" in str(index_state().reason)


@pytest.mark.parametrize("value", ["0", "-1", "ten", "3,5"])
def test_a_number_of_days_that_is_none_stops_the_start(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDSPIL_STALE_DAYS", value)
    with pytest.raises(ImproperlyConfigured, match="MEDSPIL_STALE_DAYS"):
        env.days("MEDSPIL_STALE_DAYS", 30)

"""Companies of the register near an area: there by themselves, stored when picked up, flagged when they close."""

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.mapping.companies import REACHES_M, flags_of_resources, nearby, pick_up, units_of
from medspil.mapping.models import PlaceQuality, Resource
from medspil.mapping.services import put_away
from medspil.register.flags import FlagKind
from medspil.register.index import rebuild_index
from medspil.register.models import Unit
from tests.factories import companies
from tests.factories.changes import applied_run, change
from tests.factories.resources import NOW

X, Y = 533_600.0, 6_174_800.0


@pytest.fixture
def shops(area: Area) -> dict[str, Unit]:
    """Put some places of work in and around the area, which is a circle of 600 m."""
    return {
        "kiosk": companies.unit("Kiosken", industry="471110", industry_text="Kiosk", x=X + 10, y=Y),
        "bager": companies.unit("Bageren", industry="472400", x=X + 900, y=Y),
        "bank": companies.unit("Banken", industry="641900", x=X + 50, y=Y),
        "langt": companies.unit("Langt Væk", industry="471110", x=X + 1_200, y=Y),
        "lukket": companies.unit("Lukket", industry="471110", x=X, y=Y, status="ceased"),
        "byen": companies.unit("Et sted i byen", industry="471110", x=X, y=Y, point_quality="postcode"),
        "klub": companies.unit("Drengeklubben", industry="949900", company_form="110", x=X + 100, y=Y),
    }


def test_what_matters_locally_is_there_by_itself_nearest_first(
    anna: User, area: Area, shops: dict[str, Unit], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        found = nearby(area, user=anna)
    assert [one.unit for one in found.chosen] == [shops[name].pk for name in ("kiosk", "bank", "klub", "bager")]
    assert found.chosen[3].distance == pytest.approx(300)
    assert found.counts == {"retail_wholesale": 2, "finance_property": 1, "culture_associations": 1}
    with django_assert_num_queries(1):
        assert [unit.name for unit in units_of(found.chosen[:2], user=anna)] == ["Kiosken", "Banken"]
    assert not Resource.objects.exists()


def test_the_index_finds_the_same_as_the_database_alone(
    anna: User, area: Area, shops: dict[str, Unit], settings: Settings, tmp_path: Path
) -> None:
    alone = {reach: nearby(area, user=anna, reach_m=reach) for reach in REACHES_M}
    settings.INDEX_DIR = tmp_path / "index"
    rebuild_index()
    companies.unit("Ny siden", x=X, y=Y)  # not in the index yet
    Unit.objects.filter(pk=shops["bank"].pk).update(x=X + 1_050)  # moved since
    for reach, found in alone.items():
        expected = [one.unit for one in found.all if one.unit != shops["bank"].pk]
        with_index = [one.unit for one in nearby(area, user=anna, reach_m=reach).all if one.unit != shops["bank"].pk]
        assert with_index == expected
    assert shops["bank"].pk not in {one.unit for one in nearby(area, user=anna, reach_m=250).all}


def test_the_reach_and_the_groups_can_be_chosen(anna: User, area: Area, shops: dict[str, Unit]) -> None:
    inside = nearby(area, user=anna, reach_m=0, groups=["finance_property"])
    assert [one.unit for one in inside.chosen] == [shops["bank"].pk]
    assert len(nearby(area, user=anna, reach_m=1_000).chosen) == 5
    assert [one.unit for one in nearby(area, user=anna, text="BAGEREN").chosen] == [shops["bager"].pk]
    could = {one.unit for one in nearby(area, user=anna, competence="after_school_job").chosen}
    assert shops["kiosk"].pk in could
    assert shops["klub"].pk not in could


def test_the_near_and_large_come_first_and_who_tells_no_size_is_not_taken_for_nobody(
    anna: User, area: Area, shops: dict[str, Unit]
) -> None:
    for name, employees in (("bank", 50), ("kiosk", 0), ("bager", 500)):
        Unit.objects.filter(pk=shops[name].pk).update(employees_from=employees)
    found = nearby(area, user=anna).free
    assert [one.unit for one in found] == [shops[name].pk for name in ("bank", "klub", "kiosk", "bager")]


def test_an_area_without_a_place_has_nothing_near_it(anna: User, area: Area, shops: dict[str, Unit]) -> None:
    area.x = area.y = None
    assert not nearby(area, user=anna).placed


def test_a_company_is_picked_up_once_and_comes_back_when_it_was_put_away(
    anna: User, area: Area, shops: dict[str, Unit]
) -> None:
    made = pick_up(area=area, unit=shops["kiosk"], creation_key=uuid4(), by=anna, now=NOW)
    assert (made.kind, made.name, made.can_do, made.unit) == ("company", "Kiosken", "Kiosk", shops["kiosk"])
    assert (made.x, made.place_quality, made.confirmed_on) == (X + 10, PlaceQuality.ADDRESS, date(2026, 11, 1))
    assert pick_up(area=area, unit=shops["kiosk"], creation_key=uuid4(), by=anna, now=NOW) == made
    assert nearby(area, user=anna).picked == 1
    put_away(resource=made, reason="", by=anna, now=NOW)
    assert nearby(area, user=anna).picked == 0
    assert pick_up(area=area, unit=shops["kiosk"], creation_key=uuid4(), by=anna, now=NOW) == made
    assert Resource.objects.visible_to(anna).current().get() == made


def test_an_association_of_the_register_is_an_association(anna: User, area: Area, shops: dict[str, Unit]) -> None:
    assert pick_up(area=area, unit=shops["klub"], creation_key=uuid4(), by=anna, now=NOW).kind == "association"


def test_a_company_that_closes_is_flagged(
    anna: User, area: Area, shops: dict[str, Unit], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = pick_up(area=area, unit=shops["kiosk"], creation_key=uuid4(), by=anna, now=NOW)
    pick_up(area=area, unit=shops["bager"], creation_key=uuid4(), by=anna, now=NOW)
    rows = list(Resource.objects.visible_to(anna).for_map())
    with django_assert_num_queries(0):
        assert flags_of_resources(rows) == {}
    Unit.objects.filter(pk=shops["kiosk"].pk).update(status="ceased", ended_on=date(2026, 11, 20))
    flags = flags_of_resources(Resource.objects.visible_to(anna).for_map())
    assert {key: (flag.kind, flag.day) for key, flag in flags.items()} == {
        made.pk: (FlagKind.CEASED, date(2026, 11, 20))
    }


def test_protection_counts_only_when_it_came_later(anna: User, area: Area) -> None:
    shop = companies.unit(protected=True, x=X, y=Y)
    made = pick_up(area=area, unit=shop, creation_key=uuid4(), by=anna, now=NOW)
    assert flags_of_resources(Resource.objects.for_list()) == {}
    change(applied_run(), "protected", shop)
    assert list(flags_of_resources(Resource.objects.for_list())) == [made.pk]

"""News of companies near an area: what the imports changed since the person last looked, and no further."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from medspil.accounts.models import User
from medspil.areas.models import Area, NewsRead
from medspil.areas.news import Group, Way, changes_of, mark_read, newest_change, news_of
from medspil.organisations.models import Organisation
from tests.factories import companies, places
from tests.factories.changes import NOW, applied_run, change

pytestmark = pytest.mark.django_db
X, Y = 533_600.0, 6_174_800.0


@pytest.fixture
def area(vejle: Organisation) -> Area:
    """Return Nørremarken: a circle of 600 metres."""
    return places.area(vejle)


def near(area: Area, user: User, **how: object) -> list[tuple[str, float]]:
    """Return what is new near the area, as kinds and whole metres."""
    (news,) = news_of([area], user=user, **how)  # type: ignore[arg-type]
    return [(item.kind.value, round(item.distance)) for item in news.items]


def test_only_what_is_near_the_border_is_news(area: Area, anna: User) -> None:
    run = applied_run()
    change(run, "new", x=X + 3_600, y=Y)  # three kilometres from the rim
    change(run, "new", x=X + 3_601, y=Y)
    change(run, "ceased", x=X + 100, y=Y)
    change(run, "protected", x=None, y=None)
    assert near(area, anna) == [("ceased", 0), ("new", 3_000)]
    assert near(area, anna, reach_km=1) == [("ceased", 0)]
    assert len(near(area, anna, reach_km=5)) == 3


def test_a_move_is_told_from_both_ends(area: Area, anna: User) -> None:
    run, far = applied_run(), X + 50_000
    change(run, "moved", x=X, old_x=far, old_y=Y)
    change(run, "moved", x=far, old_x=X, old_y=Y)
    change(run, "moved", x=X, old_x=X + 900, old_y=Y)
    change(run, "moved", x=far, old_x=far, old_y=Y)
    (news,) = news_of([area], user=anna)
    assert [item.way for item in news.items] == [Way.WITHIN, Way.AWAY, Way.HERE]
    assert (news.moved(Way.HERE), news.counts) == (1, {Group.MOVED: 3})


def test_who_never_looked_hears_what_the_latest_import_of_each_source_changed(area: Area, anna: User) -> None:
    change(applied_run(finished_at=NOW - timedelta(days=7)), "ceased")
    change(applied_run("another", finished_at=NOW - timedelta(days=9)), "moved", old_x=X, old_y=Y)
    change(applied_run(finished_at=NOW), "new")
    assert [kind for kind, _away in near(area, anna)] == ["new", "moved"]
    assert len(near(area, anna, everything=True)) == 3


def test_what_was_read_is_news_no_more_and_what_came_later_is(area: Area, anna: User) -> None:
    run = applied_run()
    change(run, "new")
    seen = newest_change()
    change(run, "ceased")  # came while she read
    mark_read(area=area, user=anna, change=seen, now=NOW)
    assert [kind for kind, _away in near(area, anna)] == ["ceased"]
    (news,) = news_of([area], user=anna)
    assert news.read_at == NOW


def test_reading_is_ones_own_affair_and_of_one_area(area: Area, anna: User, carl: User, vejle: Organisation) -> None:
    change(applied_run(), "new")
    mark_read(area=area, user=anna, change=newest_change(), now=NOW)
    assert near(area, anna) == []
    assert len(near(area, carl)) == 1
    assert len(near(places.area(vejle, "Et andet sted"), anna)) == 1


def test_a_mark_never_goes_back_nor_past_what_there_is(area: Area, anna: User) -> None:
    run = applied_run()
    first, second = change(run, "new").pk, change(run, "ceased").pk
    for asked, kept in ((10**12, second), (first, second), (-5, second)):
        mark_read(area=area, user=anna, change=asked, now=NOW)
        assert NewsRead.objects.get().change == kept


def test_an_area_without_a_place_hears_of_its_municipality(vejle: Organisation, anna: User) -> None:
    area = places.area(vejle, x=None, y=None, radius_m=None)
    run = applied_run()
    change(run, "new", municipality="0630")
    change(run, "new", municipality="0101")
    change(run, "moved", municipality="0101", old_municipality="0630")
    (news,) = news_of([area], user=anna)
    assert [(item.kind, item.way) for item in news.items] == [("moved", Way.AWAY), ("new", None)]
    assert news_of([places.area(vejle, x=None, y=None, municipality="")], user=anna) == []


def test_many_areas_and_many_news_take_three_queries(
    vejle: Organisation, anna: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    run = applied_run()
    for _each in range(30):
        change(run, "new")
    areas = [places.area(vejle, f"Område {nth}") for nth in range(6)]
    mark_read(area=areas[0], user=anna, change=newest_change(), now=NOW)
    with django_assert_num_queries(3):
        news = news_of(areas, user=anna)
    assert [len(one.items) for one in news] == [0, 30, 30, 30, 30, 30]
    with django_assert_num_queries(1):
        changes = changes_of(news[1].items[:10], user=anna)
        assert {one.unit.name for one in changes} == {"Virksomhed new"}
        assert [one.run for one in changes] == [run] * 10


def test_a_border_counts_instead_of_the_centre(vejle: Organisation, anna: User) -> None:
    ring = [[9.53, 55.71], [9.56, 55.71], [9.56, 55.73], [9.53, 55.73], [9.53, 55.71]]
    area = places.area(vejle, border={"type": "Polygon", "coordinates": [ring]}, radius_m=None, x=None, y=None)
    unit = companies.unit(x=533_400.0, y=6_174_500.0)
    change(applied_run(), "new", unit)
    assert near(area, anna, reach_km=1) == [("new", 0)]

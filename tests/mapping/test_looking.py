"""Looking at what an area has: found by Danish words, reminded of in time, at a price that does not grow."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.mapping.companies import pick_up
from medspil.mapping.forgetting import SILENCE
from medspil.mapping.models import Answer, Inquiry, Resource
from medspil.mapping.reminders import ToConfirm, Why, reminders, to_confirm
from medspil.mapping.search import search
from medspil.mapping.services import answer_inquiry, ask_still_right
from medspil.register.models import Unit
from tests.factories import companies
from tests.factories.resources import NOW, TODAY, contact, person, resource

LONG_AGO = NOW - SILENCE - timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("syning", ["Systuen"]),
        ("lærlinge", ["Cykelværkstedet"]),
        ("cykel", ["Cykelværkstedet"]),
        ("BØRNENE", ["Nordklubben", "Systuen"]),
        ("nordk", ["Nordklubben"]),
        ("fodbold vejle", ["Nordklubben"]),
        ("fodbold syning", []),
        ("virksomhed", ["Cykelværkstedet"]),
        ("og", ["Nordklubben", "Systuen", "Cykelværkstedet"]),
        ("", ["Nordklubben", "Systuen", "Cykelværkstedet"]),
        ("hund", []),
    ],
)
def test_resources_are_found_by_words_as_danish_bends_and_joins_them(
    anna: User, area: Area, text: str, names: list[str]
) -> None:
    rows = [
        resource(area, anna, "Nordklubben", can_do="Fodbold for børn", place="Vejle"),
        resource(area, anna, "Systuen", "place", can_do="Kurser i syning, også for et barn"),
        resource(area, anna, "Cykelværkstedet", "company", kinds=["apprenticeship"]),
    ]
    assert sorted(one.name for one in search(rows, text)) == sorted(names)


def test_a_name_counts_more_than_a_word_in_passing(anna: User, area: Area) -> None:
    passing = resource(area, anna, "Klubben", can_do="mødes i køkkenet")
    named = resource(area, anna, "Køkkenet", "place")
    assert search([passing, named], "køkken") == [named, passing]


@settings(max_examples=50)
@given(st.text(max_size=300))
def test_no_search_is_too_odd(text: str) -> None:
    row = Resource(kind="place", name="Haven", review_on=TODAY)
    assert search([row], text) in ([], [row])


def test_reminders_say_what_to_look_at_the_most_pressing_first(anna: User, bo: User, area: Area) -> None:
    shop = companies.unit(x=area.x, y=area.y)
    closed = pick_up(area=area, unit=shop, creation_key=uuid4(), by=anna, now=NOW)
    Unit.objects.filter(pk=shop.pk).update(status="ceased", ended_on=date(2026, 11, 20))
    stale = resource(area, anna, "Gammel", confirmed_on=date(2025, 1, 1))
    soon = resource(area, anna, "Snart", confirmed_on=date(2025, 12, 20))
    silent, wrong = resource(area, anna, "Tavs"), resource(area, anna, "Forkert")
    for one in (silent, wrong):
        asked = ask_still_right(contact=contact(one, anna), by=anna, now=NOW, address_of=lambda token: token)
    answer_inquiry(token=asked.address, answer=Answer.WRONG, now=NOW)
    Inquiry.objects.filter(resource=silent).update(sent_on=TODAY - timedelta(days=15))
    found = [(one.why, one.resource) for one in reminders(area, user=anna, on=TODAY)]
    assert found == [
        (Why.ANSWERED, wrong), (Why.CLOSED, closed), (Why.STALE, stale), (Why.UNANSWERED, silent), (Why.SOON, soon),
    ]  # fmt: skip
    seen_by_broker = [one.why for one in reminders(area, user=bo, on=TODAY)]
    assert seen_by_broker == [Why.CLOSED, Why.STALE, Why.NEVER, Why.NEVER, Why.SOON]
    new = resource(area, anna, "Ny")
    assert (Why.NEVER, new) in [(one.why, one.resource) for one in reminders(area, user=anna, on=TODAY)]
    with CaptureQueriesContext(connection) as asked_for:
        assert to_confirm([area], user=anna, on=TODAY) == {area.pk: ToConfirm(stale=1, never=3, answers=1)}
    assert len(asked_for) == 2
    assert to_confirm([area], user=bo, on=TODAY) == {}  # a broker does not map


def furnish(area: Area, anna: User, many: int) -> None:
    """Fill an area with some of everything."""
    for number in range(many):
        reached = contact(person(area, anna, f"Person {number}", confirmed_on=date(2025, 1, 1)), anna)
        asked = ask_still_right(contact=reached, by=anna, now=NOW, address_of=lambda token: token)
        answer_inquiry(token=asked.address, answer=Answer.WRONG, now=NOW)
        shop = companies.unit(f"Butik {number}", x=area.x, y=area.y)
        pick_up(area=area, unit=shop, creation_key=uuid4(), by=anna, now=NOW)
        Unit.objects.filter(pk=shop.pk).update(status="ceased")


def queries(area: Area, anna: User) -> int:
    """Return how many queries map, list, search and reminders take together."""
    with CaptureQueriesContext(connection) as asked:
        rows = list(Resource.objects.visible_to(anna).filter(area=area).for_map())
        assert all(str(one.organisation or one.unit or "") is not None for one in rows)
        search(rows, "person")
        list(Resource.objects.visible_to(anna).filter(area=area).for_list())
        reminders(area, user=anna, on=TODAY)
    return len(asked)


def test_more_resources_cost_no_more_queries(anna: User, area: Area) -> None:
    furnish(area, anna, 1)
    few = queries(area, anna)
    furnish(area, anna, 4)
    assert queries(area, anna) == few
    assert few <= 8


def test_the_map_is_one_query(anna: User, area: Area) -> None:
    furnish(area, anna, 3)
    with CaptureQueriesContext(connection) as asked:
        names = [(one.name, one.unit and one.unit.name) for one in Resource.objects.visible_to(anna).for_map()]
    assert (len(asked), len(names)) == (1, 6)

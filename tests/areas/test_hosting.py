"""Volunteers are asked for by the group that receives them, before anyone offers; a need starts from a challenge."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from medspil.accounts.models import HistoryEntry, User
from medspil.areas import services
from medspil.areas.hosting import NoHostYet, refuse_without_host, volunteers_ready
from medspil.areas.models import Area, Need
from medspil.areas.services import StartsNowhere
from medspil.catalogue.vocabulary import KindGroup, vocabulary
from medspil.organisations.models import Organisation
from tests.factories import places
from tests.factories.people import NOW

SAID: dict[str, Any] = {
    "host_name": "Drengeklubben",
    "host_capacity": 3,
    "good_day": "Vi bygger sæbekasser fra tre til fem",
    "hosted_on": date(2026, 11, 1),
}
PEOPLE = tuple(kind.code for kind in vocabulary().resource_kinds.values() if kind.group is KindGroup.PEOPLE)


@pytest.fixture
def area(vejle: Organisation) -> Area:
    """Return Anna's area."""
    return places.area(vejle)


def edit(need: Need, anna: User, **facts: Any) -> Need:
    return services.edit_need(need=need, expected_version=need.version, by=anna, now=NOW, **facts)


@pytest.mark.parametrize("kind", PEOPLE)
def test_a_need_for_people_s_time_is_opened_when_the_receiving_group_said_all(
    area: Area, anna: User, kind: str
) -> None:
    need = places.need(area, kinds=(kind,))
    for name, value in SAID.items():
        with pytest.raises(NoHostYet):
            edit(need, anna, open_to_companies=True)
        with pytest.raises(NoHostYet):
            refuse_without_host(need)
        assert not volunteers_ready(need)
        need = edit(need, anna, **{name: value})
    assert volunteers_ready(need)
    assert edit(need, anna, open_to_companies=True).open_to_companies


def test_all_can_be_said_and_opened_at_once(area: Area, anna: User, vejle: Organisation) -> None:
    said = {name: value for name, value in SAID.items() if name != "host_name"}
    need = edit(places.need(area, kinds=PEOPLE), anna, host=vejle, open_to_companies=True, **said)
    assert (need.host, need.open_to_companies) == (vejle, True)
    assert HistoryEntry.objects.of(need)[0].changes["host_id"] == [None, vejle.pk]


def test_a_need_for_other_things_needs_nobody_to_receive_them(area: Area, anna: User) -> None:
    need = places.need(area, kinds=("transport", "homework_help"))
    assert volunteers_ready(need)
    assert edit(need, anna, open_to_companies=True).open_to_companies


def test_an_open_need_cannot_begin_to_ask_for_volunteers_by_the_back_door(area: Area, anna: User) -> None:
    need = edit(places.need(area, kinds=("transport",)), anna, open_to_companies=True)
    with pytest.raises(NoHostYet):
        services.set_kinds(need=need, kinds=["transport", PEOPLE[0]], expected_version=need.version, by=anna, now=NOW)
    need = edit(need, anna, **SAID)
    need = services.set_kinds(need=need, kinds=[PEOPLE[0]], expected_version=need.version, by=anna, now=NOW)
    with pytest.raises(NoHostYet):
        edit(need, anna, good_day="")
    assert Need.objects.get(pk=need.pk).good_day == SAID["good_day"]


def test_a_need_that_stood_open_before_the_rule_can_be_changed_and_says_what_is_missing(area: Area, anna: User) -> None:
    old = places.need(area, kinds=PEOPLE, open_to_companies=True)
    assert not volunteers_ready(old)
    old = edit(old, anna, title="En ny linje", host_capacity=2)
    old = services.set_kinds(need=old, kinds=PEOPLE[:1], expected_version=old.version, by=anna, now=NOW)
    assert old.open_to_companies
    closed = edit(old, anna, open_to_companies=False)
    with pytest.raises(NoHostYet):
        edit(closed, anna, open_to_companies=True)


def test_a_need_has_one_host_by_record_or_by_name(area: Area, anna: User, vejle: Organisation) -> None:
    need = edit(places.need(area, kinds=PEOPLE), anna, **SAID)
    with pytest.raises(ValidationError):
        edit(need, anna, host=vejle)
    assert edit(need, anna, host=vejle, host_name="").host == vejle


def test_a_need_starts_from_a_challenge_or_says_why_not(area: Area, anna: User) -> None:
    told: dict[str, Any] = {"area": area, "title": "Bus", "by": anna, "now": NOW}
    for nothing in ("", " "):
        with pytest.raises(StartsNowhere):
            services.create_need(creation_key=uuid4(), no_challenge_reason=nothing, **told)
    with pytest.raises(StartsNowhere):
        services.create_need(creation_key=uuid4(), **told)
    challenge = places.challenge(area)
    first = services.create_need(creation_key=uuid4(), challenge=challenge, no_challenge_reason="Ja", **told)
    assert (first.challenge, first.no_challenge_reason) == (challenge, "")
    second = services.create_need(creation_key=uuid4(), no_challenge_reason="Beboerne bad om det", **told)
    assert second.challenge is None


def test_a_need_does_not_lose_where_it_starts(area: Area, anna: User) -> None:
    challenge = places.challenge(area)
    need = places.need(area, challenge=challenge)
    with pytest.raises(StartsNowhere):
        edit(need, anna, challenge=None)
    need = edit(need, anna, challenge=None, no_challenge_reason="Beboerne bad om det")
    with pytest.raises(StartsNowhere):
        edit(need, anna, no_challenge_reason="")
    need = edit(need, anna, challenge=challenge)
    assert need.no_challenge_reason == ""


def test_a_need_from_before_may_stay_without_and_be_changed(area: Area, anna: User) -> None:
    need = edit(places.need(area), anna, text="Mentorer", challenge=None, no_challenge_reason="")
    assert (need.text, need.challenge) == ("Mentorer", None)

"""A consent that is taken back takes the person out of everything, at once and for good."""

import io
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from medspil.accounts.models import OneTimeLink, User
from medspil.accounts.one_time_links import LinkRevoked
from medspil.areas.models import Area
from medspil.linking.models import LinkParty
from medspil.mapping import withdrawal
from medspil.mapping.files import ListGone, apply_list, take_in
from medspil.mapping.merging import MergeStands, merge_resources, take_back
from medspil.mapping.models import (
    Answer,
    Competence,
    Consent,
    HowEnded,
    Inquiry,
    Resource,
    ResourceContact,
    ResourceList,
    ResourceMerge,
    Scope,
)
from medspil.mapping.services import (
    AlreadyWithdrawn,
    Asked,
    NoContactAllowed,
    add_contact,
    answer_inquiry,
    ask_still_right,
    confirm,
    edit_resource,
    give_consent,
    put_away,
    question_of,
    withdraw_consent,
)
from tests.factories import links, places
from tests.factories.resources import NOW, TODAY, consent, contact, person, resource
from tests.factories.ways_out import READERS
from tests.factories.ways_out_pages import PAGES

HERS = ("fatima", "halstørklæder", "enghaven", "12345678")


def furnish(area: Area, anna: User) -> tuple[Resource, Asked]:
    """Put Fatima everywhere she can be: on the map twice and merged, reached, asked, in a file that waits."""
    facts: dict[str, Any] = {
        "can_do": "Fatima strikker halstørklæder",
        "kinds": ["sports"],
        "place": "Enghaven 3, 7100 Vejle",
        "ambassador": True,
        "gifts": ["hand"],
    }
    fatima = person(area, anna, **facts)
    double = person(area, anna, "Fatima Nilsen", can_do="strikker halstørklæder og vanter")
    person(area, anna, "Fatema Nielsen", place="Skovvej 4")  # somebody else, who stays
    reached = contact(fatima, anna, phone="12345678")
    merge_resources(kept=fatima, gone=double, by=anna, now=NOW, from_gone=frozenset({"can_do"}))
    fatima.refresh_from_db()
    edit_resource(resource=fatima, expected_version=fatima.version, by=anna, now=NOW, when="når Fatima kan")
    asked = ask_still_right(contact=reached, by=anna, now=NOW, address_of=lambda token: token)
    answer_inquiry(token=asked.address, answer=Answer.CHANGED, text="Fatima her: halstørklæder om mandagen", now=NOW)
    Inquiry.objects.update(sent_on=TODAY.replace(year=2025))
    asked = ask_still_right(contact=reached, by=anna, now=NOW, address_of=lambda token: token)
    take = places.challenge(area)
    Competence.objects.create(challenge=take, kind="sports")
    link = links.link(places.need(area, challenge=take), fatima, by=anna, sentence="Fatima lærer de unge at strikke")
    LinkParty.objects.filter(link=link, resource=fatima).update(brings="halstørklæder")
    file = io.BytesIO(b"Navn;Slags\nFatima Nielsen;person\nKlubben;forening\n")
    take_in(area=area, file=file, name="liste.csv", creation_key=uuid4(), by=anna, now=NOW)
    return fatima, asked


def test_pages_and_files_are_among_the_ways() -> None:
    assert set(PAGES) < set(READERS)


@pytest.mark.parametrize("way", sorted(READERS))
def test_who_withdraws_comes_out_by_no_way_any_more(anna: User, area: Area, way: str) -> None:
    fatima, _asked = furnish(area, anna)
    before = READERS[way](area, anna).casefold()
    assert any(word in before for word in HERS), "the way shows nobody, so it would prove nothing"
    withdraw_consent(resource=fatima, how=HowEnded.SAID, by=anna, now=NOW)
    after = READERS[way](area, anna).casefold()
    assert [word for word in HERS if word in after] == []


def test_what_remains_is_a_row_that_says_so_for_the_count(anna: User, area: Area) -> None:
    fatima, _asked = furnish(area, anna)
    withdraw_consent(resource=fatima, how=HowEnded.SAID, by=anna, now=NOW)
    assert Resource.objects.filter(area=area).withdrawn().count() == 2  # her two rows, one gone into the other
    assert (fatima.withdrawn_on, fatima.name, fatima.x, fatima.kind) == (TODAY, "", None, "person")
    assert "Fatima" not in str(fatima)
    assert str(fatima)
    ended = Consent.objects.get(resource=fatima)
    assert (ended.withdrawn_on, ended.withdrawn_how) == (TODAY, HowEnded.SAID)
    assert not ResourceContact.objects.exists()


def test_others_stay_as_they_were(anna: User, area: Area) -> None:
    fatima, _asked = furnish(area, anna)
    club = resource(area, anna)
    withdraw_consent(resource=fatima, how=HowEnded.SAID, by=anna, now=NOW)
    names = set(Resource.objects.visible_to(anna).current().values_list("name", flat=True))
    assert names == {"Fatema Nielsen", club.name}


def test_it_is_for_good(anna: User, area: Area) -> None:
    fatima, asked = furnish(area, anna)
    stale = Resource.objects.get(pk=fatima.pk)
    withdraw_consent(resource=fatima, how=HowEnded.SAID, by=anna, now=NOW)
    late: list[Callable[[], object]] = [
        lambda: edit_resource(resource=stale, expected_version=stale.version, by=anna, now=NOW, name="Fatima"),
        lambda: confirm(resource=stale, by=anna, now=NOW),
        lambda: put_away(resource=stale, reason="Fatima er flyttet", by=anna, now=NOW),
    ]
    for deed in late:
        with pytest.raises(AlreadyWithdrawn):
            deed()
    with pytest.raises(AlreadyWithdrawn):
        contact(stale, anna)
    with pytest.raises(AlreadyWithdrawn):
        give_consent(resource=stale, consent=consent(), by=anna, now=NOW)
    with pytest.raises(MergeStands):
        take_back(merged=ResourceMerge.objects.get(), by=anna, now=NOW)
    with pytest.raises(LinkRevoked):
        question_of(token=asked.address, now=NOW)
    assert not OneTimeLink.objects.exclude(recipient_email="", recipient_name="").exists()


def test_a_second_click_changes_nothing(anna: User, area: Area) -> None:
    fatima, _asked = furnish(area, anna)
    withdraw_consent(resource=fatima, how=HowEnded.SAID, by=anna, now=NOW)
    version = Resource.objects.get(pk=fatima.pk).version
    withdraw_consent(resource=fatima, how=HowEnded.LINK, by=None, now=NOW)
    assert Resource.objects.get(pk=fatima.pk).version == version
    assert Consent.objects.get(resource=fatima).withdrawn_how == HowEnded.SAID


def test_she_can_do_it_herself_by_the_link(anna: User, area: Area) -> None:
    fatima, asked = furnish(area, anna)
    answer_inquiry(token=asked.address, answer=Answer.REMOVE, text="Fatima vil ud", now=NOW)
    fatima.refresh_from_db()
    assert fatima.withdrawn_on == TODAY
    assert set(Inquiry.objects.values_list("text", flat=True)) == {""}
    assert Consent.objects.get(resource=fatima).withdrawn_how == HowEnded.LINK


def test_whom_she_was_once_taken_for_does_not_tell_her_name(anna: User, area: Area) -> None:
    fatima, other = person(area, anna, can_do="strikker halstørklæder"), person(area, anna, "Fatema Nielsen")
    merged = merge_resources(kept=other, gone=fatima, by=anna, now=NOW)
    take_back(merged=merged, by=anna, now=NOW)
    withdraw_consent(resource=fatima, how=HowEnded.SAID, by=anna, now=NOW)
    for way in READERS.keys() - PAGES.keys():
        after = READERS[way](area, anna).casefold()
        assert [word for word in HERS if word in after] == [], way
    assert Resource.objects.visible_to(anna).get() == other


def test_a_file_that_names_her_and_waits_is_thrown_away_but_not_files_of_others(anna: User, area: Area) -> None:
    fatima, _asked = furnish(area, anna)
    file = io.BytesIO(b"Navn;Slags\nKlubben;forening\nHaven;sted\n")
    other = take_in(area=area, file=file, name="andre.csv", creation_key=uuid4(), by=anna, now=NOW)
    withdraw_consent(resource=fatima, how=HowEnded.SAID, by=anna, now=NOW)
    hers = ResourceList.objects.exclude(pk=other.pk).get()
    with pytest.raises(ListGone):
        apply_list(waiting=hers, by=anna, now=NOW)
    assert apply_list(waiting=other, by=anna, now=NOW).added == 2


@pytest.fixture
def rooms_above() -> Iterator[list[tuple[list[int], datetime]]]:
    """Return what a room above is told to forget."""
    told: list[tuple[list[int], datetime]] = []
    before = list(withdrawal._also)
    withdrawal.also_forgets(lambda keys, now: told.append((keys, now)))
    yield told
    withdrawal._also[:] = before


def test_rooms_above_are_told_whom_to_forget(
    anna: User, area: Area, rooms_above: list[tuple[list[int], datetime]]
) -> None:
    fatima, _asked = furnish(area, anna)
    withdraw_consent(resource=fatima, how=HowEnded.SAID, by=anna, now=NOW)
    [(keys, moment)] = rooms_above
    assert fatima.pk in keys
    assert len(keys) == 2
    assert moment == NOW


def test_a_newer_consent_takes_the_place_of_the_older_and_what_it_no_longer_covers_goes(anna: User, area: Area) -> None:
    fatima = person(area, anna)
    contact(fatima, anna)
    give_consent(resource=fatima, consent=consent(Scope.ON_MAP), by=anna, now=NOW)
    again = give_consent(resource=fatima, consent=consent(Scope.ON_MAP), by=anna, now=NOW)
    assert [one.scope for one in Consent.objects.standing()] == [[Scope.ON_MAP]]
    assert Consent.objects.get(withdrawn_how=HowEnded.REPLACED).scope == list(Scope)
    assert again == Consent.objects.standing().get()
    assert not ResourceContact.objects.exists()
    with pytest.raises(NoContactAllowed):
        add_contact(resource=fatima, by=anna, now=NOW, phone="12345678", source="hende", purpose="aftaler")

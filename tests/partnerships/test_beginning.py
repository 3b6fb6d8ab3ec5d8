"""A link whose sides have all said yes begins as a partnership, once, and can be taken back while it is empty."""

from datetime import timedelta

import pytest

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.common.models import EditConflict
from medspil.linking.link_states import NotAllSaidYes
from medspil.linking.models import Link, LinkState
from medspil.partnerships.beginning import LONGEST_NAME, WorkInIt, begin, take_back
from medspil.partnerships.conversations import Said, note_conversation
from medspil.partnerships.models import Channel, Partnership
from medspil.partnerships.permissions import rights_in
from tests.factories import companies, links
from tests.factories.partnerships import all_say_yes, partnership
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db


def test_all_who_said_yes_take_part_from_the_day_on(need: Need, anna: User) -> None:
    day = NOW.date() - timedelta(days=3)
    link = all_say_yes(links.link(need, companies.unit(), by=anna), by=anna)
    for _click in range(2):
        begin(link=Link.objects.get(pk=link.pk), on=day, expected_version=link.version, by=anna, now=NOW)
    made = Partnership.objects.for_page().get(link=link)
    assert (f"{made.name}.", made.begun_on, made.standing, made.version) == (link.sentence, day, "going", 1)
    sides = list(link.parties.order_by("pk"))
    assert [(one.side, one.joined_on, one.left_on) for one in made.partners.all()] == [
        (one, day, None) for one in sides
    ]
    assert Link.objects.get(pk=link.pk).state == LinkState.PARTNERSHIP


def test_a_place_takes_no_part_in_what_rests_on_it(need: Need, anna: User) -> None:
    made = partnership(need, companies.unit(), links.resource(need, "Den lange gavl", "place"), by=anna)
    assert made.link.parties.count() == 3
    assert all(one.side.resource is None for one in made.partners.all())
    assert made.partners.count() == 2


def test_nothing_begins_before_all_have_said_yes(need: Need, anna: User) -> None:
    link = links.link(need, companies.unit(), by=anna)
    with pytest.raises(NotAllSaidYes):
        begin(link=link, on=NOW.date(), expected_version=link.version, by=anna, now=NOW)
    assert not Partnership.objects.exists()


def test_a_long_sentence_is_cut_after_a_word(need: Need, anna: User) -> None:
    made = partnership(need, companies.unit(), by=anna, sentence="fotoskole " * 25)
    assert len(made.name) <= LONGEST_NAME
    assert made.name.endswith("fotoskole …")


def test_it_can_be_taken_back_while_nothing_was_done_in_it(need: Need, anna: User) -> None:
    link = partnership(need, companies.unit(), by=anna).link
    with pytest.raises(EditConflict):
        take_back(link=link, expected_version=link.version - 1, by=anna, now=NOW)
    assert Partnership.objects.filter(link=link).exists()
    take_back(link=link, expected_version=link.version, by=anna, now=NOW)
    assert not Partnership.objects.exists()
    assert Link.objects.get(pk=link.pk).state == LinkState.INTERESTED


def test_after_something_was_done_it_is_ended_not_taken_back(need: Need, anna: User) -> None:
    made = partnership(need, companies.unit(), by=anna)
    later = NOW + timedelta(days=2)
    said = Said(channel=Channel.MEETING, at=later, text="Vi mødtes.")
    party = made.link.parties.latest("pk")
    note_conversation(link=made.link, party=party, said=said, creation_key=made.creation_key, by=anna, now=later)
    with pytest.raises(WorkInIt):
        take_back(link=made.link, expected_version=made.link.version, by=anna, now=later)
    assert Link.objects.get(pk=made.link.pk).state == LinkState.PARTNERSHIP


def test_the_area_runs_it_and_a_stranger_sees_nothing(need: Need, anna: User, carl: User) -> None:
    made = partnership(need, companies.unit(), by=anna)
    assert list(Partnership.objects.visible_to(anna, on=NOW.date())) == [made]
    assert not Partnership.objects.visible_to(carl, on=NOW.date()).exists()
    rights = rights_in(anna, made)
    own = made.partners.get(side__organisation=need.area.owner)
    assert (rights.sees_area, rights.runs, rights.own) == (True, True, frozenset({own.pk}))

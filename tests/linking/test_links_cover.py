"""Links count where an area lacks something: who said yes has it, who was asked is shown, people are in no file."""

import pytest

from medspil.accounts.models import User
from medspil.areas.models import Challenge, Need
from medspil.linking.models import Answer, Link, LinkParty, LinkState
from medspil.mapping.coverage import Cover, Row, coverages
from medspil.mapping.holders import Source
from medspil.mapping.models import Competence
from medspil.organisations.models import Organisation
from tests.factories import links, offering, places
from tests.factories.resources import NOW, TODAY, consent, person, resource


@pytest.fixture
def challenge(vejle: Organisation, anna: User) -> Challenge:
    """Return a challenge that takes photography, in an area that has something else."""
    area = places.area(vejle)
    resource(area, anna, kinds=["sports"])
    made = places.challenge(area)
    Competence.objects.create(challenge=made, kind="photo_film")
    return made


@pytest.fixture
def need(challenge: Challenge) -> Need:
    """Return the need that answers the challenge."""
    return places.need(challenge.area, kinds=("photo_film",), challenge=challenge)


def row(challenge: Challenge, user: User) -> Row:
    (found,) = coverages([challenge.area], user=user, on=TODAY)[challenge.area_id].rows
    return found


def test_who_said_yes_has_it_and_who_was_asked_is_only_shown(challenge: Challenge, need: Need, anna: User) -> None:
    studio = offering.company("Lysets Fotostudie")
    link = links.link(need, studio, by=anna)
    asked = row(challenge, anna)
    assert (asked.cover, [(one.name, one.counts) for one in asked.holders]) == (Cover.ASKED, [(studio.name, False)])
    LinkParty.objects.filter(link=link, organisation=studio).update(answer=Answer.YES)
    assert row(challenge, anna).cover is Cover.HERE


def test_a_partnership_counts_until_it_is_put_away(challenge: Challenge, need: Need, anna: User) -> None:
    link = links.link(need, offering.company("Studiet"), by=anna)
    Link.objects.filter(pk=link.pk).update(state=LinkState.PARTNERSHIP, partnership_on=TODAY)
    assert row(challenge, anna).cover is Cover.HERE
    Link.objects.filter(pk=link.pk).update(archived_at=NOW)
    assert (row(challenge, anna).cover, row(challenge, anna).holders) == (Cover.ASKED, [])


def test_people_in_links_stand_in_no_file(challenge: Challenge, need: Need, anna: User) -> None:
    fatima = person(challenge.area, anna, "Fatima", kinds=["photo_film"], consent=consent())
    links.link(need, fatima, by=anna)
    by_source = {one.source: one for one in row(challenge, anna).holders}
    assert (by_source[Source.RESOURCE].printed, by_source[Source.LINK].printed) == (True, False)

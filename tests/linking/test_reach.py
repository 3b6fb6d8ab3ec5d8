"""How far resources and needs got is derived: mapped, linked, mobilised, and what was never linked."""

from datetime import timedelta

import pytest

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.asking import answer_yes, become_partnership
from medspil.linking.models import Link
from medspil.linking.reach import Reach, Stage, reach_of
from medspil.linking.refusals import refuse
from medspil.mapping.models import Resource
from medspil.organisations.models import Organisation
from tests.factories import companies, links, people, places
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
EARLIER = NOW - timedelta(days=200)


def mobilise(link: Link, by: User) -> None:
    side = link.parties.exclude(organisation=link.area.owner).get()
    answer_yes(link=link, party=side, on=TODAY, expected_version=1, by=by, now=NOW)
    own = link.parties.get(organisation=link.area.owner)
    answer_yes(link=Link.objects.get(pk=link.pk), party=own, on=TODAY, expected_version=2, by=by, now=NOW)
    become_partnership(link=Link.objects.get(pk=link.pk), on=TODAY, expected_version=3, by=by, now=NOW)


def reach(one: Resource) -> Reach:
    return reach_of(Resource.objects.filter(pk=one.pk).for_list())[one.pk]


def test_a_resource_goes_from_mapped_to_linked_to_mobilised(need: Need, anna: User) -> None:
    club = links.resource(need, created_at=EARLIER)
    assert (reach(club).stage, reach(club).mapped_on) == (Stage.MAPPED, EARLIER.date())
    link = links.link(need, club, by=anna)
    assert (reach(club).stage, reach(club).linked_on, reach(club).links) == (Stage.LINKED, TODAY, 1)
    mobilise(link, anna)
    assert (reach(club).stage, reach(club).mobilised_on) == (Stage.MOBILISED, TODAY)


def test_it_is_linked_by_its_organisation_and_by_its_entry_in_the_register_too(need: Need, anna: User) -> None:
    unit, other = companies.unit(), companies.unit("Anden")
    firm, house = people.organisation("Smedjen", "company"), people.organisation("Huset", "association")
    Organisation.objects.filter(pk=house.pk).update(unit=other)
    house.refresh_from_db()
    by_unit = links.resource(need, "Smedjen", "company", unit=unit)
    by_organisation = links.resource(need, "Firmaet", "company", organisation=firm)
    behind = links.resource(need, "Husets sal", "place", organisation=house)
    untouched = links.resource(need, "Parken", "place")
    for party in (unit, firm, other):
        links.link(need, party, by=anna)
    assert [reach(one).stage for one in (by_unit, by_organisation, behind, untouched)] == ["linked"] * 3 + ["mapped"]


def test_what_came_to_nothing_is_counted_apart_and_another_areas_links_do_not_count(need: Need, anna: User) -> None:
    unit = companies.unit()
    club = links.resource(need, unit=unit, kind="company")
    link = links.link(need, club, by=anna)
    side = link.parties.get(resource=club)
    refuse(link=link, party=side, reason="never", on=TODAY, expected_version=1, by=anna, now=NOW)
    links.link(places.need(places.area(need.area.owner, name="Andet")), unit, by=anna)
    assert (reach(club).stage, reach(club).links, reach(club).turned_down) == (Stage.MAPPED, 0, 1)


def test_a_link_that_was_put_away_links_nothing(need: Need, anna: User) -> None:
    club = links.resource(need)
    links.link(need, club, by=anna)
    Link.objects.update(archived_at=NOW)
    assert reach(club) == Reach(mapped_on=TODAY)


def test_what_was_mapped_long_ago_and_stands_in_no_link_waits(need: Need, anna: User) -> None:
    old = links.resource(need, "Gammel", created_at=NOW - timedelta(days=90))
    new = links.resource(need, "Ny", created_at=NOW - timedelta(days=89))
    linked = links.resource(need, "Koblet", created_at=EARLIER)
    links.link(need, linked, by=anna)
    assert [reach(one).waits(TODAY) for one in (old, new, linked)] == [True, False, False]

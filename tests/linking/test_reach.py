"""How far resources and needs got is derived: mapped, linked, mobilised, and what was never linked."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.asking import answer_yes, become_partnership
from medspil.linking.models import Link
from medspil.linking.reach import Reach, Stage, Stages, funnel_of, never_linked, reach_of
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


def test_what_was_mapped_long_ago_and_never_linked_is_found_the_oldest_first(need: Need, anna: User) -> None:
    old = links.resource(need, "Gammel", created_at=NOW - timedelta(days=90))
    oldest = links.resource(need, "Ældst", created_at=EARLIER)
    linked = links.resource(need, "Koblet", created_at=EARLIER)
    links.resource(need, "Ny", created_at=NOW - timedelta(days=89))
    links.link(need, linked, by=anna)
    assert never_linked(Resource.objects.all().for_list(), on=TODAY) == [oldest, old]


def test_the_funnel_counts_resources_needs_and_links(need: Need, anna: User, carl: User) -> None:
    club, _hall = links.resource(need), links.resource(need, "Hallen", "place")
    places.need(need.area, title="Transport", kinds=("transport", "photo_film"))
    mobilise(links.link(need, club, by=anna), anna)
    links.link(need, companies.unit(), by=anna)
    found = funnel_of(need.area, user=anna, on=TODAY)
    assert found.resources == Stages(mapped=2, linked=1, mobilised=1)
    assert found.by_asset_kind == {"association": Stages(1, 1, 1), "place": Stages(1, 0, 0)}
    assert found.needs == Stages(mapped=2, linked=1, mobilised=1)
    assert found.by_resource_kind == {"photo_film": Stages(2, 1, 1), "transport": Stages(1, 0, 0)}
    assert found.links == {"partnership": 1, "idea": 1}
    assert funnel_of(need.area, user=carl, on=TODAY).resources == Stages()


def test_a_large_funnel_costs_no_more_queries(need: Need, anna: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            funnel_of(need.area, user=anna, on=TODAY)
        return len(asked)

    links.link(need, links.resource(need), by=anna)
    one = queries()
    for number in range(5):
        other = places.need(need.area, title=f"Nr. {number}", kinds=("transport",))
        links.link(other, links.resource(need, f"Forening {number}"), by=anna)
    assert queries() == one

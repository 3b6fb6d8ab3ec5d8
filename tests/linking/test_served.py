"""Needs on which somebody works: companies kept for them or links with them; nobody is told to look for more."""

import pytest

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.models import Link, LinkState
from medspil.linking.served import served_needs
from medspil.organisations.models import abilities_anywhere
from medspil.web.home.work import work_of
from tests.factories import companies, links, places
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def test_a_need_with_a_link_is_on_its_way_until_the_link_is_turned_down(need: Need, anna: User, carl: User) -> None:
    places.need(need.area, "Et andet behov")
    assert served_needs([need.area], user=anna, on=TODAY) == set()
    made = links.link(need, companies.unit("Fotograf Per"), by=anna)
    assert served_needs([need.area], user=anna, on=TODAY) == {need.pk}
    assert served_needs([need.area], user=carl, on=TODAY) == set()
    Link.objects.filter(pk=made.pk).update(state=LinkState.TURNED_DOWN)
    assert served_needs([need.area], user=anna, on=TODAY) == set()


def test_the_first_page_asks_nobody_to_look_for_companies_where_there_is_a_link(need: Need, anna: User) -> None:
    other = places.need(need.area, "Et andet behov")
    links.link(need, companies.unit("Fotograf Per"), by=anna)
    found = work_of(anna, abilities_anywhere(anna), today=TODAY)
    assert [line.need.pk for line in found.without_ranking] == [other.pk]

"""Who may see and change an area: by role, as owner and as partner."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspil.accounts.models import User
from medspil.areas.models import Area, Challenge, Need
from medspil.areas.permissions import abilities
from medspil.organisations.models import Membership, Organisation
from medspil.organisations.roles import ROLE_ABILITIES, Ability, Role
from tests.factories import people, places


@pytest.fixture
def school(db: None) -> Organisation:
    return people.organisation("Skolen", "school")


@pytest.fixture
def area(vejle: Organisation, school: Organisation) -> Area:
    made = places.area(vejle)
    made.partners.add(school)
    return made


@pytest.mark.parametrize("role", Role)
def test_the_owner_s_people_may_do_what_their_role_says(area: Area, vejle: Organisation, role: Role) -> None:
    assert abilities(people.member(vejle, role), area).names == ROLE_ABILITIES[role]


@pytest.mark.parametrize("role", Role)
def test_a_partner_s_people_may_do_the_same_except_change_the_area(
    area: Area, school: Organisation, role: Role
) -> None:
    assert abilities(people.member(school, role), area).names == ROLE_ABILITIES[role] - {Ability.EDIT_AREA}


def test_strangers_and_those_who_left_may_do_nothing(area: Area, anna: User, carl: User) -> None:
    assert not abilities(carl, area).names
    assert not abilities(AnonymousUser(), area).names
    Membership.objects.filter(user=anna).update(ended_on="2026-01-01")
    assert not abilities(anna, area).names


def test_abilities_cost_one_query(area: Area, anna: User) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert abilities(anna, area).edit_area
    assert len(queries) == 1


def test_areas_challenges_and_needs_are_visible_to_owner_and_partner_and_to_nobody_else(
    area: Area, school: Organisation, anna: User, carl: User
) -> None:
    places.challenge(area)
    places.need(area)
    bo = people.member(school, Role.ASSOCIATION_CONTACT, name="Bo")
    for person, count in ((anna, 1), (bo, 1), (carl, 0), (AnonymousUser(), 0)):
        assert Area.objects.visible_to(person).count() == count
        assert Challenge.objects.visible_to(person).count() == count
        assert Need.objects.visible_to(person).count() == count


def test_somebody_with_two_roles_in_owner_and_partner_sees_an_area_once(
    area: Area, school: Organisation, anna: User
) -> None:
    Membership.objects.create(user=anna, organisation=school, role=Role.READER, started_on="2026-01-01")
    Membership.objects.create(user=anna, organisation=area.owner, role=Role.READER, started_on="2026-01-01")
    assert list(Area.objects.visible_to(anna)) == [area]

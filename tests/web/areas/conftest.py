"""What the pages of areas are tried on: an area with a challenge and a need, and Bo from a partner."""

import pytest
from django.test import Client

from medspil.accounts.models import User
from medspil.areas.models import Area, Challenge, Need
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from tests.factories import people, places


@pytest.fixture
def school(db: None) -> Organisation:
    """Return the organisation that takes part in Anna's area."""
    return people.organisation("Nørremarksskolen", "school")


@pytest.fixture
def area(vejle: Organisation, school: Organisation) -> Area:
    """Return Anna's area."""
    made = places.area(vejle, kind="social_housing", description="Tre afdelinger")
    made.partners.add(school)
    return made


@pytest.fixture
def challenge(area: Area) -> Challenge:
    """Return a challenge of the area."""
    return places.challenge(area, theme="education", target_groups=["children"], seen="Få kender et job")


@pytest.fixture
def need(area: Area, challenge: Challenge) -> Need:
    """Return a need that answers the challenge."""
    return places.need(area, text="Mentorer", challenge=challenge, kinds=("mentoring",))


@pytest.fixture
def bo(school: Organisation) -> User:
    """Return Bo, who describes needs for a partner of the area."""
    return people.member(school, Role.CASE_WORKER, name="Bo")


@pytest.fixture
def as_bo(bo: User) -> Client:
    """Return a browser in which Bo is signed in."""
    return people.signed_in(bo)


@pytest.fixture
def as_reader(vejle: Organisation) -> Client:
    """Return a browser in which somebody is signed in who may only look."""
    return people.signed_in(people.member(vejle, Role.READER, name="Rie"))

"""What the pages of resources are tried on: an area with a club, a school and a person, and who may see what."""

from dataclasses import dataclass

import pytest
from django.test import Client

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.mapping.models import Resource
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from tests.factories import people, places, resources

ENGLISH = {"accept-language": "en"}


@dataclass(frozen=True)
class Mapped:
    """What is on the map."""

    area: Area
    club: Resource
    school: Resource
    person: Resource


@pytest.fixture
def area(vejle: Organisation) -> Area:
    """Return Anna's area."""
    return places.area(vejle, kind="social_housing", description="Tre afdelinger")


@pytest.fixture
def mapped(area: Area, anna: User) -> Mapped:
    """Return the area with three resources, each with a place."""
    here = (55.7139, 9.5350)
    club = resources.resource(
        area, anna, "Nordklubben", position=here, can_do="Fodbold for piger", kinds=["sports"], themes=["health"]
    )
    school = resources.resource(
        area, anna, "Nørremarksskolen", "institution", position=here, confirmed_on=resources.TODAY
    )
    person = resources.person(area, anna, "Fatima Nielsen", position=here, can_do="Syr", ambassador=True)
    return Mapped(area, club, school, person)


@pytest.fixture
def as_broker(vejle: Organisation) -> Client:
    """Return a browser of a broker, who sees no contacts."""
    return people.signed_in(people.member(vejle, Role.BROKER, name="Britt"))


@pytest.fixture
def as_reader(vejle: Organisation) -> Client:
    """Return a browser of somebody who may only look."""
    return people.signed_in(people.member(vejle, Role.READER, name="Rie"))

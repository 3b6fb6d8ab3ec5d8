"""What tests of this room share: Anna's area, and Bo, who may see it but not how people are reached."""

import pytest

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from tests.factories import people, places


@pytest.fixture
def area(vejle: Organisation) -> Area:
    """Return Anna's area."""
    return places.area(vejle)


@pytest.fixture
def bo(vejle: Organisation) -> User:
    """Return Bo, a broker in the municipality."""
    return people.member(vejle, Role.BROKER, name="Bo")

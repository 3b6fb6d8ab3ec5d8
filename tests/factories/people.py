"""Makes people and organisations for tests."""

from datetime import UTC, date, datetime
from itertools import count

from django.test import Client

from medspil.accounts.models import User
from medspil.organisations.models import Membership, Organisation
from medspil.organisations.roles import Role

_number = count(1)
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def user(name: str = "Anna") -> User:
    """Make a person whose password is `password`-like nonsense nobody needs."""
    return User.objects.create_user(f"{name.lower()}-{next(_number)}@example.org", "a-long-test-password", name=name)


def organisation(name: str = "Vejle Kommune", kind: str = "municipality") -> Organisation:
    """Make an organisation."""
    return Organisation.objects.create(name=name, kind=kind, created_at=NOW, updated_at=NOW)


def member(place: Organisation, role: Role, name: str = "Anna") -> User:
    """Make a person with a role in an organisation."""
    person = user(name)
    Membership.objects.create(user=person, organisation=place, role=role, started_on=date(2026, 1, 1))
    return person


def signed_in(person: User) -> Client:
    """Return a browser in which the person is signed in."""
    client = Client()
    client.force_login(person)
    return client

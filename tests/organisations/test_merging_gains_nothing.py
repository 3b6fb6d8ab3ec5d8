"""A merge gives nobody a right that was not theirs before: not over the register, and not another's checked answers."""

from uuid import uuid4

import pytest

from medspil.accounts.models import User
from medspil.organisations.merging import merge, take_back
from medspil.organisations.models import Membership, Merge, Organisation, abilities_anywhere
from medspil.organisations.roles import Ability, Role
from medspil.organisations.services import create_organisation
from tests.factories import people
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db


def made_by(maker: Organisation, by: User, name: str, cvr: str = "") -> Organisation:
    told = {"name": name, "kind": "company", "cvr": cvr, "municipality": "", "unit": None, "creation_key": uuid4()}
    return create_organisation(**told, by=by, now=NOW, created_by=maker)  # type: ignore[arg-type]


def merged(kept: Organisation, gone: Organisation, by: User, *from_gone: str) -> Merge:
    kept, gone = (Organisation.objects.get(pk=one.pk) for one in (kept, gone))
    versions = (kept.version, gone.version)
    return merge(kept=kept, gone=gone, from_gone=frozenset(from_gone), versions=versions, by=by, now=NOW)


@pytest.fixture
def kiosk(vejle: Organisation, anna: User) -> Organisation:
    """Return a company that the municipality has let in, with an administrator of its own."""
    return made_by(vejle, anna, "Kiosken")


@pytest.fixture
def kirsten(kiosk: Organisation) -> User:
    return people.member(kiosk, Role.ADMINISTRATOR, name="Kirsten")


def test_merging_in_a_circle_does_not_make_an_organisation_of_the_operators(
    vejle: Organisation, kiosk: Organisation, kirsten: User
) -> None:
    daughter = made_by(kiosk, kirsten, "Datter")
    Membership.objects.create(user=kirsten, organisation=daughter, role=Role.ADMINISTRATOR, started_on=NOW.date())
    grandchild = made_by(daughter, kirsten, "Barnebarn")
    first = merged(grandchild, kiosk, kirsten)
    merged(grandchild, daughter, kirsten)
    grandchild.refresh_from_db()
    assert grandchild.created_by_organisation == vejle
    assert Ability.MANAGE_PEOPLE in abilities_anywhere(kirsten)
    assert Ability.IMPORT_REGISTER not in abilities_anywhere(kirsten)
    assert first.undone_at is None


def test_the_maker_of_the_maker_stays_the_maker_and_comes_back(
    vejle: Organisation, kiosk: Organisation, kirsten: User
) -> None:
    daughter = made_by(kiosk, kirsten, "Datter")
    done = merged(daughter, kiosk, kirsten)
    daughter.refresh_from_db()
    assert daughter.created_by_organisation == vejle
    take_back(merged=done, by=kirsten, now=NOW)
    daughter.refresh_from_db()
    assert daughter.created_by_organisation == kiosk

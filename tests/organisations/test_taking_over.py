"""Who creates an organisation of a company that was only checked takes that record over: one company is one record."""

from uuid import uuid4

import pytest

from medspil.accounts.models import User
from medspil.organisations.models import Organisation, Profile, Topic
from medspil.organisations.services import create_organisation
from medspil.organisations.subjects import of_unit
from medspil.register.models import Unit
from tests.factories import companies
from tests.factories.people import NOW
from tests.factories.profiles import answer

pytestmark = pytest.mark.django_db
CVR = "25052943"


@pytest.fixture
def smithy(anna: User, vejle: Organisation) -> Unit:
    """Return a unit whose company Anna has checked."""
    unit = companies.unit("Smedjen", cvr=CVR)
    answer(of_unit(unit), vejle, Topic.CSR, anna, "yes")
    return unit


def create(anna: User, vejle: Organisation, **facts: object) -> Organisation:
    told = {"name": "Smedjen", "kind": "company", "cvr": CVR, "municipality": "", "unit": None, "creation_key": uuid4()}
    return create_organisation(**told | facts, by=anna, now=NOW, created_by=vejle)  # type: ignore[arg-type]


@pytest.mark.parametrize("with_unit", [True, False])
def test_the_company_keeps_its_profiles(anna: User, vejle: Organisation, smithy: Unit, with_unit: bool) -> None:
    made = create(anna, vejle, unit=smithy if with_unit else None)
    assert Profile.objects.get().about == made
    assert (made.only_checked, made.created_by_organisation) == (False, vejle)
    assert Organisation.objects.filter(cvr=CVR).count() == 1
    assert made in Organisation.objects.visible_to(anna)


def test_the_same_form_sent_twice_takes_over_once(anna: User, vejle: Organisation, smithy: Unit) -> None:
    key = uuid4()
    assert create(anna, vejle, creation_key=key) == create(anna, vejle, creation_key=key)


def test_a_school_under_the_number_does_not_take_the_whole_over(anna: User, vejle: Organisation, smithy: Unit) -> None:
    made = create(anna, vejle, kind="school", unit=smithy)
    assert Profile.objects.get().about != made
    assert Organisation.objects.filter(only_checked=True).exists()


def test_a_unit_without_a_number_is_taken_over_by_its_unit(anna: User, vejle: Organisation) -> None:
    lone = companies.unit("Foreningen", cvr="")
    answer(of_unit(lone), vejle, Topic.CSR, anna, "yes")
    made = create(anna, vejle, cvr="", unit=lone, kind="association")
    assert Profile.objects.get().about == made


def test_an_organisation_without_number_and_unit_takes_nothing_over(anna: User, vejle: Organisation) -> None:
    lone = companies.unit("Foreningen", cvr="")
    answer(of_unit(lone), vejle, Topic.CSR, anna, "yes")
    create(anna, vejle, cvr="", kind="association")
    assert Organisation.objects.filter(only_checked=True).exists()

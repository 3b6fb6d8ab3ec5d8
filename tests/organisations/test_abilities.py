"""What a role lets one do depends on the organisation, too: the register is one for the whole site."""

import pytest

from medspil.accounts.models import User
from medspil.organisations.models import Membership, Organisation, abilities_anywhere
from medspil.organisations.roles import Ability, Role
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_only_organisations_that_the_operator_made_may_bring_a_register_in(
    anna: User, vejle: Organisation, role: Role
) -> None:
    club = people.organisation(name="Nordre Boldklub", kind="association")
    Organisation.objects.filter(pk=club.pk).update(created_by_organisation=vejle)
    its_own = people.member(club, role, name="Bo")
    assert Ability.IMPORT_REGISTER not in abilities_anywhere(its_own)
    assert Ability.VIEW_REGISTER in abilities_anywhere(its_own)
    assert Ability.IMPORT_REGISTER in abilities_anywhere(anna)


def test_who_acts_for_both_kinds_may_bring_a_register_in(anna: User, vejle: Organisation) -> None:
    club = people.organisation(name="Nordre Boldklub", kind="association")
    Organisation.objects.filter(pk=club.pk).update(created_by_organisation=vejle)
    Membership.objects.create(user=anna, organisation=club, role=Role.READER, started_on=people.NOW.date())
    assert Ability.IMPORT_REGISTER in abilities_anywhere(anna)

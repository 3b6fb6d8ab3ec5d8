"""A partnership of a municipality with a company that has an account, and one of the register that has none."""

import pytest

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.parties import Party
from medspil.organisations.roles import Role
from medspil.partnerships.models import Partner, Partnership
from tests.factories import companies, people
from tests.factories.partnerships import partnership


@pytest.fixture
def sanne(db: None) -> User:
    """Return Sanne of a company with an account."""
    return people.member(people.organisation("Smedjen", kind="company"), Role.COMPANY_CONTACT, name="Sanne")


@pytest.fixture
def together(need: Need, anna: User, sanne: User) -> Partnership:
    """Return a partnership of three."""
    company = Party(organisation=sanne.memberships.get().organisation, brings="en dag om måneden")
    return partnership(need, company, companies.unit("Havnens Smedje ApS"), by=anna)


@pytest.fixture
def area_side(together: Partnership) -> Partner:
    """Return the municipality's part."""
    return together.partners.all()[0]


@pytest.fixture
def smithy(together: Partnership) -> Partner:
    """Return the part of the company with an account."""
    return together.partners.all()[1]


@pytest.fixture
def harbour(together: Partnership) -> Partner:
    """Return the part of the company without an account."""
    return together.partners.all()[2]


@pytest.fixture
def tokens() -> list[str]:
    """Collect the secret parts of the links that went out."""
    return []

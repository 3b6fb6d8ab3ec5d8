"""What all tests about agreements have at hand: a partnership of the municipality and a company."""

import pytest

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.partnerships.models import Partnership
from tests.factories import companies
from tests.factories.partnerships import partnership


@pytest.fixture
def made(need: Need, anna: User) -> Partnership:
    """Return a partnership between Anna's municipality and a company."""
    return partnership(need, companies.unit(email="kontakt@firma.example"), by=anna)

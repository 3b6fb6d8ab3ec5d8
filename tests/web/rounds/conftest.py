"""An allocation that is run: ten classes of one area, which stand for one need, and seven companies."""

import pytest
from django.utils import timezone

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.organisations.models import Organisation
from medspil.rounds import services
from medspil.rounds.models import Round
from tests.factories import places, rounds


@pytest.fixture
def area(vejle: Organisation) -> Area:
    """Return Anna's area."""
    return places.area(vejle)


@pytest.fixture
def adopting(area: Area) -> Need:
    """Return the need that the classes stand for."""
    return places.need(area, "Virksomheder der adopterer en klasse", ("company_visit",))


@pytest.fixture
def adoption(vejle: Organisation, anna: User, area: Area, adopting: Need) -> Round:
    """Return ten classes and seven companies, run."""
    round_ = rounds.adoption(vejle, anna, area=area, need=adopting)
    services.run(round_=round_, by=anna, now=timezone.now())
    return round_

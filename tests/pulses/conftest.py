"""A partnership of a municipality, Sanne's company with an account, and one without, which is asked every month."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from medspil.accounts.models import User
from medspil.partnerships.models import Partnership
from medspil.pulses.models import PulseRound
from medspil.pulses.rounds import ask_due, choose_rhythm
from tests.factories.people import NOW
from tests.factories.sides import kept_in, named
from tests.partnerships.conftest import area_side, harbour, sanne, smithy, together

MONDAY = NOW + timedelta(days=1)
"""The first working day: `NOW` is a Sunday."""

__all__ = ["area_side", "harbour", "sanne", "smithy", "together"]


@pytest.fixture
def tokens() -> list[str]:
    """Collect the secret parts of the links that went out."""
    return []


@pytest.fixture
def asked(tokens: list[str]) -> Callable[[datetime], int]:
    """Return what lets the worker ask at a moment."""
    return lambda now: ask_due(now=now, address=kept_in(tokens))


@pytest.fixture
def going_on(together: Partnership, anna: User, sanne: User, asked: Callable[[datetime], int]) -> PulseRound:
    """Return the first round: both companies have a contact person, the municipality has named none."""
    _area_side, smithy, harbour = together.partners.all()
    named(harbour, by=anna)
    named(smithy, "", by=anna, user=sanne)
    choose_rhythm(partnership=together, rhythm="month", expected_version=0, by=anna, now=NOW)
    asked(MONDAY)
    return PulseRound.objects.get(partnership=together)

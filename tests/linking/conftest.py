"""A small register and a need for a photo school, for the tests of this room."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from medspil.areas.models import Need
from medspil.organisations.models import Organisation
from medspil.register.models import Unit
from tests.factories import rankings


@pytest.fixture
def units(db: None, settings: Settings, tmp_path: Path) -> dict[str, Unit]:
    """Return the units of a small register that has been indexed."""
    return rankings.register(settings, tmp_path)


@pytest.fixture
def need(vejle: Organisation) -> Need:
    """Return Anna's need for a photo school."""
    return rankings.photo_need(vejle)

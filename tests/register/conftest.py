"""Every test of the register has its own folder for files, progress and index."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tests.factories import registers


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    """Write nothing outside the test's own folder."""
    registers.use_folder(settings, tmp_path / "data")

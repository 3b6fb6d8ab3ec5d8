"""Every test of the register has its own folder for files, progress and index."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django.fixtures import Settings

from tests.factories import registers


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    """Write nothing outside the test's own folder."""
    registers.use_folder(settings, tmp_path / "data")


@pytest.fixture(autouse=True)
def sentences_as_written() -> Iterator[None]:
    """Read the sentences as they stand in the code, so that a better translation breaks no test."""
    with translation.override("en"):
        yield

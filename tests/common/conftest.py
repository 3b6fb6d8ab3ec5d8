"""Sentences are read as they stand in the code, so that a better translation breaks no test."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def sentences_as_written() -> Iterator[None]:
    """Speak English."""
    with translation.override("en"):
        yield

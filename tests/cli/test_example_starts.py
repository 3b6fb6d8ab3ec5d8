"""The example of `medspil demo` is loaded once: anew after a start that was cut off, else not again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from medspil.accounts.models import User
from medspil.cli.example.load import PASSWORD, example_is_there, load_example
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
UNITS = 2_000
CONTACT = "virksomhed@example.org"


@contextmanager
def quietly(_what: str) -> Iterator[None]:
    yield


@contextmanager
def killed_at(_what: str) -> Iterator[None]:
    """Stop where the week after would be imported."""
    if _what.startswith("Importing what happened"):
        raise KeyboardInterrupt
    yield


def rows() -> dict[str, int]:
    """Return how many rows each table of ours has."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("medspil.")]
    return {model.__name__: model._default_manager.count() for model in ours}


def test_a_second_start_after_one_that_was_cut_off_finishes_it_and_a_third_changes_nothing(
    settings: Any, tmp_path: Path
) -> None:
    settings.INDEX_DIR = tmp_path / "index"
    with pytest.raises(KeyboardInterrupt):
        load_example(now=NOW, step=killed_at, units=UNITS)
    assert not example_is_there()
    load_example(now=NOW, step=quietly, units=UNITS)
    whole = rows()
    assert example_is_there()
    assert User.objects.get(email=CONTACT).check_password(PASSWORD)
    load_example(now=NOW, step=quietly, units=UNITS)
    assert rows() == whole

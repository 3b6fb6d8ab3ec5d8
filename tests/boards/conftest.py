"""One partnership with an empty board, made once for all tests of a file."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.factories.boards import BoardWorld
from tests.factories.once import made_once


@pytest.fixture(scope="module")
def shared(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BoardWorld]:
    """Make the world."""
    with made_once(django_db_blocker, tmp_path_factory.mktemp("boards")):
        yield BoardWorld()


@pytest.fixture
def world(shared: BoardWorld, db: None) -> BoardWorld:
    """Return the world, with the board as it stands in the database."""
    shared.board.refresh_from_db()
    return shared

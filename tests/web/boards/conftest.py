"""One partnership with an empty board, made once for all tests of a file."""

from tests.boards.conftest import shared, world

__all__ = ["shared", "world"]

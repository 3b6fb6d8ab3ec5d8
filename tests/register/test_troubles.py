"""What machine and database say of a full disk or a lost connection becomes one of two troubles; the rest passes."""

import errno

import psycopg
import pytest
from django.db import DatabaseError, InterfaceError, OperationalError

from medspil.register.troubles import DatabaseStopped, NoRoom, plain_troubles


def told(error: Exception, cause: Exception | None = None) -> type[Exception]:
    """Return what comes out of the block in which an error is raised."""
    with pytest.raises(Exception, match=r".") as caught, plain_troubles(lambda: "her, 12 rows"):
        raise error from cause
    if caught.type is not type(error):
        assert "her, 12 rows" in str(caught.value)
    return caught.type


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_disk_without_room_is_told_as_such(number: int) -> None:
    assert told(OSError(number, "full")) is NoRoom


@pytest.mark.parametrize("words", ["database or disk is full", "disk I/O error"])
def test_a_full_disk_under_sqlite_is_told_as_such(words: str) -> None:
    assert told(OperationalError(words)) is NoRoom


def test_a_full_disk_under_postgresql_is_told_as_such() -> None:
    assert told(OperationalError("could not extend file"), psycopg.errors.DiskFull("x")) is NoRoom


@pytest.mark.parametrize(
    "cause",
    [psycopg.errors.AdminShutdown("x"), psycopg.errors.ConnectionFailure("x"), psycopg.OperationalError("lost")],
)
def test_a_database_that_went_away_is_told_as_such(cause: Exception) -> None:
    assert told(OperationalError("server closed the connection"), cause) is DatabaseStopped
    assert told(InterfaceError("connection already closed")) is DatabaseStopped


@pytest.mark.parametrize(
    "error", [OSError(errno.EACCES, "no"), OperationalError("database is locked"), DatabaseError("a fault of ours")]
)
def test_other_errors_pass_as_they_are(error: Exception) -> None:
    assert told(error) is type(error)


def test_a_lock_that_was_not_got_is_no_lost_database() -> None:
    assert told(OperationalError("busy"), psycopg.errors.LockNotAvailable("x")) is OperationalError

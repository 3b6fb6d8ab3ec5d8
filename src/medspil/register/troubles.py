"""Expected trouble: a full disk and a database that went away become sentences of what, where and what to do."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError
from django.utils.translation import gettext as _


class ImportTroubled(Exception):
    """Something expected went wrong with an import; nothing of the register was changed."""


class NoRoom(ImportTroubled):
    """The disk is full, or a limit on the size of files was met."""

    def __init__(self, where: str) -> None:
        super().__init__(
            _("There is no room left on the disk (%(where)s). Nothing was changed. Make room, and start it again.")
            % {"where": where}
        )


class DatabaseStopped(ImportTroubled):
    """The database no longer answers."""

    def __init__(self, where: str) -> None:
        super().__init__(
            _(
                "The database stopped answering (%(where)s). Nothing was changed."
                " Once it runs again, start this again; what was left lying is taken up after two minutes."
            )
            % {"where": where}
        )


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
# What SQLite says when it cannot write, and the classes of PostgreSQL's codes for "no connection" and "shutting down".
_SQLITE_FULL = ("database or disk is full", "disk i/o error")
_PG_FULL, _PG_GONE = "53100", ("08", "57P")


@contextmanager
def plain_troubles(where: Callable[[], str]) -> Iterator[None]:
    """Raise `NoRoom` or `DatabaseStopped` in place of what the machine and the database say; others pass."""
    try:
        yield
    except (OSError, DatabaseError, InterfaceError) as error:
        trouble = _trouble_of(error)
        if trouble is None:
            raise
        raise trouble(where()) from error


def _trouble_of(error: Exception) -> type[NoRoom] | type[DatabaseStopped] | None:
    if isinstance(error, OSError):
        return NoRoom if error.errno in _FULL else None
    if isinstance(error, InterfaceError):
        return DatabaseStopped
    code = getattr(error.__cause__, "sqlstate", None)
    if code == _PG_FULL or any(words in str(error).lower() for words in _SQLITE_FULL):
        return NoRoom
    connection_lost = (
        hasattr(error.__cause__, "sqlstate") and code is None and type(error).__name__ == "OperationalError"
    )
    return DatabaseStopped if connection_lost or str(code).startswith(_PG_GONE) else None

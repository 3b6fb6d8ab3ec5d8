"""How something is made once: however often its form is sent, and by one of two who begin it at once."""

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, models, transaction

from medspil.common.models import EditConflict

_Record = TypeVar("_Record", bound=models.Model)


def once(rows: "models.QuerySet[_Record]", make: Callable[[], _Record]) -> _Record:
    """Return the record among `rows`, those of one key, or what `make` makes, in one transaction.

    `make` writes a row that the database lets stand once: of the two halves of a double click one makes it, the other
    finds it. Anything else that the database refuses is a fault of ours and raised.
    """
    if earlier := rows.first():
        return earlier
    try:
        with transaction.atomic():
            return make()
    except IntegrityError:
        if faster := rows.first():
            return faster
        raise


def first_saved(make: Callable[[], _Record]) -> _Record:
    """Return what `make` makes, the first saving of what is there once. Raises `EditConflict` if another was faster."""
    try:
        with transaction.atomic():
            return make()
    except IntegrityError as trouble:
        raise EditConflict from trouble

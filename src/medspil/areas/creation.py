"""How a record is made: once, however often the form that makes it is sent."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction

from medspil.accounts.models import User, record_history
from medspil.areas.changes import plain
from medspil.areas.privacy import refuse_cpr
from medspil.common.models import Versioned

_Record = TypeVar("_Record", bound=Versioned)
_UNTOLD = {"id", "creation_key", "version", "created_at", "updated_at"}


def create_once(record: _Record, *, creation_key: UUID, by: User, now: datetime) -> _Record:
    """Store a new record and the first line of its history; the same key again returns the record that is there.

    Raises `CprNumberFound`, and Django's `ValidationError` for values that cannot stand.
    """
    rows = type(record)._default_manager.filter(creation_key=creation_key)
    earlier = rows.first()
    if earlier:
        return earlier
    record.creation_key, record.created_at, record.updated_at = creation_key, now, now
    values = {field.name: field.value_from_object(record) for field in record._meta.fields if field.name not in _UNTOLD}
    refuse_cpr(*values.values())
    record.clean_fields()
    record.validate_constraints()
    try:
        with transaction.atomic():
            record.save(force_insert=True)
            told = {name: ["", plain(value)] for name, value in values.items() if value not in (None, "", [], False)}
            record_history(record=record, action="created", by=by, now=now, changes=told)
    except IntegrityError:
        # The other half of a double click was faster. Anything else that the database refuses is a fault of ours.
        if faster := rows.first():
            return faster
        raise
    return record

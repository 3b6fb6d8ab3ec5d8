"""How a record is made: once, however often the form that makes it is sent."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from medspil.accounts.models import User, record_history
from medspil.areas.changes import plain
from medspil.areas.privacy import refuse_cpr
from medspil.common.models import Versioned
from medspil.common.once import once

_Record = TypeVar("_Record", bound=Versioned)
_UNTOLD = {"id", "creation_key", "version", "created_at", "updated_at"}


def create_once(record: _Record, *, creation_key: UUID, by: User, now: datetime) -> _Record:
    """Store a new record and the first line of its history; the same key again returns the record that is there.

    Raises `CprNumberFound`, and Django's `ValidationError` for values that cannot stand.
    """

    def make() -> _Record:
        record.creation_key, record.created_at, record.updated_at = creation_key, now, now
        fields = [field for field in record._meta.fields if field.name not in _UNTOLD]
        values = {field.name: field.value_from_object(record) for field in fields}
        refuse_cpr(*values.values())
        record.clean_fields()
        record.validate_constraints()
        record.save(force_insert=True)
        told = {name: ["", plain(value)] for name, value in values.items() if value not in (None, "", [], False)}
        record_history(record=record, action="created", by=by, now=now, changes=told)
        return record

    return once(type(record)._default_manager.filter(creation_key=creation_key), make)

"""How a record is changed: only what differs, with old and new in the history, and nobody's text lost.

Not areas alone: every `Versioned` record of this room and those above is changed here. A foreign key is named by its
column (`host_id`), so that the history can tell it.

Two people who work in different sections of a record do not disturb each other. Two who changed the same field do: the
later one gets `EditConflict`, and the page shows her both texts. Each history entry carries the version it made; that
is how it is known what others changed since a person opened her form.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models, transaction

from medspil.accounts.models import HistoryEntry, User, record_history
from medspil.areas.models import Area, Challenge, Need
from medspil.areas.privacy import refuse_cpr
from medspil.common.models import EditConflict, Versioned
from medspil.organisations.models import Organisation

VERSION = "version"
# Fields whose values in the history are keys of other records.
_POINTING: dict[str, type[models.Model]] = {"challenge_id": Challenge, "host_id": Organisation}

_Record = TypeVar("_Record", bound=Versioned)


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that belong to a record and change with it: what they said, what they say, and how to write that."""

    old: Any
    new: Any
    write: Callable[[], object]


def change(
    record: _Record,
    *,
    expected_version: int | None,
    by: User | None,
    now: datetime,
    fields: Mapping[str, Any] | None = None,
    parts: Callable[[_Record], Mapping[str, Part]] = lambda _current: {},
) -> _Record:
    """Write what differs and tell it to the history; returns the record as it now stands.

    If others changed one of the fields or rows named here since `expected_version`, nothing is written and
    `EditConflict` is raised. What a person changed herself in the meantime (a draft that saved itself, an
    older tab) is not a conflict: the history keeps it. None as version is for changes that overwrite nothing; nobody
    as `by` is somebody who answered by a one-time link.
    Values that cannot stand raise Django's `ValidationError`.
    """
    asked: dict[str, Any] = dict(fields or {})
    refuse_cpr(*asked.values())
    with transaction.atomic():
        current = type(record)._default_manager.select_for_update().get(pk=record.pk)
        changed = {name: value for name, value in asked.items() if getattr(current, name) != value}
        moved = {name: part for name, part in parts(current).items() if part.old != part.new}
        if not changed and not moved:
            return current
        if expected_version is not None and expected_version != current.version:
            theirs = changed_by_others(current, since=expected_version, by=by)
            if theirs is None or theirs & (set(asked) | set(moved)):
                raise EditConflict
        told = {name: [plain(getattr(current, name)), plain(value)] for name, value in changed.items()}
        _check(current, changed)
        told |= {name: [plain(part.old), plain(part.new)] for name, part in moved.items()}
        told[VERSION] = [current.version, current.version + 1]
        current.save_changes(expected_version=current.version, now=now, **changed)
        for part in moved.values():
            part.write()
        record_history(record=current, action="changed", by=by, now=now, changes=told)
    return current


def _check(record: models.Model, changed: Mapping[str, Any]) -> None:
    """Raise Django's `ValidationError` where the database would refuse, or a validator of a field does."""
    for name, value in changed.items():
        setattr(record, name, value)
    untouched = {field.name for field in record._meta.fields} - set(changed)
    record.clean_fields(exclude=untouched)
    record.validate_constraints()


def changed_by_others(record: _Record, *, since: int, by: User | None) -> set[str] | None:
    """Return the fields that others changed since a version; None when the history does not tell it all."""
    found: set[str] = set()
    version = record.version
    for entry in HistoryEntry.objects.of(record).filter(**{f"changes__{VERSION}__isnull": False}):
        if version <= since:
            break
        if entry.changes[VERSION] != [version - 1, version]:
            return None
        version -= 1
        if by is None or entry.by_id != by.pk:
            found |= set(entry.changes) - {VERSION}
    return found if version <= since else None


def last_change(record: _Record, *, since: int, by: User) -> HistoryEntry | None:
    """Return the latest entry that somebody else wrote after a version: whom an `EditConflict` is with."""
    for entry in HistoryEntry.objects.of(record).exclude(by=by):
        versions = entry.changes.get(VERSION)
        if versions and versions[1] > since:
            return entry
    return None


def happened(area: Area, *, most: int) -> list[HistoryEntry]:
    """Return what happened to an area loaded by `for_overview`, to its challenges and its needs, newest first."""
    records = models.Q(record_type=area._meta.label_lower, record_id=str(area.pk))
    for kind, rows in ((Challenge, area.challenges.all()), (Need, area.needs.all())):
        records |= models.Q(record_type=kind._meta.label_lower, record_id__in=[str(row.pk) for row in rows])
    return list(HistoryEntry.objects.filter(records).select_related("by").order_by("-at", "-pk")[:most])


def pointed_at(entries: list[HistoryEntry]) -> dict[str, dict[int, str]]:
    """Return what the records that changes point to are called, by field and key: a number says nothing to a reader."""
    found: dict[str, dict[int, str]] = {}
    for field, model in _POINTING.items():
        keys = {key for entry in entries for key in entry.changes.get(field, []) if isinstance(key, int)}
        found[field] = {key: str(row) for key, row in model._default_manager.in_bulk(keys).items()} if keys else {}
    return found


def set_archived(*, record: _Record, away: bool, by: User, now: datetime) -> bool:
    """Put a record away or bring it back; returns False when it was so already, as after a double click."""
    with transaction.atomic():
        rows = type(record)._default_manager.filter(pk=record.pk, archived_at__isnull=away)
        if not rows.update(archived_at=now if away else None, updated_at=now):
            return False
        record_history(record=record, action="archived" if away else "restored", by=by, now=now)
    shown: Any = record  # what is put away has the field; the base of all records has not
    shown.archived_at = now if away else None
    return True


def plain(value: Any) -> Any:
    """Return a value as JSON can carry it."""
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value

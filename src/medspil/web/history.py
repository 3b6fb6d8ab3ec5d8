"""Tells what happened to a record in sentences, for components/_history.html."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspil.accounts.models import HistoryEntry, User

# What the rooms write as `action`, said for people. An action that is not here is shown as it stands.
ACTIONS: dict[str, str | Promise] = {
    "created": gettext_lazy("created"),
    "changed": gettext_lazy("changed"),
    "archived": gettext_lazy("archived"),
    "restored": gettext_lazy("brought back"),
    "renamed": gettext_lazy("changed the name"),
    "person_added": gettext_lazy("added a person"),
    "role_changed": gettext_lazy("changed a role"),
    "membership_ended": gettext_lazy("ended a membership"),
    "merged": gettext_lazy("merged two records of the organisation"),
    "merge_undone": gettext_lazy("took the merge back"),
}

# What a change is called when it is no field of the record.
LABELS: dict[str, str | Promise] = {
    "person": gettext_lazy("person"),
    "role": gettext_lazy("role"),
    "merged_in": gettext_lazy("the other one"),
    "brings": gettext_lazy("what it brings"),
    "number": gettext_lazy("version"),
    "least": gettext_lazy("seats at least"),
    "most": gettext_lazy("seats at most"),
    "amount_kroner": gettext_lazy("amount (kroner)"),
}

# A first answer replaced none of these: only what it became is worth saying.
EMPTY: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history as shown."""

    at: datetime
    by: User | None
    what: str
    changes: list[str]


def told(
    record: models.Model,
    actions: Mapping[str, str | Promise] = ACTIONS,
    *,
    values: Mapping[str, Mapping[str, str | Promise]] | None = None,
    most: int = 50,
    untold: Collection[str] = (),
    bare: Collection[str] = (),
) -> list[Event]:
    """Return what happened to a record, newest first.

    `actions` gives a room's own words for its actions, `values` the words for codes that are not the choices of a
    field: {field: {code: words}}. Changes of fields in `untold` are left out, and all those of actions in `bare`.
    """
    words = {**ACTIONS, **actions}
    return [
        Event(
            at=entry.at,
            by=entry.by,
            what=str(words.get(entry.action, entry.action.replace("_", " "))),
            changes=_changes(record, _worth_telling(entry, untold, bare), values or {}),
        )
        for entry in HistoryEntry.objects.of(record)[:most]
    ]


def _worth_telling(entry: HistoryEntry, untold: Collection[str], bare: Collection[str]) -> dict[str, Any]:
    told_of = {} if entry.action in bare else entry.changes
    return {name: value for name, value in told_of.items() if name not in untold}


def _changes(
    record: models.Model, changes: dict[str, Any], values: Mapping[str, Mapping[str, str | Promise]]
) -> list[str]:
    """Say each change: from what to what where there was something before, else only what it became."""
    lines = []
    for name, value in changes.items():
        label, known = _label(record, name), values.get(name) or _choices(record, name)
        if isinstance(value, list) and len(value) == 2 and value[0] in EMPTY:
            lines.append(f"{label}: {_shown(value[1], known)}")
        elif isinstance(value, list) and len(value) == 2:
            words = {"label": label, "old": _shown(value[0], known), "new": _shown(value[1], known)}
            lines.append(_("%(label)s: from %(old)s to %(new)s") % words)
        else:
            lines.append(f"{label}: {_shown(value, known)}")
    return lines


def _fields(record: models.Model) -> dict[str, models.Field[Any, Any]]:
    return {field.name: field for field in record._meta.get_fields() if isinstance(field, models.Field)}


def _choices(record: models.Model, name: str) -> Mapping[str, str | Promise]:
    field = _fields(record).get(name)
    return dict(field.flatchoices) if field and field.choices else {}


def _label(record: models.Model, name: str) -> str:
    fields = _fields(record)
    label = str(fields[name].verbose_name) if name in fields else str(LABELS.get(name, name.replace("_", " ")))
    return label[:1].upper() + label[1:]


def _shown(value: Any, known: Mapping[str, str | Promise]) -> str:
    if value in (None, "", []):
        return _("nothing")
    if day := as_day(value):
        return date_format(day, "DATE_FORMAT")
    several = value if isinstance(value, list) else [value]
    text = ", ".join(str(known.get(str(each), each)) for each in several)
    return _("“{text}”").format(text=f"{text[:117]}…" if len(text) > 120 else text)


def as_day(value: Any) -> date | None:
    """Return the day that a stored value is; people may write what only looks like one."""
    if not isinstance(value, str) or len(value) != 10:
        return None
    try:
        return parse_date(value)
    except ValueError:
        return None

"""What happened to an area, its challenges and needs, in sentences for components/_history.html."""

from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspil.accounts.models import HistoryEntry
from medspil.areas.changes import VERSION, pointed_at
from medspil.areas.figures import BY_CODE
from medspil.areas.models import Area, Challenge, Need
from medspil.areas.sections import Words
from medspil.web.areas import words
from medspil.web.areas.units import unit_for
from medspil.web.history import ACTIONS, EMPTY, Event, as_day

RECORDS = {model._meta.label_lower: model for model in (Area, Challenge, Need)}
LABELS: dict[str, Words] = {
    "challenge_id": gettext_lazy("challenge"),
    "host_id": gettext_lazy("who receives the volunteers"),
    "statuses": gettext_lazy("official list"),
    "partners": gettext_lazy("organisations that take part"),
    "resources": gettext_lazy("kinds of resources"),
    "competences": gettext_lazy("what it takes"),
    "x": gettext_lazy("place on the map"),
}
# The border's own numbers say nothing to a reader; that the place was changed does.
UNTOLD = {VERSION, "y", "border", "area", "owner"}
CODES = {
    "theme": words.theme,
    "target_groups": words.group,
    "target_group": words.group,
    "resources": words.kind,
    "competences": words.kind,
    "programme": words.programme,
    "municipality": words.town,
}
LONGEST = 120


def told(entries: list[HistoryEntry], titles: dict[tuple[str, str], str]) -> list[Event]:
    """Return entries as events; `titles` are the names of the records by type and number."""
    names = pointed_at(entries)
    return [
        Event(at=entry.at, by=entry.by, what=_what(entry, titles), changes=_changes(entry, names)) for entry in entries
    ]


def titles_of(area: Area) -> dict[tuple[str, str], str]:
    """Return the names of the challenges and needs of an area loaded by `for_overview`."""
    rows: list[Challenge | Need] = [*area.challenges.all(), *area.needs.all()]
    return {(row._meta.label_lower, str(row.pk)): row.title for row in rows}


def _what(entry: HistoryEntry, titles: dict[tuple[str, str], str]) -> str:
    action = str(ACTIONS.get(entry.action, entry.action))
    title = titles.get((entry.record_type, entry.record_id))
    return f"{action}: {title}" if title else action


def _changes(entry: HistoryEntry, names: dict[str, dict[int, str]]) -> list[str]:
    if entry.action == "created":
        return []
    model = RECORDS[entry.record_type]
    lines = []
    for name, (old, new) in ((name, both) for name, both in entry.changes.items() if name not in UNTOLD):
        if name == "x":
            lines.append(_("The place on the map"))
            continue
        known = names.get(name, {})
        said = {
            "label": _label(model, name),
            "old": shown(model, name, known.get(old, old) if known else old),
            "new": shown(model, name, known.get(new, new) if known else new),
        }
        # A first answer replaced nothing: only what it became is worth saying.
        first = old in EMPTY
        lines.append("{label}: {new}".format(**said) if first else _("%(label)s: from %(old)s to %(new)s") % said)
    return lines


def _label(model: type[Area | Challenge | Need], name: str) -> str:
    part, _dot, code = name.partition(".")
    if part == "figure":
        label = str(BY_CODE[code].name) if code in BY_CODE else code
    elif part in ("amount", "competence"):
        label = words.kind(code)
    elif name in LABELS:
        label = str(LABELS[name])
    else:
        # Only fields of the table itself come here; django-stubs allows for relations, which have no such name.
        label = str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


def shown(model: type[Any], name: str, value: Any) -> str:
    """Return a value of the history as people read it."""
    if value in (None, "", [], [None, "", ""]):
        return _("nothing")
    if value in (True, False) and isinstance(value, bool):
        return _("yes") if value else _("no")
    part = name.partition(".")[0]
    if part in ("figure", "amount", "statuses"):
        return _row(part, value)
    if name == "kind" and model is Area:
        return words.area_kind(value)
    if code := CODES.get(name):
        return ", ".join(map(code, value)) if isinstance(value, list) else code(value)
    return _text(value)


def _row(part: str, value: list[Any]) -> str:
    if part == "amount":
        return amount(*value)
    if part == "statuses":
        return f"{words.status(value[0])}, {_text(value[1])}"
    return f"{number_format(value[0], decimal_pos=None)} ({_text(value[1])})"


def amount(quantity: int | None, unit: str, rhythm: str) -> str:
    """Return how much and how often as one line: "4 mentors, every month"."""
    number = "" if quantity is None else number_format(quantity)
    parts = (f"{number} {unit_for(quantity, unit)}".strip(), words.rhythm(rhythm) if rhythm else "")
    return ", ".join(part for part in parts if part)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        return number_format(value) if isinstance(value, int | float) else str(value)
    if day := as_day(value):
        return date_format(day)
    return _("“{text}”").format(text=f"{value[: LONGEST - 1]}…" if len(value) > LONGEST else value)

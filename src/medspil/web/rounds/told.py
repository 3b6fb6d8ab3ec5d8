"""The history of an allocation in sentences: rows, rules, locks and bans, and that it was made into links."""

import re
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspil.accounts.models import HistoryEntry
from medspil.rounds.models import Round, RoundState
from medspil.rounds.naming import labels_of, with_names
from medspil.rounds.sheet import Labels
from medspil.web.history import ACTIONS, Event

LABELS: dict[str, str | Promise] = {
    "demand_rows": gettext_lazy("new rows that ask"),
    "supply_rows": gettext_lazy("new rows that give"),
    "demand": gettext_lazy("row that asks"),
    "supply": gettext_lazy("row that gives"),
    "pairs": gettext_lazy("locks and bans"),
    "answers": gettext_lazy("what rows stand for"),
    "title": gettext_lazy("title"),
    "forgotten": gettext_lazy("name deleted"),
}
# What is said without what stood there before.
WHOLE: dict[str, str | Promise] = {
    "archived_at": gettext_lazy("put away or brought back"),
    "rules": gettext_lazy("the rules"),
    "areas": gettext_lazy("the areas"),
}
_ROW = re.compile(r"_\d+$")
NAMED = 6


def told_of(round_: Round, *, most: int) -> list[Event]:
    """Return what happened to an allocation, newest first, with the names that rows have now. Three queries."""
    entries = HistoryEntry.objects.of(round_)[:most]
    labels = labels_of(round_.pk)
    return [
        Event(at=one.at, by=one.by, what=str(ACTIONS.get(one.action, one.action)), changes=_changes(one, labels))
        for one in entries
    ]


def _changes(entry: HistoryEntry, labels: Labels) -> list[str]:
    if entry.action == "created":
        return []
    lines = [_line(name, old, new) for name, (old, new) in entry.changes.items()]
    return [with_names(line, labels) for line in lines if line]


def _line(name: str, old: Any, new: Any) -> str:
    """Say one change; numbers of rows, versions and times are nobody's reading."""
    if name in WHOLE:
        return str(WHOLE[name])
    if name == "state":
        return _("made into links") if new == RoundState.APPLIED else _("opened again")
    if name == "pairs" and str(new).startswith("←"):
        return _("a change taken back")
    label = LABELS.get(_ROW.sub("", name))
    return _row_line(label, old, new) if label else ""


def _row_line(label: str | Promise, old: Any, new: Any) -> str:
    words = str(label)[:1].upper() + str(label)[1:]
    gone, come = _words(old), _words(new)
    if gone and come:
        return _("%(label)s: from %(old)s to %(new)s") % {"label": words, "old": gone, "new": come}
    return f"{words}: {come}" if come else _("{label}: taken out {rows}").format(label=words, rows=gone)


def _words(value: Any) -> str:
    if not isinstance(value, list):
        return str(value or "")
    told = [str(one) for one in value]
    more = len(told) - NAMED
    shown = "; ".join(told[:NAMED])
    return _("{rows} and {number} more").format(rows=shown, number=more) if more > 0 else shown

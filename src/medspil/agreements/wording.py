"""An agreement in words, in the language that is active: its fields line by line, for pages, papers and differences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, ngettext

from medspil.agreements.canonical import PERSON, Content
from medspil.agreements.models import FieldCode
from medspil.areas.models import Rhythm

Names = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class FieldInWords:
    """One field as it is read: its rows as lines, then its text."""

    code: FieldCode
    label: str
    lines: list[str]
    text: str

    @property
    def whole(self) -> str:
        """Return all of it as one text."""
        return "\n".join([*(f"• {line}" for line in self.lines), *([self.text] if self.text else [])])


def names_in(content: Content) -> dict[int, str]:
    """Return those who take part, by key; a resident by a word that tells nobody who she is."""
    return {one["key"]: shown_name(one["name"]) for one in content.get("parties", ())}


def shown_name(name: str) -> str:
    """Return a name as it is read."""
    return gettext("A person in the area") if name == PERSON else name


def in_words(content: Content) -> list[FieldInWords]:
    """Return the seven fields of a version's content; nothing of one that was forgotten."""
    names = names_in(content)
    fields = content.get("fields", {})
    return [
        FieldInWords(code, str(code.label), lines(code, fields[code.value]["rows"], names), fields[code.value]["text"])
        for code in FieldCode
        if code.value in fields
    ]


def lines(code: FieldCode, rows: Sequence[Mapping[str, Any]], names: Names) -> list[str]:
    """Return the rows of a field as lines; below those of a budget their sum."""
    found = [_LINES[code](row, names) for row in rows] if code in _LINES else []
    if code == FieldCode.BUDGET and len(rows) > 1:
        found.append(gettext("Together: {kroner}").format(kroner=_kroner(sum(row["kroner"] or 0 for row in rows))))
    return found


def _activity(row: Mapping[str, Any], names: Names) -> str:
    parts = []
    if row["hours"] is not None:
        parts.append(ngettext("{hours} hour", "{hours} hours", row["hours"]).format(hours=row["hours"]))
    if row["rhythm"]:
        parts.append(str(Rhythm(row["rhythm"]).label))
    how = f": {', '.join(parts)}" if parts else ""
    return f"{row['what']}{how}{_in_brackets(names.get(row['partner'], ''))}"


def _milestone(row: Mapping[str, Any], _names: Names) -> str:
    return f"{day(row['on'])}: {row['what']}"


def _cost(row: Mapping[str, Any], names: Names) -> str:
    payer = names.get(row["partner"], "")
    who = gettext("paid by {party}").format(party=payer) if payer else gettext("paid by others")
    amount = _kroner(row["kroner"]) if row["kroner"] is not None else "–"
    return f"{row['what']}: {amount}{_in_brackets(who)}"


def _person(row: Mapping[str, Any], names: Names) -> str:
    what = f" – {row['what']}" if row["what"] else ""
    return f"{names.get(row['partner'], '–')}: {row['who'] or '–'}{what}"


_LINES = {
    FieldCode.ACTIVITIES: _activity,
    FieldCode.TIMELINE: _milestone,
    FieldCode.BUDGET: _cost,
    FieldCode.DECIDES: _person,
    FieldCode.RESPONSIBLE: _person,
}


def day(written: str | None) -> str:
    """Return a stored day as it is read; nothing for none."""
    return date_format(date.fromisoformat(written), "DATE_FORMAT") if written else ""


def _kroner(amount: int) -> str:
    return gettext("{amount} kr.").format(amount=number_format(amount, use_l10n=True, force_grouping=True))


def _in_brackets(text: str) -> str:
    return f" ({text})" if text else ""

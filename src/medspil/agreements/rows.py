"""The rows of the fields that have some: what each column holds, checked and made plain before it is stored."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from medspil.agreements.models import FieldCode
from medspil.areas.models import Rhythm
from medspil.common.privacy import refuse_cpr

MOST_ROWS = 12
MOST_HOURS = 10_000
MOST_KRONER = 100_000_000
Row = dict[str, Any]


class Kind(StrEnum):
    """What a column holds."""

    WORDS = "words"
    NUMBER = "number"
    DAY = "day"
    RHYTHM = "rhythm"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Col:
    """A column of a row; a row without something in its needed columns is not finished."""

    name: str
    kind: Kind
    needed: bool = False
    most: int = 200


SHAPES: dict[FieldCode, tuple[Col, ...]] = {
    FieldCode.EFFECTS: (),
    FieldCode.ACTIVITIES: (
        Col("what", Kind.WORDS, needed=True),
        Col("hours", Kind.NUMBER, most=MOST_HOURS),
        Col("rhythm", Kind.RHYTHM),
        Col("partner", Kind.PARTNER),
    ),
    FieldCode.SUCCESS: (),
    FieldCode.TIMELINE: (Col("on", Kind.DAY, needed=True), Col("what", Kind.WORDS, needed=True)),
    FieldCode.BUDGET: (
        Col("what", Kind.WORDS, needed=True),
        Col("kroner", Kind.NUMBER, needed=True, most=MOST_KRONER),
        Col("partner", Kind.PARTNER),  # who pays; nobody named means somebody outside, told in `what`
    ),
    FieldCode.DECIDES: (
        Col("partner", Kind.PARTNER, needed=True),
        Col("who", Kind.WORDS, needed=True, most=120),
        Col("what", Kind.WORDS),
    ),
    FieldCode.RESPONSIBLE: (
        Col("partner", Kind.PARTNER, needed=True),
        Col("who", Kind.WORDS, needed=True, most=120),
        Col("what", Kind.WORDS),
    ),
}
"""Who decides and who is responsible are told side by side: one row or more for each partner."""
PER_SIDE = (FieldCode.DECIDES, FieldCode.RESPONSIBLE)


class RowRefused(Exception):
    """A row that cannot be stored as it is; `at` counts from one."""

    def __init__(self, at: int, sentence: object) -> None:
        super().__init__(_("Row %(at)s: %(sentence)s") % {"at": at, "sentence": sentence})
        self.at = at


class TooManyRows(Exception):
    """More rows than two pages bear."""

    def __init__(self) -> None:
        super().__init__(
            _("At most %(most)s rows. Two pages are read; put the rest in the text.") % {"most": MOST_ROWS}
        )


def checked(code: FieldCode, rows: Sequence[Mapping[str, Any]], *, partners: Collection[int]) -> list[Row]:
    """Return rows as they are stored: only known columns, plain values, empty rows left out.

    Raises `RowRefused`, `TooManyRows`, `CprNumberFound`.
    """
    shape = SHAPES[code]
    found: list[Row] = []
    for at, row in enumerate(rows, 1):
        plain = {col.name: _plain(at, col, row.get(col.name), partners) for col in shape}
        if any(plain[col.name] not in (None, "") for col in shape if col.name != "partner"):
            found.append(plain)
    if len(found) > MOST_ROWS or (found and not shape):
        raise TooManyRows
    return found


def unfinished(code: FieldCode, row: Mapping[str, Any]) -> list[str]:
    """Return the columns in which something is missing."""
    return [col.name for col in SHAPES[code] if col.needed and row.get(col.name) in (None, "")]


def _plain(at: int, col: Col, value: Any, partners: Collection[int]) -> Any:
    if value in (None, ""):
        return "" if col.kind in (Kind.WORDS, Kind.RHYTHM) else None
    if col.kind is Kind.WORDS:
        return _words(at, col, str(value))
    if col.kind is Kind.DAY:
        return value.isoformat() if isinstance(value, date) else _day(at, str(value))
    if col.kind is Kind.RHYTHM:
        if value not in Rhythm.values:
            raise RowRefused(at, _("Choose how often from the list."))
        return str(value)
    number = _number(at, value)
    if col.kind is Kind.PARTNER:
        if number not in partners:
            raise RowRefused(at, _("Choose one of those who take part."))
        return number
    if not 0 <= number <= col.most:
        raise RowRefused(at, _("Write a whole number from 0 to %(most)s.") % {"most": col.most})
    return number


def _words(at: int, col: Col, value: str) -> str:
    refuse_cpr(value)
    text = " ".join(value.split())
    if len(text) > col.most:
        words = _("That is %(length)s characters; at most %(most)s. Put the rest in the text.")
        raise RowRefused(at, words % {"length": len(text), "most": col.most})
    return text


def _day(at: int, value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as trouble:
        raise RowRefused(at, _("Write the day as a date.")) from trouble


def _number(at: int, value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError) as trouble:
        raise RowRefused(at, _("Write a whole number.")) from trouble

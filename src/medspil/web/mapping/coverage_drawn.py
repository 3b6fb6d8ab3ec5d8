"""The picture of what is missing: a row for each kind of resource, a column for each challenge, a sign where they meet.

Signs differ in form, not in colour alone. It is drawn twice: wide, and for phones with the name above its row of signs;
the table beneath says the same in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from medspil.mapping.coverage import Cover, Coverage, Row
from medspil.web.areas import words
from medspil.web.mapping.coverage_words import COVERS

SIGN = 20
LABEL, COLUMN, LINE, HEAD, NEAR = 280, 52, 40, 36, 120
NARROW_COLUMN, NARROW_LINE = 36, 58
"""Eight columns of this width fit a phone beside each other; a wider picture is pushed sideways in its frame."""


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A sign at its place."""

    x: int
    y: int
    cover: Cover
    text: str


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """One kind with its signs; `y` is that of the line above it, `base` that of its name."""

    name: str
    y: int
    base: int
    cells: list[DrawnCell]
    near: str
    """How many companies near by could, at the end of the line; on phones the table alone says it."""


@dataclass(frozen=True, slots=True)
class DrawnHead:
    """The number of a challenge above its column."""

    x: int
    number: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole drawing; `told` is what it says in one sentence."""

    wide: bool
    width: int
    height: int
    heads: list[DrawnHead]
    lines: list[DrawnLine]
    told: str


def matrices(found: Coverage, rows: Sequence[Row], numbers: dict[int, int]) -> list[Matrix]:
    """Return the drawing of some rows, wide and narrow; nothing where there is nothing to draw."""
    return [_matrix(found, rows, numbers, wide=wide) for wide in (True, False)] if rows else []


def _matrix(found: Coverage, rows: Sequence[Row], numbers: dict[int, int], *, wide: bool) -> Matrix:
    columns = sorted({numbers[row.challenge.pk] for row in rows})
    left, step = (LABEL, COLUMN) if wide else (0, NARROW_COLUMN)
    line, drop = (LINE, (LINE - SIGN) // 2) if wide else (NARROW_LINE, NARROW_LINE - SIGN - 8)
    places = {number: left + at * step + (step - SIGN) // 2 for at, number in enumerate(columns)}
    lines = []
    for at, kind in enumerate(kind for kind in found.kinds if any(row.kind == kind for row in rows)):
        y = HEAD + at * line
        cells = [
            DrawnCell(places[numbers[row.challenge.pk]], y + drop, row.cover, _text(row))
            for row in rows
            if row.kind == kind
        ]
        number = next(row.nearby for row in rows if row.kind == kind)
        near = _("%(number)s near by") % {"number": number_format(number)} if wide and number is not None else ""
        lines.append(DrawnLine(words.kind(kind), y, y + (25 if wide else 20), cells, near))
    return Matrix(
        wide=wide,
        width=max(left + len(columns) * step + (NEAR if wide else 0), 280),
        height=HEAD + len(lines) * line,
        heads=[DrawnHead(places[number] + SIGN // 2, number) for number in columns],
        lines=lines,
        told=_told(rows),
    )


def _text(row: Row) -> str:
    return f"{row.challenge.title} – {words.kind(row.kind)}: {COVERS[row.cover]}"


def _told(rows: Sequence[Row]) -> str:
    counts = [(str(COVERS[cover]), sum(1 for row in rows if row.cover is cover)) for cover in Cover]
    said = ", ".join(f"{name}: {number}" for name, number in counts if number)
    return _("What the challenges take, and who has it. %(counts)s. The table beneath says the same.") % {
        "counts": said
    }

"""The one table: columns are described once, rows are drawn by components/_table.html."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal

from django.http import HttpRequest
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, where the value comes from, and perhaps a link, a sort key or a template.

    `value` is a dotted attribute of the record or a function of it. `template` draws the cell instead; it gets `row`
    (the record) and `value`. `sort` is what stands in `?sort=`; `-` before it means descending.
    """

    label: str | Promise
    value: str | Callable[[Any], Any]
    url: Callable[[Any], str] | None = None
    template: str = ""
    sort: str = ""
    numeric: bool = False

    def of(self, record: Any) -> Any:
        """Return the value for one record."""
        return self.value(record) if callable(self.value) else attrgetter(self.value)(record)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column heading as drawn, knowing how the list is sorted now."""

    label: str | Promise
    numeric: bool
    sort: str
    direction: Literal["", "ascending", "descending"]
    next_sort: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as drawn."""

    column: Column
    value: Any
    url: str

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to draw."""
        return self.value in (None, "") and not (self.url or self.column.template)


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """One row as drawn; `ident` ties it to a point on the map beside it."""

    record: Any
    cells: list[Cell]
    ident: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table ready for components/_table.html."""

    caption: str | Promise
    describe: tuple[Column, ...]
    records: Iterable[Any]
    sort: str = ""
    row_ident: Callable[[Any], str] | None = None
    caption_hidden: bool = False
    ident: str = ""
    css: str = ""

    @property
    def columns(self) -> list[Heading]:
        """Return the headings, each with the sort order a click on it gives."""
        return [_heading(column, self.sort) for column in self.describe]

    @property
    def drawn_rows(self) -> Iterable[DrawnRow]:
        """Yield the rows with their cells."""
        for record in self.records:
            cells = [Cell(each, each.of(record), each.url(record) if each.url else "") for each in self.describe]
            yield DrawnRow(record, cells, self.row_ident(record) if self.row_ident else "")


def _heading(column: Column, sort: str) -> Heading:
    direction: Literal["", "ascending", "descending"] = ""
    if column.sort and sort == column.sort:
        direction = "ascending"
    elif column.sort and sort == f"-{column.sort}":
        direction = "descending"
    following = f"-{column.sort}" if direction == "ascending" else column.sort
    return Heading(column.label, column.numeric, column.sort, direction, following)


def chosen_sort(request: HttpRequest, columns: Iterable[Column], *, default: str) -> str:
    """Return the sort order asked for in the address, if a column offers it; otherwise the default."""
    asked = request.GET.get("sort", "")
    offered = {column.sort for column in columns if column.sort}
    return asked if asked.removeprefix("-") in offered else default

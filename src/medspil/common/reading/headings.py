"""Headings of columns: compared without case and signs, found among the first rows, made unlike each other."""

import re
from collections.abc import Callable, Iterable, Sequence

Row = tuple[int, list[str]]
Known = Callable[[str], bool]
"""Tells whether a heading is one that the reader knows."""

ROWS_LOOKED_AT = 30
_NUMBER = re.compile(r"[\d ]{4,}")  # no heading: a row with a number is a row of data


def key(heading: str) -> str:
    """Return a heading without case, blanks and signs: `P-nummer` and `pNummer` are the same."""
    return re.sub(r"[\W_]+", "", heading.casefold().removeprefix("\ufeff"))


def nothing_known(_heading: str) -> bool:
    """Know no heading."""
    return False


def best_known(rows: Iterable[Row], known: Known) -> Row | None:
    """Return the row with the most names that are known, the first of several; None where no row has one."""
    named = [(row, cells) for row, cells in rows if not any(_NUMBER.fullmatch(cell.strip()) for cell in cells)]
    best = max(named, key=lambda pair: (sum(map(known, pair[1])), -pair[0]), default=None)
    return best if best is not None and any(map(known, best[1])) else None


def looks_like_heading(cells: Sequence[str]) -> bool:
    """Return whether a row could be headings: at least two cells, all of them words and no two the same."""
    words = [cell.strip() for cell in cells if cell.strip()]
    return len(words) > 1 and len(set(words)) == len(words) and all(re.match(r"[^\W\d]", word) for word in words)


def find_heading(rows: Iterable[Row], known: Known) -> Row | None:
    """Return the row with the most names we know; otherwise the first that looks like headings."""
    there = list(rows)
    return best_known(there, known) or next((one for one in there if looks_like_heading(one[1])), None)


def unlike(cells: Sequence[str]) -> list[str]:
    """Name blank headings, and number those that come twice, so that a column can be pointed at."""
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    names: list[str] = []
    for at, cell in enumerate(cells, start=1):
        name = " ".join(cell.replace("\x00", "").split())[:100] or f"#{at}"
        names.append(name if name not in names else f"{name} ({at})")
    return names

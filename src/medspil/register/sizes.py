"""Size classes: which of the register's intervals a number or an interval of employees falls in."""

from bisect import bisect_right

from medspil.matching import EMPLOYMENT_CLASSES, UNKNOWN_SIZE

# The first number of each of the engine's classes: 0, 1, 2, 5, 10, 20 …
_STARTS = [int(name.split("-")[0].rstrip("+")) for name in EMPLOYMENT_CLASSES]


def size_class(low: int | None, high: int | None) -> int:
    """Return the index of the class, -1 when unknown; an interval that spans several counts by its middle."""
    if low is None:
        return UNKNOWN_SIZE
    middle = low if high is None else (low + high) // 2
    return bisect_right(_STARTS, middle) - 1


def size_text(low: int | None, high: int | None) -> str:
    """Return the number or interval as people read it; blank when unknown."""
    if low is None:
        return ""
    if high is None:
        return f"{low}+"
    return str(low) if low == high else f"{low}–{high}"

"""Which times overlap, and whether overlapping falls into cliques."""

from collections.abc import Sequence

import numpy as np

from medspil.allocation._arrays import Bool, Int64, ints
from medspil.allocation._problem import Span


def clashes(patterns: Sequence[tuple[Span, ...]]) -> Bool:
    """Return which patterns of times overlap, shape (patterns, patterns); each overlaps itself.

    Examples
    --------
    >>> clashes([(Span(0, 60),), (Span(30, 90),), (Span(60, 90),)]).astype(int).tolist()
    [[1, 1, 0], [1, 1, 1], [0, 1, 1]]
    """
    found = np.eye(len(patterns), dtype=np.bool_)
    owner = ints(at for at, pattern in enumerate(patterns) for _ in pattern)
    starts = ints(span.start for pattern in patterns for span in pattern)
    ends = ints(span.end for pattern in patterns for span in pattern)
    for at in range(len(owner)):
        overlapping = (starts < ends[at]) & (ends > starts[at])
        found[owner[at], owner[overlapping]] = True
    return found


def clique_of(clash: Bool) -> Int64 | None:
    """Return the number of each row's clique, or None if overlapping is not transitive: A with B, B with C, A not C.

    Examples
    --------
    >>> clique_of(np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]], dtype=bool)).tolist()
    [0, 1, 0]
    >>> clique_of(np.array([[1, 1, 0], [1, 1, 1], [0, 1, 1]], dtype=bool)) is None
    True
    """
    first = np.argmax(clash, axis=1)
    return first if np.array_equal(clash, first[:, None] == first[None, :]) else None

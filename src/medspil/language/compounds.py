"""Splitting of Danish compounds: lærlingeplads is a kind of plads that has to do with lærlinge.

The word list says which pieces are words. A first part may carry a linking -s-, -e- or -er-; the last part
must be a noun, or a long word. Among all ways to split, the one with the fewest and most plausible parts wins.
"""

from functools import cache, lru_cache
from typing import NamedTuple

from medspil.language.lexicon import Entry, lexicon
from medspil.language.words import (
    FIRST_PARTS,
    LEMMAS,
    NEEDS_S,
    NO_FIRSTS,
    NO_HEADS,
    SHORT_FIRSTS,
    SHORT_HEADS,
    UNBROKEN,
    WHOLE_WORDS,
)

MAX_PARTS = 4
MAX_LETTERS = 45
_PART = 2.0  # the cost of one more part; every doubt about a part costs less than that
_SHORTEST, _SHORTEST_HEAD = 4, 4
_LONG_HEAD = 5
_NOT_A_NOUN, _LINK_S, _LINK_E, _LINK_ER, _MISSING_S, _ODD_HEAD = 0.8, 0.0, 0.3, 0.7, 0.5, 1.2


class Split(NamedTuple):
    """One way to split a word."""

    cost: float
    parts: tuple[str, ...]
    head_at: int


def known(word: str) -> Entry | None:
    """Return what the word list says about a folded form, with our own corrections.

    Parameters
    ----------
    word : str
        A folded word.

    Returns
    -------
    Entry | None
        The entry, or None for a word that nobody knows.

    Examples
    --------
    >>> known("virksomhederne").lemma
    'virksomhed'
    """
    if word in LEMMAS:
        return Entry(LEMMAS[word], LEMMAS[word] == word, True, False)
    return lexicon().get(word)


@lru_cache(maxsize=1 << 14)
def split(word: str, *, inflected: bool = True) -> Split | None:
    """Return the best way to split a folded word, or None if it is one word.

    Parameters
    ----------
    word : str
        A folded word; only its last part may be inflected.
    inflected : bool
        False if the word is known to be a lemma: then its last part is one too (håndværker is no
        kind of værk).

    Returns
    -------
    Split | None
        The lemmas of the parts and where the last part begins.

    Examples
    --------
    >>> split("lærlingepladserne").parts
    ('lærling', 'plads')
    >>> split("partnerskab") is None
    True
    """
    if word in WHOLE_WORDS:
        parts = WHOLE_WORDS[word]
        return Split(0.0, parts, 0) if parts else None
    if not _SHORTEST < len(word) <= MAX_LETTERS or not word.isalpha():
        return None

    closed = {at + inside for stem in UNBROKEN if (at := word.find(stem)) >= 0 for inside in range(1, len(stem))}

    @cache
    def tail(start: int, left: int) -> Split | None:
        """Return the best split of the rest of the word, at most `left` parts."""
        best = _head(word[start:], start, inflected) if start else None
        if left > 1 and (best is None or not start):
            for end in range(len(word) - 2, start + 1, -1):
                first = None if end in closed else _first(word[start:end])
                rest = tail(end, left - 1) if first else None
                if first and rest:
                    cost = first[1] + rest.cost + _PART
                    # On a tie the longer first part wins, and that is the earlier find: tandlæge|klinik.
                    if best is None or cost < best.cost:
                        best = Split(cost, (first[0], *rest.parts), rest.head_at)
        return best

    return next((found for count in range(2, MAX_PARTS + 1) if (found := tail(0, count))), None)


def _head(piece: str, start: int, inflected: bool) -> Split | None:
    """Return the piece as last part of a compound."""
    if len(piece) < _SHORTEST_HEAD and piece not in SHORT_HEADS:
        return None
    entry = known(piece)
    if entry is None or entry.is_name or entry.lemma in NO_HEADS or piece in NO_HEADS:
        return None
    if not inflected and entry.lemma != piece:
        return None
    if len(entry.lemma) < _SHORTEST_HEAD and entry.lemma not in SHORT_HEADS:
        return None
    if entry.is_noun:
        return Split(0.0, (entry.lemma,), start)
    return Split(_ODD_HEAD, (entry.lemma,), start) if len(entry.lemma) >= _LONG_HEAD else None


@lru_cache(maxsize=1 << 14)
def _first(piece: str) -> tuple[str, float] | None:
    """Return the lemma of a piece as first or middle part, and how doubtful it is."""
    if piece in FIRST_PARTS:
        return FIRST_PARTS[piece], 0.0
    if piece in NO_FIRSTS or (len(piece) < _SHORTEST and piece not in SHORT_FIRSTS):
        return None
    found = []
    entry = known(piece)
    if entry and not entry.is_name and entry.is_lemma and entry.lemma == piece:
        doubt = _MISSING_S if piece.endswith(NEEDS_S) else 0.0
        found.append((doubt if entry.is_noun else _NOT_A_NOUN, piece))
    for link, cost in (("s", _LINK_S), ("e", _LINK_E), ("er", _LINK_ER)):
        stem = piece.removesuffix(link)
        if stem != piece and (len(stem) >= _SHORTEST or stem in SHORT_FIRSTS) and stem not in NO_FIRSTS:
            noun = known(piece if link == "er" else stem)
            if noun and noun.is_noun and not noun.is_name:
                found.append((cost, noun.lemma))
    if not found:
        return None
    cost, lemma = min(found)
    return lemma, cost

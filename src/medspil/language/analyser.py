"""The analyser: text → lower case → lemma → compound parts → weighted terms."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from medspil.language.compounds import known, split
from medspil.language.derived import derived_from
from medspil.language.folding import clean, fold_word
from medspil.language.words import STOP_WORDS

ANALYSER_VERSION = 2
"""Raised whenever the same text may give other terms; an index built with another version is outdated."""

WHOLE_WEIGHT = 1.0
PART_WEIGHT = 0.4
MAX_WORD = 60
"""Longer words are junk and are cut here, so that one bad line cannot fill the memory."""

_MAX_CACHED = 120
_WORD = re.compile(
    r"\d+(?:\.\d+)+"  # codes and dates written with points
    r"|[^\W_](?:&[^\W_])+(?![^\W_])"  # B&O
    r"|[^\W_]+(?:['’-][^\W_]+)*"
)
# After these letters an -s mostly belongs to the name itself: Rasmus, Dennis.
_KEEPS_S = ("ss", "us", "is", "xs", "'s")


class Token(NamedTuple):
    """A search term and how much it counts where it stands.

    Attributes
    ----------
    term : str
        The lemma, or a part of a compound.
    weight : float
        1.0 for a whole word, 0.4 for a part.
    """

    term: str
    weight: float


def analyse(text: str) -> list[Token]:
    """Turn a Danish text into weighted terms, in order, with repeats.

    Each word is brought to its lemma; a compound also gives its parts, with a lower weight. Stop words and
    single letters are dropped; digits and codes are kept. Never raises, whatever the text.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list[Token]
        The terms.

    Examples
    --------
    >>> [token.term for token in analyse("Vi tilbyder lærlingepladserne")]
    ['tilbyde', 'lærlingeplads', 'lærling', 'plads']
    >>> analyse("Virksomhedernes") == analyse("virksomhed")
    True
    >>> [token.term for token in analyse("Aarhus' CSR-indsats, 43.21.00")]
    ['århus', 'csr-indsats', 'csr', 'indsats', '432100']
    """
    tokens: list[Token] = []
    for chunk in text.split():
        if len(chunk) <= _MAX_CACHED:
            tokens += _chunk(chunk)
        else:
            for word in _WORD.findall(clean(chunk)):
                tokens += _chunk(word[:MAX_WORD])
    return tokens


def terms(text: str) -> dict[str, float]:
    """Return the summed weight of every term of a text.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    dict[str, float]
        Term to weight, in the order in which the terms first stand in the text.

    Examples
    --------
    >>> terms("lærlingepladser og pladser")
    {'lærlingeplads': 1.0, 'lærling': 0.4, 'plads': 1.4}
    """
    sums: dict[str, float] = {}
    for term, weight in analyse(text):
        sums[term] = sums.get(term, 0.0) + weight
    return sums


@lru_cache(maxsize=1 << 16)
def _chunk(chunk: str) -> tuple[Token, ...]:
    """Analyse what stands between two white spaces; this is the cache that makes a register go fast."""
    words = _WORD.findall(clean(chunk))
    return tuple(token for word in words for token in _word(word[:MAX_WORD]))


def _word(word: str) -> Iterator[Token]:
    """Yield the terms of one cleaned word, hyphens and all."""
    if "&" in word:
        yield Token(word, WHOLE_WEIGHT)
    elif "-" in word:
        yield from _hyphenated(word)
    elif word[0].isdecimal() and "." in word:
        yield Token(word.replace(".", ""), WHOLE_WEIGHT)
    else:
        # What follows an apostrophe is an ending: IKEA's, cd'er.
        yield from _plain(re.split("['’]", word)[0])


def _plain(word: str) -> Iterator[Token]:
    """Yield the terms of one word of letters and digits only."""
    folded = fold_word(word)
    if folded in STOP_WORDS or (len(folded) == 1 and folded.isalpha()):
        return
    whole, parts = _lemma_and_parts(folded)
    if not parts and whole == folded and word != folded:
        # No known word: perhaps the "aa" is a seam between two (kulturaaften).
        seam = split(word)
        if seam:
            whole, parts = word[: seam.head_at] + seam.parts[-1], seam.parts
    yield Token(whole, WHOLE_WEIGHT)
    origin = () if parts else (derived_from(whole),)
    for part in (*parts, *origin):
        if part and part != whole:
            yield Token(part, PART_WEIGHT)


def _hyphenated(word: str) -> Iterator[Token]:
    """Yield the whole word once and its parts with lower weight; numbers joined by a hyphen stay numbers."""
    pieces = [piece for piece in word.split("-") if piece]
    if any(piece.isdecimal() for piece in pieces):
        for piece in pieces:
            yield from _plain(piece)
        return
    joined, parts = _lemma_and_parts(fold_word("".join(pieces)))
    if parts:
        yield Token(joined, WHOLE_WEIGHT)
        yield from (Token(part, PART_WEIGHT) for part in parts)
        return
    inner = [token for piece in pieces for token in _plain(piece)]
    last = next((token.term for token in _plain(pieces[-1])), pieces[-1])
    known_joined = known(fold_word("".join(pieces))) is not None
    yield Token(joined if known_joined else "-".join([*map(fold_word, pieces[:-1]), last]), WHOLE_WEIGHT)
    yield from (Token(token.term, PART_WEIGHT) for token in inner)


def _lemma_and_parts(word: str) -> tuple[str, tuple[str, ...]]:
    """Return the lemma of a folded word and the lemmas of its parts, if it is a compound."""
    entry = known(word)
    if entry and not (entry.is_name and entry.lemma == word):
        found = None if entry.is_name else split(entry.lemma, inflected=False)
        return entry.lemma, found.parts if found else ()
    base = _without_genitive(word, named=entry is not None)
    if entry:
        return base, ()
    found = split(word)
    if found:
        whole = word[: found.head_at] + found.parts[-1] if found.head_at else word
        return whole, found.parts
    return base, ()


def _without_genitive(word: str, *, named: bool) -> str:
    """Return a name without its genitive -s.

    A name of the word list loses it only if the list knows the shorter name too (Hansens, but Randers);
    an unknown word loses it always, except after letters where it mostly belongs to the name.
    """
    base = word[:-1]
    if len(word) < 5 or not word.endswith("s") or word.endswith(_KEEPS_S) or not word.isalpha():
        return word
    entry = known(base)
    if entry and (entry.is_name or not named):
        return entry.lemma
    return word if named else base

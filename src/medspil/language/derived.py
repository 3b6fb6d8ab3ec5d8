"""Words made from another word: undervisning is what is done when one undervises, fotografisk is of fotografi.

Needs say what is to be done in verbs, industries name it in nouns; so the noun also gives the verb, and an adjective
the noun it is made from. One step only, towards the word that is made from nothing.
"""

from medspil.language.compounds import known
from medspil.language.words import NOT_DERIVED

_SHORTEST = 4
"""Letters of the word it is made from; shorter ones are found by accident (ting is no form of te)."""

_DOINGS = ("ning", "else", "ing")
_OF_A_NOUN = ("sk", "isk")


def derived_from(lemma: str) -> str | None:
    """Return the word that a lemma is made from, or None.

    Parameters
    ----------
    lemma : str
        A folded lemma.

    Returns
    -------
    str | None
        A verb for the name of a doing, a noun for an adjective in -isk.

    Examples
    --------
    >>> derived_from("undervisning"), derived_from("fotografisk"), derived_from("kunstnerisk")
    ('undervise', 'fotografi', 'kunstner')
    >>> derived_from("forening") is derived_from("praktisk") is derived_from("dansk") is None
    True
    """
    if lemma in NOT_DERIVED:
        return None
    for ending in _DOINGS:
        stem = lemma.removesuffix(ending)
        if stem != lemma and _is_lemma(stem + "e"):
            return stem + "e"
    for ending in _OF_A_NOUN:
        stem = lemma.removesuffix(ending)
        if stem != lemma and _is_noun(stem):
            return stem
    return None


def _is_lemma(word: str) -> bool:
    entry = known(word)
    return entry is not None and entry.lemma == word and not entry.is_name and len(word) > _SHORTEST


def _is_noun(word: str) -> bool:
    entry = known(word)
    return _is_lemma(word) and entry is not None and entry.is_noun and len(word) > _SHORTEST + 1

"""Tells the kind of what an area has from words as people write them: "foreninger", "Club", "boldklubben"."""

from functools import cache

from medspil.catalogue.vocabulary import vocabulary
from medspil.language import WHOLE_WEIGHT, analyse, fold
from medspil.mapping.models import PERSON

# What names of clubs and companies end or begin with; only as they are written, for "if" is a word as well.
_SHORT = dict.fromkeys(("IF", "BK", "FK", "IK", "SK", "GF", "IUF", "KFUM", "KFUK", "FDF", "DUI", "DDS"), "association")
_SHORT |= dict.fromkeys(("ApS", "APS", "A/S", "I/S", "IVS", "K/S", "P/S"), "company")


def kind_named(text: str) -> str:
    """Return the kind that a text is the name of, in either language, singular or plural; blank for any other."""
    return _official().get(fold(text), "")


def kind_said(text: str) -> str:
    """Return the kind that a short text says, by its name or a word for it; blank when it says none."""
    return kind_named(text) or kind_in(text, people=True) if len(text.split()) <= 3 else ""


def kind_in(name: str, *, people: bool = False) -> str:
    """Return the kind that a name gives away: the last word that says one decides, as in Danish compounds.

    That it is a person is never guessed from a name.
    """
    for word in reversed(name.split()):
        if short := _SHORT.get(word.strip(",.()\"'“”")):
            return short
        tokens = analyse(word)
        whole = [token.term for token in tokens if token.weight == WHOLE_WEIGHT]
        parts = [token.term for token in tokens if token.weight != WHOLE_WEIGHT]
        for term in (*whole, *parts[-1:]):
            kind = _words().get(term, "")
            if kind and (people or kind != PERSON):
                return kind
    return ""


@cache
def _official() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, kind in vocabulary().asset_kinds.items():
        for name in (code, kind.name_da, kind.name_en):
            found[fold(name)] = code
            for end in ("r", "er", "s", "e", "ies"):
                found.setdefault(fold(name.removesuffix("y") if end == "ies" else name) + end, code)
    return found | {"people": PERSON, "steder": "place", "sted": "place", "rum": "place", "lokal økonomi": "economy"}


@cache
def _words() -> dict[str, str]:
    """Return {lemma: kind}."""
    found: dict[str, str] = {}
    for code, kind in vocabulary().asset_kinds.items():
        for word in kind.words_da:
            terms = [token.term for token in analyse(word) if token.weight == WHOLE_WEIGHT]
            found |= dict.fromkeys((*terms, fold(word)), code)
    return found

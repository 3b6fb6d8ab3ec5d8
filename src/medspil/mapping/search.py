"""Finds resources of an area by the words of a text, as Danish bends and joins them.

Nothing is kept beside the rows: what is gone from them is found by nobody from that moment on.
"""

from collections.abc import Iterable

from medspil.catalogue.vocabulary import Entry, ResourceKind, vocabulary
from medspil.language import analyse, fold, terms
from medspil.mapping.models import Resource

LONGEST_QUERY = 200
_NAME, _BRINGS, _CAN_DO, _REST, _WIDENED = 3.0, 2.0, 1.5, 1.0, 0.5
_BEGINS = 0.6


def search(resources: Iterable[Resource], text: str) -> list[Resource]:
    """Return those of the resources in which every word of a text is found, the best first.

    The last word may be only begun. A text without any word finds them all, in the order in which they came.
    """
    asked = " ".join(text.replace("\x00", " ").split())[:LONGEST_QUERY]
    words = [word for word in asked.split() if analyse(word)]
    if not words:
        return list(resources)
    found = []
    for at, one in enumerate(resources):
        said = _said(one)
        scores = [_score(word, said, begun=word == words[-1]) for word in words]
        if all(scores):
            found.append((-sum(scores), at, one))
    return [one for _score_of, _at, one in sorted(found, key=lambda each: each[:2])]


def _said(resource: Resource) -> dict[str, float]:
    """Return the weight of every term of a resource."""
    known = vocabulary()
    tables: tuple[tuple[list[str], dict[str, Entry]], ...] = (
        (resource.kinds, dict(known.resource_kinds)),
        (resource.themes, dict(known.themes)),
        (resource.target_groups, dict(known.target_groups)),
        ([resource.kind], dict(known.asset_kinds)),
    )
    named = [table[code] for codes, table in tables for code in codes if code in table]
    widened = [word for one in named if isinstance(one, ResourceKind) for word in one.words_da]
    texts = (
        (resource.name, _NAME),
        (" ".join(widened), _WIDENED),
        (" ".join(f"{one.name_da} {one.name_en}" for one in named), _BRINGS),
        (resource.can_do, _CAN_DO),
        (f"{resource.when} {resource.address}", _REST),
    )
    found: dict[str, float] = {}
    for text, weight in texts:
        for term, count in terms(text).items():
            found[term] = found.get(term, 0.0) + weight * count
        for word in fold(text).split():  # a name is found as it is written, too
            found.setdefault(word, weight)
    return found


def _score(word: str, said: dict[str, float], *, begun: bool) -> float:
    wanted = analyse(word)
    score = sum(said.get(token.term, 0.0) * token.weight for token in wanted)
    start = fold(word)
    if not score and begun and len(start) > 1:
        score = max((weight * _BEGINS for term, weight in said.items() if term.startswith(start)), default=0.0)
    return score or said.get(start, 0.0)

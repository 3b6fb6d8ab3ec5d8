"""The words a need is asked with, and how fast nearness fades: rules without records, for the site and the bench."""

from collections.abc import Iterable
from functools import cache

from medspil.catalogue.vocabulary import vocabulary
from medspil.language import WHOLE_WEIGHT, analyse, terms

KIND_WORD_WEIGHT = 0.5
"""What a kind's search words count against the need's own words: they widen the query, they do not lead it."""

SAYS_NOTHING = "virksomhed firma selskab arbejdsplads medarbejder ansat område boligområde kvarter kommune beboer"
"""Words that needs are written with and that tell no company from another: many an industry title says "virksomhed"."""

DEFAULT_SCALE_M = 10_000.0
SHORTEST_SCALE_M, LONGEST_SCALE_M = 1_000.0, 25_000.0


def words_of_need(text: str, kinds: Iterable[str]) -> dict[str, float]:
    """Return the need's own words, and the kinds' search words at half weight where they are not among them already."""
    silent = _silent_terms()
    found = {term: weight for term, weight in terms(text).items() if term not in silent}
    entries = vocabulary().resource_kinds
    searched = "\n".join(" . ".join(entries[kind].words_da) for kind in kinds if kind in entries)
    for term, weight in terms(searched).items():
        found[term] = max(found.get(term, 0.0), KIND_WORD_WEIGHT * min(weight, 1.0))
    return {term: round(weight, 6) for term, weight in sorted(found.items())}


def scale_of(reach_m: float | None) -> float:
    """Return the distance in metres at which nearness has faded to a third, by how far a company may be."""
    return min(max(reach_m / 2, SHORTEST_SCALE_M), LONGEST_SCALE_M) if reach_m else DEFAULT_SCALE_M


@cache
def _silent_terms() -> frozenset[str]:
    """The words that say nothing, as the analyser writes them; the parts of compounds among them still count."""
    return frozenset(token.term for token in analyse(SAYS_NOTHING) if token.weight == WHOLE_WEIGHT)

"""Names of organisations that are nearly the same: another spelling, another order, with or without ApS."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from medspil.language import fold
from medspil.organisations.models import Organisation

LIKE_FROM = 88.0
"""Of 100: one letter wrong in a name of ten is alike, another first word is not."""

# What a company form adds to a name says nothing about who it is.
_FORMS = re.compile(r"\b(?:aps|a/s|as|i/s|k/s|p/s|ivs|amba|a\.m\.b\.a\.?|f\.m\.b\.a\.?|smba)(?=\s|$|,|\.)")


def bare(name: str) -> str:
    """Return a name as it is compared: folded, without company form and signs."""
    return " ".join(re.sub(r"[^\w\s]", " ", _FORMS.sub(" ", fold(name))).split())


def likeness(one: str, other: str) -> float:
    """Return from 0 to 100 how alike two names are, in whatever order their words stand."""
    first, second = bare(one), bare(other)
    return float(fuzz.token_sort_ratio(first, second)) if first and second else 0.0


def like_first(name: str, organisations: Iterable[Organisation]) -> list[Organisation]:
    """Return organisations with those whose names are most like a name first."""
    return sorted(organisations, key=lambda one: (-likeness(name, one.name), one.name, one.pk))


def similar_names(name: str, organisations: Iterable[Organisation]) -> list[Organisation]:
    """Return those whose names are so alike that they may be the same organisation, the likest first."""
    return [one for one in like_first(name, organisations) if likeness(name, one.name) >= LIKE_FROM]

"""The yardstick of the Danish analyser: families of words that have to meet, by themselves or through their parts."""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from medspil.language import analyse

YARDSTICK = Path(__file__).with_name("families.tsv")
HALVES: Final = ("tuning", "held out")
SEED: Final = 300
DRAWS: Final = 2_000

Give = Callable[[str], frozenset[str]]


class Family(NamedTuple):
    """The forms of one word, with the lemma and the parts that a person expects."""

    half: str
    topic: str
    lemma: str
    parts: tuple[str, ...]
    forms: tuple[str, ...]

    @property
    def expected(self) -> frozenset[str]:
        """Return the terms that each form should give."""
        return frozenset((self.lemma, *self.parts))


class Share(NamedTuple):
    """A share of pairs with its 95 % interval: families are drawn again with replacement."""

    value: float
    low: float
    high: float


class Meetings(NamedTuple):
    """How well an analyser lets words meet.

    `forms`: recall among forms of one word; `parts`: recall among words that share a part only; `recall` over both;
    `precision`: of all pairs that meet, how many should.
    """

    forms: Share
    parts: Share
    recall: Share
    precision: Share


def families(half: str | None = None) -> list[Family]:
    """Return the yardstick, or one half of it."""
    lines = [line for line in YARDSTICK.read_text(encoding="utf-8").splitlines() if not line.startswith("#")][1:]
    fields = (line.split("\t") for line in lines)
    every = [
        Family(part, topic, lemma, tuple(inner.split()), tuple(forms.split()))
        for part, topic, lemma, inner, forms in fields
    ]
    return [family for family in every if half in (None, family.half)]


def ours(word: str) -> frozenset[str]:
    """Return the terms that our analyser gives a word."""
    return frozenset(token.term for token in analyse(word))


def plain(word: str) -> frozenset[str]:
    """Return the one lemma that simplemma gives a word, without splitting."""
    from simplemma import lemmatize  # noqa: PLC0415 – loads 90 MB, only for the comparison

    return frozenset({lemmatize(word, lang="da").casefold()})


def snowball(word: str) -> frozenset[str]:
    """Return the stems of Snowball's Danish stemmer, as tantivy and PostgreSQL have it."""
    return frozenset(_snowball().analyze(word))


@cache
def _snowball():  # type: ignore[no-untyped-def]  # tantivy has no types
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer  # noqa: PLC0415 – of the bench group

    return TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase()).filter(Filter.stemmer("danish")).build()


def differences(sample: Sequence[Family], give: Give) -> list[str]:
    """Return what each word should give and does not, and the other way round."""
    return [
        f"{word}: {' '.join(sorted(give(word)))} instead of {' '.join(sorted(family.expected))}"
        for family in sample
        for word in family.forms
        if give(word) != family.expected
    ]


def meetings(sample: Sequence[Family], give: Give) -> Meetings:
    """Count which pairs of words share a term and which should."""
    found = {word: give(word) for family in sample for word in family.forms}
    size = len(sample)
    own, own_met, wanted, wanted_met, met = (np.zeros((size, size)) for _ in range(5))
    for at, family in enumerate(sample):
        pairs = list(combinations(family.forms, 2))
        own[at, at] = len(pairs)
        own_met[at, at] = met[at, at] = sum(bool(found[one] & found[other]) for one, other in pairs)
    for one, other in combinations(range(size), 2):
        pairs = [(first, second) for first in sample[one].forms for second in sample[other].forms]
        meet = sum(bool(found[first] & found[second]) for first, second in pairs)
        met[one, other] = meet
        if sample[one].expected & sample[other].expected:
            wanted[one, other], wanted_met[one, other] = len(pairs), meet
    return Meetings(
        forms=_share(own_met, own),
        parts=_share(wanted_met, wanted),
        recall=_share(own_met + wanted_met, own + wanted),
        precision=_share(own_met + wanted_met, met),
    )


def _share(part: npt.NDArray[np.float64], whole: npt.NDArray[np.float64]) -> Share:
    """Return the share with its interval; a pair of two families counts as often as both are drawn."""
    size = len(part)
    times = np.random.default_rng(SEED).multinomial(size, np.full(size, 1 / size), DRAWS).astype(float)

    def drawn(counts: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        alone = np.diag(counts)
        between: npt.NDArray[np.float64] = times @ alone + ((times @ (counts - np.diag(alone))) * times).sum(axis=1)
        return between

    wholes = drawn(whole)
    shares = drawn(part)[wholes > 0] / wholes[wholes > 0]
    low, high = np.quantile(shares, [0.025, 0.975]) if len(shares) else (0.0, 0.0)
    return Share(float(part.sum() / (whole.sum() or 1.0)), float(low), float(high))

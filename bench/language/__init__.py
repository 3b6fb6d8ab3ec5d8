"""The yardstick of the Danish analyser: words with the lemma and the parts that a person expects."""

from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from medspil.language import analyse

YARDSTICK = Path(__file__).with_name("yardstick.tsv")


class Row(NamedTuple):
    """One word of the yardstick."""

    word: str
    lemma: str
    parts: tuple[str, ...]

    @property
    def expected(self) -> frozenset[str]:
        """Return the terms that the word should give."""
        return frozenset((self.lemma, *self.parts))


class Score(NamedTuple):
    """Found rightly, found wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Return how much of what was found is right."""
        return self.right / (self.right + self.wrong or 1)

    @property
    def recall(self) -> float:
        """Return how much of what was to be found was found."""
        return self.right / (self.right + self.missed or 1)


def rows(half: int | None = None) -> list[Row]:
    """Return the yardstick: 0 the half used for tuning, 1 the half held out, None for all."""
    lines = YARDSTICK.read_text(encoding="utf-8").splitlines()[1:]
    fields = (line.split("\t") for line in lines)
    every = [Row(word, lemma, tuple(parts.split())) for word, lemma, parts in fields]
    return every if half is None else every[half::2]


def ours(word: str) -> frozenset[str]:
    """Return the terms that our analyser gives a word."""
    return frozenset(token.term for token in analyse(word))


def plain(word: str) -> frozenset[str]:
    """Return the one lemma that simplemma gives a word, without splitting."""
    from simplemma import lemmatize  # noqa: PLC0415 – loads 90 MB, only for the comparison

    return frozenset({lemmatize(word, lang="da").casefold()})


def score_terms(sample: list[Row], give: Callable[[str], frozenset[str]]) -> Score:
    """Compare the terms of each word with the expected ones."""
    pairs = [(row.expected, give(row.word)) for row in sample]
    return _score((len(want & got), len(got - want), len(want - got)) for want, got in pairs)


def score_pairs(sample: list[Row], give: Callable[[str], frozenset[str]]) -> Score:
    """Compare which pairs of words share a term with which pairs should."""
    got = {row.word: give(row.word) for row in sample}
    outcomes = [
        (bool(one.expected & other.expected), bool(got[one.word] & got[other.word]))
        for one, other in combinations(sample, 2)
    ]
    return _score((want and met, met and not want, want and not met) for want, met in outcomes)


def _score(counts: Iterable[tuple[int, int, int]]) -> Score:
    return Score(*(sum(column) for column in zip(*counts, strict=True)))

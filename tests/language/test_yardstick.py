"""The analyser keeps its quality on the yardstick, also on the half held out, and beats Snowball."""

import pytest

from bench.language import HALVES, Family, differences, families, meetings, ours, plain, snowball
from bench.language.__main__ import page

TWO = [
    Family("tuning", "x", "skole", (), ("skole", "skolen", "skoler")),
    Family("tuning", "x", "skoleklasse", ("skole", "klasse"), ("skoleklasse", "skoleklassen")),
    Family("tuning", "x", "skov", (), ("skov",)),
]


@pytest.mark.parametrize("half", HALVES)
def test_words_keep_meeting_those_they_should_and_no_others(half: str) -> None:
    found = meetings(families(half), ours)
    assert found.forms.value >= 0.96
    assert found.parts.value >= 0.94
    assert found.precision.value >= 0.96


@pytest.mark.parametrize("half", HALVES)
def test_ours_finds_clearly_more_than_snowball_and_simplemma_alone(half: str) -> None:
    found = meetings(families(half), ours)
    for other in (snowball, plain):
        less = meetings(families(half), other)
        assert found.forms.value > less.forms.value
        assert found.recall.low > less.recall.high


def test_the_yardstick_has_more_than_three_hundred_words_in_many_topics_and_says_each_once() -> None:
    words = [word for family in families() for word in family.forms]
    assert len(words) >= 300
    assert len(set(words)) == len(words)
    assert len({family.topic for family in families()}) >= 10
    assert {family.half for family in families()} == set(HALVES)
    assert sum(bool(family.parts) for family in families()) >= 100


def test_perfect_terms_score_one_and_no_common_terms_score_nothing() -> None:
    terms = {word: family.expected for family in TWO for word in family.forms}
    perfect = meetings(TWO, lambda word: terms[word])
    assert [share.value for share in perfect] == [1.0] * 4
    apart = meetings(TWO, lambda word: frozenset({word}))
    assert [share.value for share in apart] == [0.0] * 4


def test_words_that_all_meet_lose_precision_but_no_recall() -> None:
    same = meetings(TWO, lambda word: frozenset({"same"}))
    assert same.recall.value == 1.0
    # Four pairs of forms and six with a common part among the fifteen pairs of six words.
    assert same.precision.value == pytest.approx(10 / 15)
    assert same.precision.low <= same.precision.value <= same.precision.high


def test_what_differs_is_told_word_by_word() -> None:
    assert (
        differences(TWO, lambda word: frozenset({"skole"}))[0]
        == "skoleklasse: skole instead of klasse skole skoleklasse"
    )


def test_the_report_names_both_halves_and_all_three_analysers() -> None:
    text = page()
    for name in ("## Tuning", "## Held out", "| Medspil |", "| Snowball, Danish |", "| simplemma alone |"):
        assert name in text

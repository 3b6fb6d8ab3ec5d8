"""The analyser keeps the quality it reached on its yardstick, also on the half it was not tuned on."""

import pytest

from bench.language import Score, ours, plain, rows, score_pairs, score_terms


@pytest.mark.parametrize("half", [0, 1])
def test_terms_and_pairs_keep_their_floor(half: int) -> None:
    found, pairs = score_terms(rows(half), ours), score_pairs(rows(half), ours)
    assert min(found.precision, found.recall) >= 0.95
    assert pairs.precision >= 0.96
    assert pairs.recall >= 0.95


def test_splitting_finds_more_than_the_lemma_alone() -> None:
    assert score_pairs(rows(1), ours).recall > score_pairs(rows(1), plain).recall + 0.5


def test_the_yardstick_is_long_enough_and_says_each_word_once() -> None:
    words = [row.word for row in rows()]
    assert len(words) >= 120
    assert len(set(words)) == len(words)


def test_scores_count_right_wrong_and_missed() -> None:
    sample = rows()[:1]
    assert score_terms(sample, lambda word: frozenset({sample[0].lemma, "forkert"})) == Score(1, 1, 2)
    assert score_pairs(rows()[:3], lambda word: frozenset({"ens"})).wrong == 2

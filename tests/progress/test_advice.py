"""The twelve pieces of advice: each has signs, counts from its stage on, and names the next step that is missing."""

import pytest

from medspil.progress.advice import ADVICE, SAYS, Advice, Health, Sign, health, next_step
from medspil.progress.stages import ORDER, Stage

ALL = frozenset(Sign)


def test_there_are_twelve_each_with_signs_of_its_own_and_words_for_both_ways() -> None:
    assert [one.number for one in ADVICE] == list(range(1, 13))
    signs = [sign for one in ADVICE for sign in one.signs]
    assert sorted(signs) == sorted(Sign)
    assert set(SAYS) == set(Sign)


@pytest.mark.parametrize("advice", ADVICE, ids=lambda one: str(one.number))
def test_each_stands_as_its_signs_say_from_its_stage_on(advice: Advice) -> None:
    def stands(signs: frozenset[Sign], stage: Stage) -> Health:
        return health(signs, stage)[advice.number - 1].health

    last = ORDER[-1]
    assert stands(ALL, Stage.IDEA) == Health.DONE
    assert stands(frozenset(), last) == Health.NOT_YET
    for sign in advice.signs:
        assert stands(ALL - {sign}, last) == (Health.PARTLY if len(advice.signs) > 1 else Health.NOT_YET)
        assert health(ALL - {sign}, last)[advice.number - 1].first_missing == sign
    if advice.counts_from != Stage.IDEA:
        before = ORDER[ORDER.index(advice.counts_from) - 1]
        assert stands(frozenset(), before) == Health.LATER


def test_the_next_step_is_the_first_that_counts_and_lacks_something() -> None:
    found = next_step(health(ALL - {Sign.TOLD, Sign.CONFIRMED}, Stage.RUNNING))
    assert found
    assert (found[0].number, found[1]) == (7, Sign.CONFIRMED)
    assert next_step(health(ALL - {Sign.TOLD}, Stage.BEGUN)) is None
    assert next_step(health(ALL, Stage.RUNNING)) is None

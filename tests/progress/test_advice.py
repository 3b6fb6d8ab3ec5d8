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


def step(lacking: set[Sign], stage: Stage) -> tuple[int, Sign] | None:
    found = next_step(health(ALL - lacking, stage), stage)
    return (found[0].number, found[1]) if found else None


def test_the_next_step_is_the_first_that_counts_and_lacks_something() -> None:
    assert step({Sign.TOLD, Sign.CONFIRMED}, Stage.RUNNING) == (7, Sign.CONFIRMED)
    assert step({Sign.TOLD}, Stage.BEGUN) is None
    assert step(set(), Stage.RUNNING) is None


def test_how_a_partnership_came_about_is_made_good_last() -> None:
    lacking = {Sign.CHOSEN_WITH_REASONS, Sign.CONFIRMED}
    assert step(lacking, Stage.ASKED) == (3, Sign.CHOSEN_WITH_REASONS)
    assert step(lacking, Stage.BEGUN) == (7, Sign.CONFIRMED)
    assert step(lacking - {Sign.CONFIRMED}, Stage.BEGUN) == (3, Sign.CHOSEN_WITH_REASONS)

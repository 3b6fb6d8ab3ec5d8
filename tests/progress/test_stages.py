"""The stage follows from what is done: tested for every pair of stages, and for everything that can be missing."""

from itertools import combinations, product

import pytest

from medspil.progress.stages import (
    LACKING,
    ORDER,
    ROWS,
    STAGES,
    Requirement,
    Stage,
    missing,
    next_stage,
    stage_of,
)


def up_to(stage: Stage) -> set[Requirement]:
    """Return all that a stage and those before it take."""
    return {one for row in STAGES[: ORDER.index(stage) + 1] for one in row.takes}


@pytest.mark.parametrize(("before", "after"), list(product(ORDER, repeat=2)))
def test_from_every_stage_to_every_other_only_what_is_done_counts(before: Stage, after: Stage) -> None:
    """What one stage takes beyond another leads there; without it, or with something from before lost, it does not."""
    there, wanted = up_to(before), up_to(after)
    assert stage_of(there | wanted) == max(before, after, key=ORDER.index)
    assert stage_of(wanted) == after
    for lost in there & wanted:
        reached = stage_of(wanted - {lost})
        assert ORDER.index(reached) < ORDER.index(after)
        assert lost in missing(wanted - {lost})


def test_what_is_missing_is_what_the_next_stage_takes_and_is_not_there() -> None:
    for row in STAGES[1:]:
        before = up_to(ORDER[ORDER.index(row.stage) - 1])
        for count in range(len(row.takes)):
            for there in combinations(row.takes, count):
                assert missing(before | set(there)) == tuple(one for one in row.takes if one not in there)
    assert missing(up_to(ORDER[-1])) == ()


def test_every_requirement_stands_in_one_stage_and_has_a_sentence() -> None:
    taken = [one for row in STAGES for one in row.takes]
    assert sorted(taken) == sorted(Requirement)
    assert set(LACKING) == set(Requirement)
    assert set(ROWS) == set(Stage)
    assert [next_stage(stage) for stage in ORDER] == [*ORDER[1:], None]

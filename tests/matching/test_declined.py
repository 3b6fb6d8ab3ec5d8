"""A unit that has said no to a kind of resource: it counts as if its trade did not carry that kind."""

from dataclasses import replace

import pytest

from medspil.matching import Filters, Gate, Model, Need, NeedPool, Profile, Wanted, explain_unit, rank, rank_needs
from tests.matching.helpers import opened, unit
from tests.matching.strategies import TABLE

NO_JOBS = Profile(declined=frozenset({"jobs"}))
JOBS = Need(wanted=(Wanted("jobs"),), profiles={1: NO_JOBS})
JOBS_AND_SKILLS = replace(JOBS, wanted=(Wanted("jobs"), Wanted("skills")))


def test_who_declined_all_that_is_wanted_has_turned_the_need_down() -> None:
    index = opened([unit(1), unit(2)])
    found = rank(index, JOBS, TABLE)
    assert [one.number for one in found.units] == [2]
    assert found.left_out[Gate.TURNED_DOWN] == 1
    assert explain_unit(index, JOBS, TABLE, 1) is Gate.TURNED_DOWN


def test_who_declined_one_of_two_kinds_stands_behind_its_like_and_the_reasons_say_so() -> None:
    first, second = rank(opened([unit(1), unit(2)]), JOBS_AND_SKILLS, TABLE).units
    assert (first.number, second.number) == (2, 1)
    assert dict(first.kinds) == {"jobs": 0.9, "skills": 0.6}
    assert dict(second.kinds) == {"jobs": 0.0, "skills": 0.6}
    assert second.deciding_kinds == ("skills",)


def test_the_filter_by_model_goes_by_what_is_left() -> None:
    need = replace(JOBS, wanted=(Wanted("jobs"), Wanted("rooms")))
    index = opened([unit(1), unit(2)])
    add_on = rank(index, need, TABLE, filters=Filters(model=Model.ADD_ON))
    assert [one.number for one in add_on.units] == [1]


@pytest.mark.parametrize("circle", [None, 10_000.0])
@pytest.mark.parametrize("municipalities", [None, frozenset({751})])
def test_what_the_filters_take_away_is_counted_by_what_is_left(
    circle: float | None, municipalities: frozenset[int] | None
) -> None:
    here = replace(JOBS, x=575_000.0, y=6_220_000.0, radius_m=circle, municipalities=municipalities)
    for wanted in ((Wanted("jobs"),), (Wanted("jobs"), Wanted("rooms"))):
        need = replace(here, wanted=wanted)
        for model in Model:
            found = rank(opened([unit(1), unit(2)]), need, TABLE, filters=Filters(model=model))
            assert found.eligible - found.filtered_out == len(found.units), (wanted, model)


def test_a_need_that_wants_nothing_in_particular_is_not_declined() -> None:
    assert len(rank(opened([unit(1)]), replace(JOBS, wanted=()), TABLE).units) == 1


def test_the_other_way_round_says_the_same() -> None:
    pool = NeedPool.of(opened([unit(1)]), {7: JOBS, 8: JOBS_AND_SKILLS}, TABLE)
    found = rank_needs(pool, 1)
    assert [one.key for one in found.needs] == [8]
    assert dict(found.needs[0].kinds)["jobs"] == 0.0
    assert found.left_out[Gate.TURNED_DOWN] == 1

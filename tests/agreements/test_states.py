"""What a version of an agreement can become from where: every pair of states, in the table and by the services."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from medspil.accounts.models import User
from medspil.agreements.models import Agreement, AgreementState
from medspil.agreements.settled import ReasonMissing, ReviewMissing, end, go_on, in_force, pause
from medspil.agreements.states import TRANSITIONS, By, StepNotAllowed, allowed
from medspil.agreements.writing import begin, change_proposed, put_away
from medspil.partnerships.models import Partnership
from tests.factories import agreements
from tests.factories.people import NOW

STEPS = {
    "draft": {"proposed": "proposing", "put_away": "putting_away"},
    "put_away": {"draft": "bringing_back"},
    "proposed": {"overtaken": "changing", "confirmed": "confirming"},
    "overtaken": {"proposed": "keeping"},
    "confirmed": {"paused": "pausing", "ended": "ending"},
    "paused": {"confirmed": "going_on", "ended": "ending"},
    "ended": {"confirmed": "bringing_back"},
}
PAIRS = list(product(AgreementState.values, AgreementState.values))


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_every_pair_of_states(before: str, after: str) -> None:
    ways = {way.value for way in By if allowed(before, after, way)}
    assert ways == ({STEPS[before][after]} if after in STEPS[before] else set())


def test_no_state_is_out_of_reach_and_none_is_a_dead_end() -> None:
    assert {one.after for one in TRANSITIONS} == {one.before for one in TRANSITIONS} == set(AgreementState)


@pytest.mark.django_db
@pytest.mark.parametrize("state", AgreementState.values)
def test_a_service_refuses_what_the_table_does_not_have(made: Partnership, anna: User, state: str) -> None:
    one = agreements.in_force(made, by=anna)
    Agreement.objects.filter(pk=one.pk).update(state=state)
    doing: dict[str, Callable[..., Agreement]] = {
        "paused": lambda it, **said: pause(agreement=it, why="Ferie", **said),
        "ended": lambda it, **said: end(agreement=it, why="Slut", review="Det gik.", **said),
        "confirmed": lambda it, **said: go_on(agreement=it, **said),
        "overtaken": lambda it, **said: change_proposed(agreement=it, why="", **said),
        "put_away": lambda it, **said: put_away(agreement=it, away=True, **said),
    }
    for after, does in doing.items():
        it = Agreement.objects.get(pk=one.pk)
        said: dict[str, Any] = {"expected_version": it.version, "by": anna, "now": NOW}
        if (after in STEPS[state] and after != "confirmed") or (after == "confirmed" and state in ("paused", "ended")):
            continue
        with pytest.raises(StepNotAllowed):
            does(it, **said)
    assert Agreement.objects.get(pk=one.pk).state == state


@pytest.mark.django_db
def test_it_rests_goes_on_and_ends_with_what_came_of_it(made: Partnership, anna: User) -> None:
    one, today = agreements.in_force(made, by=anna), NOW.date()
    assert in_force(made, on=today) == one
    assert in_force(made, on=today - timedelta(days=1)) is None
    with pytest.raises(ReasonMissing):
        pause(agreement=one, why=" ", expected_version=one.version, by=anna, now=NOW)
    pause(agreement=one, why="Barsel hos firmaet", expected_version=one.version, by=anna, now=NOW)
    assert in_force(made, on=today) is None
    go_on(agreement=one, expected_version=one.version, by=anna, now=NOW)
    assert in_force(made, on=today) == one
    with pytest.raises(ReviewMissing):
        end(agreement=one, why="Slut", review="", expected_version=one.version, by=anna, now=NOW)
    end(agreement=one, why="Målet er nået", review="14 unge.", expected_version=one.version, by=anna, now=NOW)
    assert in_force(made, on=today) is None
    assert Agreement.objects.get(pk=one.pk).review == "14 unge."


@pytest.mark.django_db
def test_the_partnership_rests_goes_on_and_ends_with_it_where_that_is_said(made: Partnership, anna: User) -> None:
    def now_stands() -> Agreement:
        return Agreement.objects.select_related("partnership").get(state__in=["confirmed", "paused", "ended"])

    one = agreements.in_force(made, by=anna)
    said: dict[str, Any] = {"by": anna, "now": NOW}
    pause(agreement=now_stands(), why="Ferie", expected_version=one.version, partnership_too=True, **said)
    assert now_stands().partnership.standing == "paused"
    go_on(agreement=now_stands(), expected_version=one.version + 1, **said)
    assert now_stands().partnership.standing == "going"
    words: dict[str, Any] = {"why": "Tiden er gået", "review": "14 unge."}
    end(agreement=now_stands(), expected_version=one.version + 2, partnership_ends="time_over", **words, **said)
    ended = now_stands().partnership
    assert (ended.standing, ended.end_reason, ended.worked) == ("ended", "time_over", "14 unge.")


@pytest.mark.django_db
def test_an_amendment_leaves_the_old_one_in_force_until_all_have_confirmed_and_its_day_has_come(
    made: Partnership, anna: User
) -> None:
    first, today = agreements.in_force(made, by=anna), NOW.date()
    second = begin(partnership=made, by=anna, now=NOW)
    assert (second.number, second.based_on) == (2, first)
    assert {one.code: one.rows for one in second.fields.all()} == {one.code: one.rows for one in first.fields.all()}
    later = NOW + timedelta(days=40)
    second = agreements.proposed(made, by=anna, now=later)
    assert in_force(made, on=today) == first
    agreements.say_yes(second, 0)
    assert in_force(made, on=later.date()) == first
    agreements.say_yes(second, 1)
    assert in_force(made, on=later.date() - timedelta(days=1)) == first
    assert in_force(made, on=later.date()) == second
    with pytest.raises(StepNotAllowed):
        pause(agreement=Agreement.objects.get(pk=first.pk), why="Ferie", expected_version=3, by=anna, now=NOW)

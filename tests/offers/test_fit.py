"""How well an offer meets a need: a sum of its reasons that never falls when an offer gets better."""

from dataclasses import replace
from datetime import date, timedelta
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspil.areas.models import Rhythm
from medspil.offers import fit
from medspil.offers.fit import Barrier, Much, Part, Place, Side

TODAY = date(2026, 11, 22)
NEED = Side(
    amounts={"it_equipment": Much(20, "computere", Rhythm.ONCE)},
    place=Place(0.0, 0.0, reach_m=10_000.0, municipality="0630"),
    starts_on=date(2026, 12, 1),
    ends_on=date(2026, 12, 31),
    themes=("learning",),
    text="Computere til lektiecaféen",
)
OFFER = Side(
    amounts={"it_equipment": Much(20, "computer", Rhythm.ONCE)},
    place=Place(1_000.0, 0.0, municipality="0630"),
    themes=("learning", "work"),
    text="Brugte computere til en lektiecafé",
)


def parts(offer: Side, need: Side = NEED) -> dict[Part, fit.Reason]:
    return {reason.part: reason for reason in fit.reasons(offer, need, "it_equipment", on=TODAY)}


def score(offer: Side, need: Side = NEED) -> float:
    return sum(reason.points for reason in fit.reasons(offer, need, "it_equipment", on=TODAY))


def amount(**facts: object) -> dict[str, Much]:
    return {"it_equipment": replace(OFFER.amounts["it_equipment"], **facts)}  # type: ignore[arg-type]


days = st.none() | st.dates(date(2026, 1, 1), date(2028, 12, 31))
metres = st.none() | st.floats(-50_000, 50_000)
much = st.builds(
    Much, st.none() | st.integers(1, 500), st.sampled_from(["", "computer", "timer"]), st.sampled_from(["", *Rhythm])
)
sides = st.builds(
    Side,
    amounts=st.builds(lambda one: {"it_equipment": one}, much),
    place=st.builds(
        Place, metres, metres, st.none() | st.floats(1_000, 90_000), st.sampled_from(["", "0630"]), st.booleans()
    ),
    starts_on=days,
    ends_on=days,
    themes=st.sets(st.sampled_from(["learning", "work", "health"])).map(tuple),
    text=st.text(max_size=60) | st.just("computere til børn"),
)


def test_the_weights_make_a_whole() -> None:
    assert isclose(sum(fit.WEIGHTS.values()), 1.0)
    assert set(fit.WEIGHTS) == set(Part)


@given(sides, sides)
def test_every_value_lies_between_nothing_and_all_and_the_points_follow(offer: Side, need: Side) -> None:
    if fit.barrier(offer, need, on=TODAY) is None:
        found = fit.reasons(offer, need, "it_equipment", on=TODAY)
        assert [reason.part for reason in found] == list(Part)
        assert all(0.0 <= reason.value <= 1.0 for reason in found)
        assert all(reason.points == fit.WEIGHTS[reason.part] * reason.value for reason in found)
        assert 0.0 <= sum(reason.points for reason in found) <= 1.0 + 1e-12


@given(sides, sides, st.integers(1, 500))
def test_more_of_it_never_lowers_the_score(offer: Side, need: Side, more: int) -> None:
    given_ = offer.amounts["it_equipment"]
    if given_.quantity and fit.barrier(offer, need, on=TODAY) is None:
        bigger = replace(offer, amounts={"it_equipment": replace(given_, quantity=given_.quantity + more)})
        assert score(bigger, need) >= score(offer, need)


@given(sides, sides, st.integers(1, 400))
def test_standing_longer_never_lowers_the_score_nor_shuts_it_out(offer: Side, need: Side, more: int) -> None:
    if offer.ends_on and fit.barrier(offer, need, on=TODAY) is None:
        longer = replace(offer, ends_on=offer.ends_on + timedelta(days=more))
        assert fit.barrier(longer, need, on=TODAY) is None
        assert score(longer, need) >= score(offer, need)


@given(sides, sides, st.floats(0.0, 1.0))
def test_coming_nearer_never_lowers_the_score_nor_shuts_it_out(offer: Side, need: Side, part: float) -> None:
    near, far = need.place, offer.place
    if None in (near.x, near.y, far.x, far.y) or fit.barrier(offer, need, on=TODAY):
        return
    assert near.x is not None
    assert near.y is not None
    assert far.x is not None
    assert far.y is not None
    place = replace(far, x=near.x + (far.x - near.x) * part, y=near.y + (far.y - near.y) * part)
    assert score(replace(offer, place=place), need) >= score(offer, need) - 1e-9


@pytest.mark.parametrize(
    ("facts", "share"),
    [
        ({}, 1.0),
        ({"quantity": 5}, 0.25),
        ({"quantity": None}, fit.NOT_KNOWN),
        ({"unit": "timer"}, fit.NOT_KNOWN),  # hours are no computers
        ({"unit": ""}, 1.0),
    ],
)
def test_the_amount_is_the_share_of_what_is_needed(facts: dict[str, object], share: float) -> None:
    assert parts(replace(OFFER, amounts=amount(**facts)))[Part.AMOUNT].value == share


def test_once_is_less_than_every_week() -> None:
    weekly = replace(NEED, amounts={"it_equipment": Much(20, "computere", Rhythm.WEEKLY)})
    once, every_week = parts(OFFER, weekly), parts(replace(OFFER, amounts=amount(rhythm=Rhythm.WEEKLY)), weekly)
    assert once[Part.AMOUNT].value < every_week[Part.AMOUNT].value == 1.0
    assert not once[Part.AMOUNT].facts["often_enough"]


def test_the_period_is_the_share_of_the_days_that_are_needed() -> None:
    half = parts(replace(OFFER, ends_on=date(2026, 12, 15)))[Part.PERIOD]
    assert (half.facts["given"], half.facts["needed"]) == (15, 31)
    assert half.value == 15 / 31
    any_time = replace(NEED, starts_on=None, ends_on=None)
    assert parts(replace(OFFER, ends_on=date(2026, 11, 25)), any_time)[Part.PERIOD].value == 1.0


@pytest.mark.parametrize(
    ("offer", "need", "found"),
    [
        (replace(OFFER, ends_on=date(2026, 11, 30)), NEED, Barrier.PERIOD),
        (replace(OFFER, starts_on=date(2027, 1, 1)), NEED, Barrier.PERIOD),
        (replace(OFFER, starts_on=date(2026, 12, 31)), NEED, None),
        (OFFER, replace(NEED, starts_on=None, ends_on=TODAY - timedelta(days=1)), Barrier.PERIOD),
        (replace(OFFER, place=replace(OFFER.place, x=10_001.0)), NEED, Barrier.OUT_OF_REACH),
        (replace(OFFER, place=replace(OFFER.place, x=10_000.0)), NEED, None),
        (replace(OFFER, place=replace(OFFER.place, reach_m=999.0)), NEED, Barrier.OUT_OF_REACH),
        (replace(OFFER, place=Place()), NEED, None),  # nobody is shut out because a place is not known
        (
            replace(OFFER, place=replace(OFFER.place, municipality="0101")),
            replace(NEED, place=replace(NEED.place, own_municipality_only=True)),
            Barrier.OUT_OF_REACH,
        ),
    ],
)
def test_what_keeps_the_two_apart(offer: Side, need: Side, found: Barrier | None) -> None:
    assert fit.barrier(offer, need, on=TODAY) == found


def test_words_in_common_are_named_whatever_their_form() -> None:
    words = parts(OFFER)[Part.WORDS]
    assert "computer" in words.facts["words"]
    assert words.value > parts(replace(OFFER, text="Frugt og kaffe"))[Part.WORDS].value == 0.0


def test_a_theme_that_nobody_named_is_neither_yes_nor_no() -> None:
    values = [parts(replace(OFFER, themes=themes))[Part.THEME].value for themes in (("learning",), (), ("work",))]
    assert values == [1.0, fit.NOT_KNOWN, 0.0]

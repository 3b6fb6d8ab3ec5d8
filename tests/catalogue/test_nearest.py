"""The nearest case is the one that shares most with a need, and says what it shares."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspil.catalogue.models import Case
from medspil.catalogue.nearest import nearest_case


def case(code: str, **facts: object) -> Case:
    """Return a case that is not in any database."""
    return Case(**({"code": code, "resource_kinds": [], "themes": [], "target_groups": []} | facts))


GALLERY = case("gallery", resource_kinds=["photo_film", "premises"], themes=["image"], model="strategically_integrated")
CLUB = case("club", resource_kinds=["club_leader", "homework_help"], themes=["education"], model="add_on")
FIRE = case("fire", resource_kinds=["first_aid_safety"], themes=["safety"], target_groups=["teenagers"])
ALL = [GALLERY, CLUB, FIRE]


def test_shared_kinds_decide() -> None:
    near = nearest_case(ALL, kinds=["homework_help", "club_leader"], themes=["image"])
    assert near is not None
    assert near.case is CLUB
    assert near.kinds == ("homework_help", "club_leader")
    assert near.themes == ()


def test_the_model_tips_the_scale_between_equals() -> None:
    twin = case("a_twin", resource_kinds=["photo_film", "premises"], themes=["image"], model="add_on")
    for model, expected in (("add_on", twin), ("strategically_integrated", GALLERY)):
        near = nearest_case([twin, GALLERY], kinds=["photo_film"], model=model)
        assert near is not None
        assert near.case is expected
        assert near.same_model


def test_a_case_that_shares_only_the_model_is_not_near() -> None:
    assert nearest_case(ALL, kinds=["legal_advice"], model="add_on") is None


def test_no_cases_no_nearest() -> None:
    assert nearest_case([], kinds=["photo_film"]) is None


def test_among_equals_the_more_pointed_case_comes_first() -> None:
    broad = case("a_broad", resource_kinds=["first_aid_safety", "transport"])
    near = nearest_case([broad, FIRE], kinds=["first_aid_safety"])
    assert near is not None
    assert near.case is FIRE


@pytest.mark.parametrize("group", ["teenagers"])
def test_a_shared_target_group_is_named(group: str) -> None:
    near = nearest_case(ALL, target_groups=[group])
    assert near is not None
    assert near.target_groups == (group,)


@given(st.lists(st.sampled_from(["photo_film", "premises", "club_leader", "first_aid_safety"]), unique=True))
def test_the_order_of_the_cases_does_not_matter(kinds: list[str]) -> None:
    forwards, backwards = nearest_case(ALL, kinds=kinds), nearest_case(ALL[::-1], kinds=kinds)
    assert forwards == backwards

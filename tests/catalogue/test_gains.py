"""The gains: every gain of a company or an area has a rule, what fits comes first, and a faulty file says where."""

import re

import pytest

from medspil.catalogue.datafiles import DataError
from medspil.catalogue.gains import Ground, expected_gains, gain_rules, parse_gains
from medspil.catalogue.vocabulary import Side, vocabulary

ONE = 'version = 1\n[[gain]]\ncode = "recruitment"\npoints = 1\ntext_da = "Ja"\ntext_en = "Yes"\n'


def test_every_gain_of_companies_and_areas_has_its_rule_in_both_languages() -> None:
    wanted = {gain.code for gain in vocabulary().gains.values() if gain.side is not Side.POLITICIANS}
    assert set(gain_rules()) == wanted
    for rule in gain_rules().values():
        assert rule.text("da") != rule.text("en")
        assert not re.search(r"\b(klient|match|ghetto)", rule.text("da"), re.IGNORECASE)


def test_a_smith_who_is_asked_for_apprentices_is_promised_recruits_first_with_the_reasons() -> None:
    first, *_rest = expected_gains(
        Side.COMPANY,
        most=3,
        model="strategically_integrated",
        group="manufacturing",
        kinds=["apprenticeship"],
        themes=["employment"],
    )
    assert first.rule.code == "recruitment"
    assert list(first.grounds) == [Ground.KIND, Ground.GROUP, Ground.MODEL, Ground.THEME]
    assert first.grounds[Ground.KIND] == ("apprenticeship",)


def test_who_lies_next_door_to_an_unsafe_place_is_told_of_less_vandalism() -> None:
    found = expected_gains(Side.COMPANY, most=2, facts=["near"], group="retail_wholesale", themes=["safety"])
    assert "less_vandalism" in [one.rule.code for one in found]


def test_a_gain_that_nothing_speaks_for_is_not_promised() -> None:
    found = expected_gains(Side.COMPANY, most=20)
    assert found
    assert all(one.rule.points for one in found)
    assert "less_vandalism" not in [one.rule.code for one in found]


def test_the_sides_are_kept_apart() -> None:
    found = expected_gains(Side.AREA, most=20, kinds=["photo_film"], themes=["image"])
    assert found[0].rule.code == "better_image"
    assert {one.rule.side for one in found} == {Side.AREA}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ONE.replace("recruitment", "gold"), "line 2, field code"),
        (ONE + ONE.partition("\n")[2], "line 7, field code"),
        (ONE + 'groups = ["bakers"]\n', "line 2, field groups"),
        (ONE + 'colour = "red"\n', "line 2, field colour"),
        (ONE.replace("points = 1", "points = -1"), "line 2, field points"),
        (ONE.replace('text_en = "Yes"\n', ""), "line 2, field text_en"),
        (ONE.replace("version = 1", "version = 2"), "field version"),
    ],
)
def test_a_fault_in_the_file_is_named_with_line_and_field(text: str, told: str) -> None:
    with pytest.raises(DataError, match=told):
        parse_gains(text)

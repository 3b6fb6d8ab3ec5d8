"""Points on a map differ in form as well as in colour, and none hides another that lies in the same place."""

import json
from math import hypot

import pytest
from django.template.loader import render_to_string

from medspil.web import maps
from medspil.web.map_marks import FORMS, KINDS, SECTORS, Mark, apart, path_of
from medspil.web.mapping.looks import kind_mark, register_mark
from tests.web.pages import read

HERE = (533_600.0, 6_174_800.0)
MARKS = {"school": Mark("school", "#123f40", form="square"), "club": Mark("club", "#c65a17")}


def point(ident: str, kind: str = "school", east: float = 0) -> maps.Point:
    return maps.Point(ident, HERE[0] + east, HERE[1], ident, f"/{ident}/", kind=kind)


def test_a_page_may_bring_its_own_looks_of_points() -> None:
    drawn = maps.build(caption="M", centre=HERE, points=[point("a"), point("b", "club", 300)], marks=MARKS)
    html = render_to_string("components/_map.html", {"map": drawn, "tiles_url": ""})
    shapes = {each.tag for each in read(html) if "ms-map__spot" in each.attributes.get("class", "")}
    assert shapes == {"path", "circle"}
    assert [mark.label for _kind, mark in drawn.legend] == ["school", "club"]
    data = json.loads(next(each.text for each in read(html) if each.tag == "script"))
    assert {one["ident"]: len(one["corners"]) for one in data["points"]} == {"a": 4, "b": 0}


@pytest.mark.parametrize("form", [form for form in FORMS if form != "circle"])
def test_a_form_is_drawn_around_its_middle(form: str) -> None:
    path = path_of(form, 100, 50, 10)
    corners = [tuple(map(float, corner.split())) for corner in path[1:-1].split("L")]
    assert all(hypot(x - 100, y - 50) <= 17 for x, y in corners)
    assert min(x for x, _y in corners) < 100 < max(x for x, _y in corners)
    assert min(y for _x, y in corners) < 50 < max(y for _x, y in corners)


def test_points_in_one_place_are_moved_apart_and_others_stay() -> None:
    same = [point(name) for name in "abc"]
    alone = point("d", east=5_000)
    found = apart([*same, alone], gap=40)
    assert found[3] == alone
    assert len({(round(each.x), round(each.y)) for each in found}) == 4
    assert all(hypot(each.x - HERE[0], each.y - HERE[1]) <= 41 for each in found[:3])


def test_a_kind_has_the_same_sign_and_colour_on_maps_and_in_the_network() -> None:
    kinds = {"private": "company", "public": "institution", "voluntary": "association", "people": "person"}
    for sector, kind in kinds.items():
        on_map, in_network = kind_mark(kind), SECTORS[sector]
        assert (on_map.form, on_map.fill) == (in_network.form, in_network.fill)
    assert len({(mark.form, mark.fill) for mark in SECTORS.values()}) == len(SECTORS)
    ranked, hollow = KINDS["company"], register_mark()
    assert ranked.form == hollow.form == kind_mark("company").form
    assert kind_mark("person").form not in {mark.form for mark in KINDS.values()}


def test_a_sign_that_would_stick_out_of_the_drawing_counts_as_outside() -> None:
    edge = 1_080 * 4 / 3  # the drawing reaches so far to the sides of a ring of 1 km
    near, out = point("a", east=edge - 40), point("b", east=edge - 5)
    drawn = maps.build(caption="M", centre=HERE, rings_km=(1,), points=[near, out], marks=MARKS)
    assert [spot.point.ident for spot in drawn.spots] == ["a"]
    assert drawn.outside == 1


def test_a_wide_map_draws_the_land_and_not_single_dots() -> None:
    wide = maps.build(caption="M", points=[point("a"), point("b", east=200_000)], marks=MARKS)
    assert wide.dots
    assert 30 < float(wide.land_width) < 80  # pixels of 800: postal areas that lie side by side run together
    assert maps.build(caption="M", centre=HERE, rings_km=(1,), points=[point("a")], marks=MARKS).dots == ""

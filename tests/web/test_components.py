"""The parts that pages are put together from."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory

from medspil.geography.projection import to_degrees
from medspil.web import charts, maps, parts, tables
from medspil.web.map_towns import HEIGHT, WIDTH
from tests.architecture.tree import faults
from tests.web.pages import read

TEMPLATES = Path(__file__).parents[2] / "src/medspil/web/templates"
ICONS = Path(__file__).parents[2] / "node_modules/dkfds/dist/img/all-svg-icons.svg"
NORREMARKEN = (533_600.0, 6_174_800.0)


def asked(rf: RequestFactory, address: str = "/") -> HttpRequest:
    request = rf.get(address)
    request.user = AnonymousUser()
    return request


def part(name: str, request: HttpRequest | None = None, **facts: object) -> str:
    return render_to_string(f"components/_{name}.html", facts, request=request)


def silent(template: Path) -> bool:
    """Tell whether a template does not begin by saying what it is for."""
    return not template.read_text(encoding="utf-8").startswith("{#")


def test_every_template_begins_by_saying_what_it_is_for() -> None:
    assert faults(sorted(TEMPLATES.rglob("*.*")), silent) == {}


def open_includes(template: Path) -> list[str]:
    """Return the includes of a template that hand all it has to the part."""
    includes = re.findall(r"{% include [^%]*%}", template.read_text(encoding="utf-8"))
    return [each for each in includes if not each.endswith(" only %}")]


def test_parts_are_included_with_nothing_but_what_they_name() -> None:
    assert faults(sorted(TEMPLATES.rglob("*.html")), open_includes) == {}


def test_a_template_that_is_silent_or_hands_everything_on_is_seen(tmp_path: Path) -> None:
    template = tmp_path / "part.html"
    template.write_text("<p>{% include 'components/_alert.html' %}</p>", encoding="utf-8")
    assert silent(template)
    assert open_includes(template) == ["{% include 'components/_alert.html' %}"]


@pytest.mark.skipif(not ICONS.exists(), reason="the front-end parts are not installed")
def test_every_icon_is_one_of_the_design_system() -> None:
    known = set(re.findall(r'id="([^"]+)"', ICONS.read_text(encoding="utf-8")))
    used = {
        name for path in TEMPLATES.rglob("*.html") for name in re.findall(r'{% icon "([^"]+)"', path.read_text("utf-8"))
    }
    assert used - known == set()


def test_the_manual_names_every_part() -> None:
    manual = (TEMPLATES.parents[3] / "docs/how-to/add-a-page.md").read_text(encoding="utf-8")
    frame = {"_header.html", "_footer.html", "_logo.html", "_messages.html"}
    names = {path.name for path in (TEMPLATES / "components").glob("_*.html")} - frame
    assert {name for name in names if name not in manual} == set()


class Unit:
    def __init__(self, pk: int, name: str, people: int | None) -> None:
        self.pk, self.name, self.people = pk, name, people


COLUMNS = (
    tables.Column("Company", "name", url=lambda unit: f"/units/{unit.pk}/", sort="name"),
    tables.Column("People", "people", numeric=True, sort="people"),
)


def table(sort: str = "name") -> tables.Table:
    rows = [Unit(1, "Alfa <b>", 12), Unit(2, "Beta", None)]
    return tables.Table("Units", COLUMNS, rows, sort=sort, row_ident=lambda unit: f"unit-{unit.pk}")


def test_a_table_names_itself_and_each_cell_carries_its_heading_for_narrow_screens(rf: RequestFactory) -> None:
    elements = read(part("table", asked(rf), table=table()))
    assert next(each.text for each in elements if each.tag == "caption") == "Units"
    cells = [each for each in elements if each.tag == "td"]
    assert [each.attributes["data-title"] for each in cells] == ["Company", "People"] * 2
    assert cells[0].text == "Alfa <b>"
    assert next(each for each in elements if each.tag == "a" and each.text == "Beta").attributes["href"] == "/units/2/"
    assert [each.attributes.get("data-point") for each in elements if each.tag == "tr"] == [None, "unit-1", "unit-2"]


def test_a_click_on_a_heading_turns_the_order_and_goes_back_to_the_first_page(rf: RequestFactory) -> None:
    elements = read(part("table", asked(rf, "/?sort=name&page=3&q=smed"), table=table()))
    links = [each.attributes["href"] for each in elements if each.attributes.get("class") == "ms-sort"]
    assert links == ["?sort=-name&q=smed", "?sort=people&q=smed"]
    sorted_by = [each.attributes.get("aria-sort") for each in elements if each.tag == "th"]
    assert sorted_by == ["ascending", None]


@pytest.mark.parametrize(
    ("asked_for", "given"),
    [("name", "name"), ("-people", "-people"), ("password", "name"), ("", "name"), ("--name", "name")],
)
def test_only_orders_that_a_column_offers_are_taken(rf: RequestFactory, asked_for: str, given: str) -> None:
    assert tables.chosen_sort(rf.get("/", {"sort": asked_for}), COLUMNS, default="name") == given


def test_pages_keep_the_rest_of_the_address(rf: RequestFactory) -> None:
    page = Paginator(range(500), 20).get_page(4)
    elements = read(part("pagination", asked(rf, "/?q=smed&page=4"), page=page))
    links = {
        each.text.strip(): each.attributes["href"]
        for each in elements
        if each.tag == "a" and each.text.strip().isdigit()
    }
    assert links == {number: f"?q=smed&page={number}" for number in links}
    assert {"1", "3", "4", "5", "25"} <= set(links)
    assert [each.text for each in elements if each.attributes.get("aria-current") == "page"] == ["4"]


def test_a_single_page_needs_no_links(rf: RequestFactory) -> None:
    assert not part("pagination", asked(rf), page=Paginator(range(5), 20).get_page(1)).strip().startswith("<")


def test_the_states_of_tasks_are_told_in_words() -> None:
    tasks = [parts.Task("A", "done", "/a/"), parts.Task("B", "doing"), parts.Task("C", "todo")]
    elements = read(part("task_list", tasks=tasks, label="Set-up"))
    assert len({each.text for each in elements if each.tag == "strong"}) == 3
    link = next(each for each in elements if each.tag == "a")
    assert link.attributes["aria-describedby"] in {each.attributes.get("id") for each in elements}


def test_a_change_link_says_what_it_changes() -> None:
    elements = read(part("summary_list", facts=[parts.Fact("Name", "", change_url="/x/")]))
    assert next(each for each in elements if each.tag == "a").text.endswith("Name")


def test_a_bar_shows_its_parts_in_proportion_and_in_words() -> None:
    bar = charts.Bar("Fit", [charts.Part("Work", 30, "30 of 50"), charts.Part("Distance", 20, "20 of 30")], whole=100)
    assert [(each.x, each.width) for each in bar.drawn] == [("0.0", "300.0"), ("300.0", "200.0")]
    drawing = next(each for each in read(part("bar", bar=bar)) if each.tag == "svg")
    assert drawing.attributes["aria-label"] == "Fit. Work: 30 of 50, Distance: 20 of 30"


def test_a_bar_never_draws_beyond_its_end() -> None:
    bar = charts.Bar("Fit", [charts.Part("A", 80, ""), charts.Part("B", 80, ""), charts.Part("C", -5, "")], whole=100)
    assert sum(float(each.width) for each in bar.drawn) == 1000


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", charts.COLOURS)
def test_the_colours_of_a_bar_stand_out_from_its_ground(colour: str) -> None:
    light, dark = luminance("#e8e6e1") + 0.05, luminance(colour) + 0.05
    assert light / dark >= 3


def company(ident: str, east: float, north: float, **facts: object) -> maps.Point:
    return maps.Point(ident, NORREMARKEN[0] + east, NORREMARKEN[1] + north, f"Firma {ident}", f"/{ident}/", **facts)  # type: ignore[arg-type]


def test_a_map_shows_as_many_rings_as_its_points_need() -> None:
    near = maps.build(caption="M", centre=NORREMARKEN, points=[company("a", 900, 0)])
    far = maps.build(caption="M", centre=NORREMARKEN, points=[company("a", 0, 9_000)])
    radius = [float(drawn.rings[-1].radius) for drawn in (near, far)]
    assert radius[0] > radius[1] * 5
    assert float(far.rings[0].radius) < HEIGHT / 2


def test_a_point_beyond_the_last_ring_is_counted_and_not_drawn() -> None:
    drawn = maps.build(caption="M", centre=NORREMARKEN, points=[company("a", 0, 500), company("b", 90_000, 0)])
    assert [spot.point.ident for spot in drawn.spots] == ["a"]
    assert drawn.outside == 1


def test_north_is_up_and_east_is_right() -> None:
    drawn = maps.build(caption="M", centre=NORREMARKEN, points=[company("a", 500, 500)])
    assert float(drawn.spots[0].x) > WIDTH / 2
    assert float(drawn.spots[0].y) < HEIGHT / 2


def test_the_drawing_is_complete_without_a_script_and_says_the_same_as_its_data() -> None:
    ring = [list(to_degrees(NORREMARKEN[0] + x, NORREMARKEN[1] + y)) for x, y in ((0, 0), (400, 0), (400, 400), (0, 0))]
    border = {"type": "Polygon", "coordinates": [ring]}
    drawn = maps.build(
        caption="Around",
        centre=NORREMARKEN,
        points=[company("a", 500, 0), company("b", 0, 700, kind="kept")],
        border=border,
    )
    elements = read(part("map", map=drawn))
    links = {
        each.attributes["data-point"]: each for each in elements if each.tag == "a" and "data-point" in each.attributes
    }
    assert {ident: each.attributes["href"] for ident, each in links.items()} == {"a": "/a/", "b": "/b/"}
    assert links["a"].attributes["aria-label"] == "Firma a"
    assert len([each for each in elements if each.tag == "polygon"]) == 1
    data = json.loads(next(each.text for each in elements if each.tag == "script"))
    assert {point["ident"] for point in data["points"]} == set(links)
    assert data["border"] == border


def test_a_map_that_stands_alone_lists_its_points_for_the_keyboard() -> None:
    points = [company("a", 500, 0)]
    alone = read(part("map", map=maps.build(caption="M", centre=NORREMARKEN, points=points)))
    beside = read(part("map", map=maps.build(caption="M", centre=NORREMARKEN, points=points, beside_list=True)))
    assert [each.tag for each in alone if each.tag == "details"] == ["details"]
    assert [each.tag for each in beside if each.tag == "details"] == []


def test_names_from_outside_cannot_break_out_of_the_data() -> None:
    evil = maps.Point("a", *NORREMARKEN, "</script><script>alert(1)</script>")
    html = part("map", map=maps.build(caption="M", centre=NORREMARKEN, points=[evil]))
    assert [each.attributes.get("type") for each in read(html) if each.tag == "script"] == ["application/json"]


def test_a_map_of_the_whole_country_names_its_areas_and_draws_the_land_by_dots() -> None:
    areas = [
        maps.Point("n", *NORREMARKEN, "Nørremarken", kind="area"),
        maps.Point("m", 723_000, 6_178_500, "Mimersgadekvarteret", kind="area"),
    ]
    drawn = maps.build(caption="M", rings_km=(), points=areas)
    assert drawn.dots
    assert all(spot.words_x for spot in drawn.spots)
    assert {"Odense", "Aarhus"} <= {town.name for town in drawn.towns}
    # A phone shows fewer of them, twice as large, and none upon another.
    large = [(float(one.text_x), float(one.text_y), len(one.name)) for one in drawn.towns if one.phone]
    assert 0 < len(large) < len(drawn.towns)
    assert not any(
        one != other and abs(one[1] - other[1]) < 30 and 0 <= other[0] - one[0] < 15 * one[2]
        for one in large
        for other in large
    )


def test_an_empty_map_shows_the_country() -> None:
    drawn = maps.build(caption="M")
    assert (drawn.spots, drawn.rings, drawn.middle) == ([], [], None)
    assert drawn.dots


@pytest.mark.parametrize("kind", ["info", "success", "warning", "error", "debug"])
def test_an_alert_says_its_kind_also_to_those_who_do_not_see_colours(kind: str) -> None:
    elements = read(part("alert", kind=kind, text="Saved."))
    assert next(each for each in elements if each.tag == "svg").attributes["aria-label"]
    assert next(each for each in elements if "role" in each.attributes).attributes["role"] in {"alert", "status"}

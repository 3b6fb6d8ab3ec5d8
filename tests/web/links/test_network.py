"""The network can be read: nobody upon anybody, no name upon a name, sectors by colour and form, states by line."""

import random

import pytest
from django.test import Client

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.linking.models import Link
from medspil.register.models import Unit
from medspil.web.linking.network_drawn import LINES, Node, Tie, draw
from medspil.web.linking.network_layout import layout
from medspil.web.map_marks import SECTORS
from tests.factories import companies, links
from tests.web.links.conftest import page

WORDS = ("Havnens Smedje ApS", "Nørremarkens Boldklub", "Vejle Kommune, Børn og Unge", "Fjordbanken", "Koret")
LETTER, LINE = 7.2, 15.0


def town(parties: int) -> tuple[list[Node], list[Tie]]:
    """Return a network as areas have them: a few who know many, and many who know one or two."""
    chance = random.Random(parties)
    nodes = [Node(f"o{nth}", f"{chance.choice(WORDS)} {nth}", chance.choice(list(SECTORS))) for nth in range(parties)]
    hubs = max(1, parties // 14)
    ties = [
        Tie(f"o{hub}", f"o{nth}", chance.choice(list(LINES)), "/koblinger/1/", "")
        for nth in range(hubs, parties)
        for hub in chance.sample(range(hubs), min(hubs, chance.choice([1, 1, 1, 2, 3])))
    ]
    return nodes, ties


@pytest.mark.parametrize("parties", [1, 2, 3, 7, 40, 200])
def test_nobody_stands_upon_anybody(parties: int) -> None:
    drawn = draw(*town(parties)).nodes
    spots = [(float(one.x), float(one.y), float(one.radius)) for one in drawn]
    for nth, (x, y, radius) in enumerate(spots):
        for other_x, other_y, other in spots[nth + 1 :]:
            assert (x - other_x) ** 2 + (y - other_y) ** 2 > ((radius + other) * 0.8) ** 2


@pytest.mark.parametrize("parties", [2, 40, 200])
def test_names_lie_upon_no_other_name_and_inside_the_drawing(parties: int) -> None:
    picture = draw(*town(parties))
    boxes = []
    for one in picture.nodes:
        if not one.shown:
            continue
        long = LETTER * len(one.label)
        x = float(one.words_x)
        left = {"start": x, "end": x - long, "middle": x - long / 2}[one.anchor]
        boxes.append((left, float(one.words_y) - 11, left + long, float(one.words_y) + 2))
    for nth, box in enumerate(boxes):
        assert box[0] >= -1
        assert box[2] <= float(picture.width) + 1
        for other in boxes[nth + 1 :]:
            apart = box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1]
            assert apart, (box, other)


def test_most_names_of_two_hundred_parties_find_room_and_those_with_most_links_do() -> None:
    drawn = draw(*town(200)).nodes
    assert sum(one.shown for one in drawn) > 100
    assert all(one.shown for one in drawn[:10])


def test_the_same_network_gives_the_same_picture() -> None:
    nodes, ties = town(40)
    again = draw(list(reversed(nodes)), list(reversed(ties)))
    assert [(one.node.key, one.x, one.y) for one in draw(nodes, ties).nodes] == [
        (one.node.key, one.x, one.y) for one in again.nodes
    ]


def test_groups_that_are_not_linked_stand_apart() -> None:
    found = layout(6, [(0, 1), (1, 2), (3, 4)])
    assert len(set(found.places)) == 6
    assert found.width <= 1200


def test_one_line_is_drawn_for_two_parties_the_one_that_came_farthest() -> None:
    nodes = [Node("o1", "En", "private"), Node("o2", "To", "public")]
    ties = [Tie("o1", "o2", state, f"/{state}/", state) for state in ("turned_down", "partnership", "idea")]
    (drawn,) = draw(nodes, ties).ties
    assert (drawn.tie.state, drawn.more) == ("partnership", 2)


def test_sectors_differ_in_colour_and_form_and_states_in_line() -> None:
    assert len({mark.fill for mark in SECTORS.values()}) == len({mark.form for mark in SECTORS.values()}) == 5
    assert len({(line.dashes, line.width) for line in LINES.values()}) == len(LINES)


@pytest.mark.django_db
def test_the_picture_leads_to_the_parties_and_the_table_says_the_same(
    link: Link, smith: Unit, area: Area, as_anna: Client
) -> None:
    html = page(as_anna, "network", area.pk)
    assert html.count("ms-net__node") == 2
    assert html.count(f"/virksomheder/{smith.number}/") >= 2
    assert f'href="/koblinger/{link.pk}/"' in html
    assert "Only this one" in html


@pytest.mark.django_db
def test_a_company_is_one_mark_under_whatever_record_it_takes_part(  # noqa: PLR0917  (pytest names them)
    link: Link, smith: Unit, need: Need, area: Area, as_anna: Client, anna: User
) -> None:
    mapped = links.resource(need, "Smedjen", "company", unit=smith)
    links.link(need, mapped, companies.unit("En tredje"), by=anna, sentence="Noget tredje.")
    assert page(as_anna, "network", area.pk).count("ms-net__node") == 3

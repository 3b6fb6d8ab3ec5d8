"""The table of core services: public, readable, and the very values that rankings use."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from medspil.catalogue.industries import industry_groups
from medspil.linking.affinities import affinities, row_names
from medspil.web.catalogue.affinity import heat_rows, kinds

ENGLISH = {"accept-language": "en"}
pytestmark = pytest.mark.django_db


def page(client: Client, query: str = "", **headers: str) -> str:
    response = client.get(reverse("catalogue:affinity") + query, headers={**ENGLISH, **headers})
    assert response.status_code == 200
    return response.content.decode()


def codes(html: str) -> list[str]:
    return re.findall(r'ms-heat__code">(\d+)', html)


def test_the_first_look_is_every_division_and_every_kind(client: Client) -> None:
    html = page(client)
    assert {len(code) for code in codes(html)} == {2}
    assert html.count('class="ms-heat__kind"') == len(affinities().kinds)
    assert f"version {affinities().version}" in html


def test_each_cell_is_the_value_that_rankings_use() -> None:
    table = affinities()
    for row in heat_rows():
        for cell in row.cells:
            assert cell.value / 10 == table.value(row.code, row.system, cell.kind)
            assert cell.strong == (cell.value >= 6)


@pytest.mark.parametrize("group", sorted(industry_groups()))
def test_a_group_shows_its_divisions_with_their_finer_rows_below(group: str) -> None:
    rows = heat_rows(group=group)
    assert rows
    assert [row.code for row in rows] == sorted(row.code for row in rows)
    assert {row.code[:2] for row in rows} <= industry_groups()[group].divisions
    assert all(row.name for row in rows)


def test_a_kind_shows_who_can_give_it_best_first(client: Client) -> None:
    values = [row.cells[0].value for row in heat_rows(kind="photo_film")]
    assert values == sorted(values, reverse=True)
    assert min(values) > 0
    html = page(client, "?kind=photo_film")
    assert codes(html) == [row.code for row in heat_rows(kind="photo_film")]
    assert html.count('class="ms-heat__kind"') == 1


def test_group_and_kind_hold_together() -> None:
    rows = heat_rows(group="finance_property", kind="money_advice")
    assert {row.code[:2] for row in rows} <= industry_groups()["finance_property"].divisions
    assert rows[0].cells[0].value >= 8


def test_a_choice_nobody_offers_narrows_nothing(client: Client) -> None:
    assert codes(page(client, "?group=moon&kind=dust")) == codes(page(client))


def test_htmx_gets_the_table_alone(client: Client) -> None:
    assert page(client, "", **{"HX-Request": "true"}).strip().startswith('<div id="results">')


def test_every_row_has_its_names_in_both_languages() -> None:
    assert set(row_names()) == set(affinities().rows)
    assert all(name_da and name_en for name_da, name_en in row_names().values())
    assert [code for code, _name in kinds("job")] == ["job"]


def test_the_page_is_for_reading(client: Client) -> None:
    assert client.post(reverse("catalogue:affinity")).status_code == 405

"""The catalogue: public cases as cards, narrowed by what they hold, each with a page of its own."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from medspil.catalogue.models import Case
from medspil.catalogue.services import load_cases
from tests.conftest import NOW

ENGLISH = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def cases(db: None) -> None:
    """Fill the catalogue with the cases that Medspil starts with."""
    load_cases(published_on=NOW.date())


def listed(client: Client, query: str = "", **headers: str) -> list[str]:
    response = client.get(reverse("catalogue:list") + query, headers={**ENGLISH, **headers})
    assert response.status_code == 200
    return re.findall(r'<h2><a href="/katalog/([a-z_0-9-]+)/"', response.content.decode())


def test_everybody_may_read_the_cases(client: Client) -> None:
    assert len(listed(client)) == 7


def test_filters_hold_together(client: Client) -> None:
    assert listed(client, "?kind=photo_film") == ["galleri_hamlet"]
    assert set(listed(client, "?model=add_on")) == set(
        Case.objects.filter(model="add_on").values_list("code", flat=True)
    )
    assert listed(client, "?kind=photo_film&model=add_on") == []
    assert len(listed(client, "?kind=nonsense")) == 7


def test_htmx_gets_the_cards_alone(client: Client) -> None:
    body = client.get(reverse("catalogue:list"), headers={"HX-Request": "true"}).content.decode()
    assert body.strip().startswith('<div id="results">')
    assert len(listed(client, "", **{"HX-Request": "true"})) == 7


def test_a_case_tells_both_sides_of_it(client: Client) -> None:
    html = client.get(reverse("catalogue:case", args=["galleri_hamlet"]), headers=ENGLISH).content.decode()
    case = Case.objects.get(code="galleri_hamlet")
    for text in (*case.gains["area_en"], *case.gains["company_en"], *(party["name"] for party in case.parties)):
        assert text.replace("'", "&#x27;") in html
    assert case.source in html
    assert reverse("catalogue:affinity") + "?kind=photo_film" in html


def test_a_case_is_told_in_the_language_of_the_page(client: Client) -> None:
    html = client.get(reverse("catalogue:case", args=["galleri_hamlet"]), headers={"accept-language": "da"})
    assert Case.objects.get(code="galleri_hamlet").gains["area_da"][0] in html.content.decode()


def test_a_case_that_is_not_published_is_not_found(client: Client) -> None:
    Case.objects.filter(code="galleri_hamlet").update(published_on=None)
    assert client.get(reverse("catalogue:case", args=["galleri_hamlet"])).status_code == 404
    assert "galleri_hamlet" not in listed(client)


def test_an_empty_choice_teaches(client: Client) -> None:
    html = client.get(reverse("catalogue:list") + "?kind=photo_film&model=add_on", headers=ENGLISH).content.decode()
    assert "No case fits" in html


def test_pages_are_for_reading(client: Client) -> None:
    for url in (reverse("catalogue:list"), reverse("catalogue:case", args=["galleri_hamlet"])):
        assert client.post(url).status_code == 405


def test_the_list_costs_the_same_for_one_case_as_for_seven(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            listed(client)
        return len(asked.captured_queries)

    seven = queries()
    Case.objects.exclude(code="galleri_hamlet").delete()
    assert queries() == seven <= 2

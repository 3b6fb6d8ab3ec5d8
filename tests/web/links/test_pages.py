"""All pages about links open, say what they should, and hold nothing that a browser or a reader stumbles over."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from medspil.areas.models import Area
from medspil.linking.asked_often import AskedCompany
from medspil.linking.models import Link
from medspil.mapping.models import Resource
from medspil.web.linking.asked import COLUMNS
from tests.web.links.conftest import ENGLISH, page
from tests.web.pages import troubles

pytestmark = pytest.mark.django_db


def test_every_page_keeps_the_rules_of_the_house(link: Link, area: Area, club: Resource, as_anna: Client) -> None:
    side = link.parties.latest("pk")
    addresses = [
        reverse("linking:links", args=[area.pk]),
        reverse("linking:links", args=[area.pk]) + "?vis=liste",
        reverse("linking:network", args=[area.pk]),
        reverse("linking:asked"),
        reverse("linking:link_create") + f"?area={area.pk}",
        reverse("linking:link", args=[link.pk]),
        reverse("linking:link_edit", args=[link.pk]),
        reverse("linking:link_add", args=[link.pk]),
        reverse("linking:link_no", args=[link.pk, side.pk]),
        reverse("linking:link_consent", args=[link.pk, side.pk]),
    ]
    for address in addresses:
        response = as_anna.get(address, headers=ENGLISH)
        assert response.status_code == 200, address
        assert troubles(response.content.decode()) == [], address


def test_an_area_without_links_teaches(area: Area, as_anna: Client) -> None:
    html = page(as_anna, "links", area.pk)
    assert "Make the first link" in html
    assert "For example:" in html
    assert "No network yet" in page(as_anna, "network", area.pk)


@pytest.mark.parametrize(("approaches", "offers", "shown"), [(2, 2, "0.7"), (2, 0, "2.0"), (1, 2, "0.3")])
def test_how_often_a_company_is_asked_is_rounded_and_not_cut_off(approaches: int, offers: int, shown: str) -> None:
    (load,) = (column for column in COLUMNS if column.sort == "load")
    assert callable(load.value)
    with override("en"):
        assert load.value(AskedCompany(approaches, offers)) == shown

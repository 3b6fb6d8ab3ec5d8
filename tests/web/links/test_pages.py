"""All pages about links open, say what they should, and hold nothing that a browser or a reader stumbles over."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.linking.asked_often import AskedCompany
from medspil.linking.asking import ask
from medspil.linking.models import Link
from medspil.mapping.models import Resource
from medspil.register.models import Unit
from medspil.web.linking.asked import COLUMNS
from tests.factories import companies, links, people
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


def test_a_party_outside_the_register_leads_to_no_page_that_is_not_there(
    need: Need, anna: User, as_anna: Client
) -> None:
    made = links.link(need, people.organisation(name="Havens Venner", kind="association"), by=anna)
    html = page(as_anna, "link", made.pk)
    assert "Havens Venner" in html
    for address in set(re.findall(r'href="(/virksomheder/[^"#]+|/profiler/[^"#]+)"', html)):
        assert as_anna.get(address).status_code == 200, address
    assert reverse("profiles:detail", args=[f"o-{made.parties.latest('pk').organisation_id}"]) not in html


def test_an_area_without_links_teaches(area: Area, as_anna: Client) -> None:
    html = page(as_anna, "links", area.pk)
    assert "Make the first link" in html
    assert "For example:" in html
    assert "No network yet" in page(as_anna, "network", area.pk)


def test_those_of_the_register_whom_nobody_asked_are_counted_and_can_be_seen(
    link: Link, area: Area, smith: Unit, anna: User, as_anna: Client
) -> None:
    near = {"x": area.x, "y": area.y, "company_form": "80"}
    Unit.objects.filter(pk=smith.pk).update(**near)
    companies.unit("Bageren", **near)
    companies.unit("Den Beskyttede", protected=True, **near)
    companies.unit("Langt Væk", company_form="80", x=(area.x or 0) + 9_000, y=area.y)
    address = reverse("linking:asked")
    said = as_anna.get(address, headers=ENGLISH).content.decode()
    assert "Only companies you have to do with are counted here." in said
    assert "2 of 2 companies within 500 m of Nørremarken have not been asked" in said
    now = timezone.now()
    ask(link=link, party=link.parties.get(unit=smith), on=now.date(), expected_version=1, by=anna, now=now)
    listed = as_anna.get(address, {"area": str(area.pk), "reach": "1000"}, headers=ENGLISH).content.decode()
    assert "1 of 2 companies within 1.0 km of Nørremarken has not been asked" in listed
    found = listed.split('id="beyond"')[1]
    assert ("Bageren" in found, smith.name in found, "Beskyttede" in found) == (True, False, False)
    assert troubles(listed) == []


@pytest.mark.parametrize(("approaches", "offers", "shown"), [(2, 2, "0.7"), (2, 0, "2.0"), (1, 2, "0.3")])
def test_how_often_a_company_is_asked_is_rounded_and_not_cut_off(approaches: int, offers: int, shown: str) -> None:
    (load,) = (column for column in COLUMNS if column.sort == "load")
    assert callable(load.value)
    with override("en"):
        assert load.value(AskedCompany(approaches, offers)) == shown

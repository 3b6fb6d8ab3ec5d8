"""Board, list and file follow one filter; the funnel counts what it says; what was never linked has one button each."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.linking import asking
from medspil.linking.models import Link, LinkState
from medspil.mapping.models import Resource
from medspil.offers.services import withdraw_offer
from medspil.register.models import Unit
from tests.conftest import NOW
from tests.factories import companies, links, offering, places
from tests.web.links.conftest import ENGLISH, page, side

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(need: Need, club: Resource, anna: User) -> Link:
    """Return a second link, with the club, whose state is asked."""
    made = links.link(places.need(need.area, "Lektiecafé"), club, by=anna, sentence="Klubben holder lektiecafé.")
    return asking.ask(link=made, party=side(made, "Fotoklubben"), on=NOW.date(), expected_version=1, by=anna, now=NOW)


def rows(client: Client, area: Area, query: str = "") -> list[dict[str, str]]:
    response = client.get(reverse("linking:links_export", args=[area.pk, "csv"]) + query, headers=ENGLISH)
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("?state=asked", "Klubben holder", "Smedjen bygger"),
        ("?sector=private", "Smedjen bygger", "Klubben holder"),
        ("?q=lektie", "Klubben holder", "Smedjen bygger"),
        ("?q=SMEDJE", "Smedjen bygger", "Klubben holder"),
    ],
)
def test_board_list_and_file_follow_the_same_filter(  # noqa: PLR0917  (pytest names them)
    link: Link, other: Link, area: Area, as_anna: Client, query: str, shown: str, hidden: str
) -> None:
    told = "".join(row["What they can do together"] for row in rows(as_anna, area, query))
    for html in (
        page(as_anna, "links", area.pk, query=query),
        page(as_anna, "links", area.pk, query=f"{query}&vis=liste"),
        told,
    ):
        assert shown in html
        assert hidden not in html
    assert f"hent.csv{query}" in page(as_anna, "links", area.pk, query=query)


def test_the_filter_by_need_and_by_one_party(link: Link, other: Link, area: Area, as_anna: Client) -> None:
    assert "Smedjen bygger" not in page(as_anna, "links", area.pk, query=f"?need={other.need_id}")
    assert "Smedjen bygger" not in page(
        as_anna, "network", area.pk, query=f"?party=r{other.parties.latest('pk').resource_id}"
    )


def test_the_file_has_a_row_for_each_side_and_says_who_is_protected(
    link: Link, smith: Unit, area: Area, as_anna: Client
) -> None:
    Unit.objects.filter(pk=smith.pk).update(protected=True)
    told = {row["Party"]: row for row in rows(as_anna, area)}
    assert told["Havnens Smedje ApS"]["Advertising protection"] == "yes"
    assert told["Havnens Smedje ApS"]["P-number"] == str(smith.number)
    assert told["Vejle Kommune"]["Sector"] == "Public bodies"
    book = as_anna.get(reverse("linking:links_export", args=[area.pk, "xlsx"]), headers=ENGLISH)
    sheet = load_workbook(io.BytesIO(book.content)).worksheets[0]
    assert sheet.max_row == 3
    assert as_anna.get(reverse("linking:links_export", args=[area.pk, "pdf"])).status_code == 404


def test_a_person_leaves_the_house_by_name_only_if_she_agreed(
    link: Link, need: Need, area: Area, as_anna: Client, anna: User
) -> None:
    person = links.resource(need, "Fatima Nielsen", "person", consented_on=NOW.date())
    links.link(need, person, by=anna, sentence="Et strikkehold.")
    assert "Fatima Nielsen" in page(as_anna, "links", area.pk)
    assert {row["Party"] for row in rows(as_anna, area)} >= {"A person in the area"}
    assert "Fatima" not in str(rows(as_anna, area))


def test_the_funnel_counts_mapped_linked_and_mobilised(  # noqa: PLR0917  (pytest names them)
    link: Link, other: Link, need: Need, area: Area, as_anna: Client, anna: User
) -> None:
    links.resource(need, "Skakklubben")
    assert "mapped: 2, linked: 1, mobilised: 0" in page(as_anna, "links", area.pk)
    Link.objects.filter(pk=other.pk).update(state=LinkState.PARTNERSHIP, partnership_on=NOW.date())
    assert "mapped: 2, linked: 1, mobilised: 1" in page(as_anna, "links", area.pk)
    Link.objects.filter(pk=other.pk).update(state=LinkState.TURNED_DOWN)
    assert "mapped: 2, linked: 0, mobilised: 0" in page(as_anna, "links", area.pk)


def test_a_resource_counts_as_linked_by_its_entry_in_the_register(
    link: Link, smith: Unit, need: Need, area: Area, as_anna: Client
) -> None:
    links.resource(need, "Smedjen", "company", unit=smith)
    companies.unit("Kiosken", x=area.x, y=area.y)
    said = page(as_anna, "links", area.pk)
    assert "places of work near by in the register: 2, mapped: 1, linked: 1" in said
    assert "100 per cent of those mapped" in said
    assert "per cent of those places of work" not in said


def test_what_was_mapped_long_ago_and_never_linked_has_a_button(need: Need, area: Area, as_anna: Client) -> None:
    old = links.resource(need, "Skakklubben", created_at=timezone.now() - timedelta(days=200))
    links.resource(need, "Ny klub", created_at=timezone.now())
    html = page(as_anna, "links", area.pk)
    assert f"?resource={old.pk}" in html
    assert "Ny klub" not in html


def test_the_list_is_sorted_by_its_headings(link: Link, other: Link, area: Area, as_anna: Client) -> None:
    html = page(as_anna, "links", area.pk, query="?vis=liste&sort=sentence")
    assert html.index("Klubben holder") < html.index("Smedjen bygger")
    html = page(as_anna, "links", area.pk, query="?vis=liste&sort=-sentence")
    assert html.index("Klubben holder") > html.index("Smedjen bygger")


def test_what_is_done_is_folded_on_a_phone_until_somebody_looks_for_it(link: Link, area: Area, as_anna: Client) -> None:
    fold = '<details class="ms-fold ms-fold--phone"'
    Link.objects.filter(pk=link.pk).update(state=LinkState.PARTNERSHIP, partnership_on=NOW.date())
    for query, tail in (("", ">"), ("?state=partnership", " open>"), (f"?flyttet={link.pk}", " open>")):
        assert f"{fold}{tail}<summary>Show 1" in page(as_anna, "links", area.pk, query=query)


@pytest.mark.parametrize("name", ["links", "network", "link", "home"])
def test_fifteen_links_cost_as_many_queries_as_five(  # noqa: PLR0917  (pytest names them)
    link: Link, need: Need, area: Area, as_anna: Client, anna: User, name: str
) -> None:
    def queries() -> int:
        address = "/" if name == "home" else reverse(f"linking:{name}", args=[link.pk if name == "link" else area.pk])
        with CaptureQueriesContext(connection) as asked:
            assert as_anna.get(address, headers=ENGLISH).status_code == 200
        return len(asked.captured_queries)

    def asked_link(nth: int) -> None:
        with_whom: list[Any] = [companies.unit(f"Firma {nth}"), links.resource(need, f"Klub {nth}")]
        made = links.link(need, *with_whom, by=anna)
        asking.ask(link=made, party=side(made, f"Klub {nth}"), on=NOW.date(), expected_version=1, by=anna, now=NOW)

    for nth in range(5):  # so many that the first page leads to the rest
        asked_link(nth)
    few = queries()
    for nth in range(5, 15):
        asked_link(nth)
    assert queries() == few
    assert few <= 45


def test_board_and_list_mark_a_link_whose_offer_was_taken_back(
    need: Need, anna: User, area: Area, as_anna: Client
) -> None:
    offer = offering.offer(offering.company(), area)
    links.link(need, offer.organisation, by=anna, offers=[offer])
    for query in ("", "?vis=liste"):
        assert "the offer stands no more" not in page(as_anna, "links", area.pk, query=query)
    home, told = reverse("home"), "Links whose offer stands no more"
    assert told not in as_anna.get(home, headers=ENGLISH).content.decode()
    withdraw_offer(offer=offer, reason="", by=anna, now=NOW)
    assert told in as_anna.get(home, headers=ENGLISH).content.decode()
    for query in ("", "?vis=liste"):
        assert page(as_anna, "links", area.pk, query=query).count("the offer stands no more") == 1

"""Rows of an allocation: chosen, typed, pasted and brought as a file; all or nothing; changed by two people."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.common.tables import xlsx_bytes
from medspil.offers.models import Offer
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.rounds.models import Demand, Round, Supply
from tests.conftest import NOW
from tests.factories import people, places, rounds
from tests.web.pages import troubles
from tests.web.rounds.asking import get

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
KEY = "4d9a2c1e-7b1f-4c55-9d3e-0a1b2c3d4e5f"


@pytest.fixture
def area(vejle: Organisation) -> Area:
    """Return Anna's area."""
    return places.area(vejle)


@pytest.fixture
def round_(vejle: Organisation, anna: User, area: Area) -> Round:
    """Return an empty round of classes."""
    return rounds.begin(vejle, anna, areas=[area])


def send(client: Client, round_: Round, name: str, asks: bool, *args: Any, **data: Any) -> Any:
    return client.post(reverse(f"rounds:{name}", args=[round_.pk, asks, *args]), data, headers=ENGLISH)


def see(client: Client, round_: Round, name: str, asks: bool, *args: Any) -> str:
    html = client.get(reverse(f"rounds:{name}", args=[round_.pk, asks, *args]), headers=ENGLISH).content.decode()
    assert troubles(html) == []
    return html


def test_open_needs_and_offers_are_chosen_once(round_: Round, area: Area, as_anna: Client) -> None:
    need = places.need(area, "En klasse", ("company_visit",))
    places.need(area, "Noget andet", ("photo_film",))
    giver = people.organisation("Giveren", "company")
    offer = Offer.objects.create(
        organisation=giver, kind="company_visit", title="To klasser", quantity=2, public=True, renewed_on=NOW.date(),
        created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    html = see(as_anna, round_, "choose", True)
    assert "En klasse" in html
    assert "Noget andet" not in html
    for _click in range(2):
        send(as_anna, round_, "choose", True, chosen=[need.pk])
        send(as_anna, round_, "choose", False, chosen=[offer.pk])
    asking, giving = Demand.objects.get(), Supply.objects.get()
    assert (asking.need, asking.area, asking.wanted) == (need, area, 1)
    assert (giving.offer, giving.organisation, giving.capacity) == (offer, giver, 2)


def test_one_line_needs_only_a_name_and_is_added_once(round_: Round, as_anna: Client, area: Area) -> None:
    see(as_anna, round_, "add", True)
    for _click in range(2):
        assert send(as_anna, round_, "add", True, label="7.B", area=area.pk, creation_key=KEY).status_code == 302
    row = Demand.objects.get()
    assert (row.label, row.area, row.wanted, row.least) == ("7.B", area, 1, 1)


def test_a_line_says_what_cannot_be_read(round_: Round, as_anna: Client) -> None:
    response = send(as_anna, round_, "add", False, label="Firma", party="Ukendt", fact_grades="syv", creation_key=KEY)
    assert response.status_code == 422
    assert "is not written as grades" in response.content.decode()
    response = send(as_anna, round_, "add", False, label="Firma", party="Ukendt", creation_key=KEY)
    assert "No organisation here is called" in response.content.decode()
    assert not Supply.objects.exists()


def test_a_list_is_shown_as_understood_and_then_added_all_together(round_: Round, as_anna: Client) -> None:
    see(as_anna, round_, "paste", True)
    page = send(as_anna, round_, "paste", True, text=rounds.CLASSES, creation_key=KEY).content.decode()
    assert troubles(page) == []
    assert "This is how it was understood" in page
    assert "Add all 10 rows" in page
    assert not Demand.objects.exists()
    for _click in range(2):
        send(as_anna, round_, "paste", True, text=rounds.CLASSES, creation_key=KEY, add="1")
    assert Demand.objects.count() == 10
    assert Demand.objects.get(label="7.A").facts == {"school": "Bakkeskolen", "grade": 7, "pupils": 22}


def test_what_is_on_the_board_already_is_told_and_left_out(round_: Round, as_anna: Client, anna: User) -> None:
    rounds.fill(round_, anna, asks=True, text="klasse;skole;trin\n7.A;Skovskolen;7\n7.B;Skovskolen;7")
    text = "klasse;skole;trin\n7.a;;7\n7.A;Bakkeskolen;7\n7.C;;8\n7.C;;8"
    sent = {"text": text, "creation_key": KEY}
    page = send(as_anna, round_, "paste", True, **sent).content.decode()
    assert troubles(page) == []
    assert "2 rows are on the board already or stand twice in the list" in page
    assert "Add the 2 new rows" in page
    for _click in range(2):
        send(as_anna, round_, "paste", True, **sent, add="1")
    assert sorted(Demand.objects.values_list("label", flat=True)) == ["7.A", "7.A", "7.B", "7.C"]
    again = sent | {"creation_key": KEY.replace("4d", "5d")}
    page = send(as_anna, round_, "paste", True, **again, add="1").content.decode()
    assert "4 rows are on the board already" in page
    assert Demand.objects.count() == 4
    send(as_anna, round_, "paste", True, **again, add="all")
    assert Demand.objects.count() == 8


def test_one_wrong_row_stops_the_whole_list(round_: Round, as_anna: Client) -> None:
    response = send(
        as_anna,
        round_,
        "paste",
        True,
        text="klasse;trin;område\n7.A;7;\n7.B;99;\n7.C;7;Ukendt",
        creation_key=KEY,
        add="1",
    )
    html = response.content.decode()
    assert response.status_code == 422
    assert "Row 3, trin" in html
    assert "Row 4, Area" in html
    assert "“Ukendt” is not one of the areas" in html
    assert not Demand.objects.exists()


def test_a_workbook_is_read_like_a_list(round_: Round, as_anna: Client) -> None:
    book = xlsx_bytes(["Virksomhed", "Antal", "Adresse"], [["=Firma", 3, "7100 Vejle"], ["Nr. 2", 1, "Ingen steder"]])
    file = SimpleUploadedFile("a.xlsx", book)
    html = send(as_anna, round_, "paste", False, file=file, creation_key=KEY).content.decode()
    assert "The place of 1 row was not found" in html
    assert "=Firma" in html
    broken = SimpleUploadedFile("a.xlsx", b"PK\x03\x04 no")
    assert send(as_anna, round_, "paste", False, file=broken, creation_key=KEY).status_code == 422


def test_companies_in_a_list_are_known_by_their_names_where_one_has_it(round_: Round, as_anna: Client) -> None:
    people.organisation("Klodsfabrikken", "company")
    for _one in range(2):
        people.organisation("Avisen", "company")
    sent = {"text": "Virksomhed;Antal\nklodsfabrikken;3\nAvisen;1\nHavnen;2", "creation_key": KEY}
    page = send(as_anna, round_, "paste", False, **sent).content.decode()
    assert page.count("Klodsfabrikken") == 1  # who it was taken to be is shown before it is added
    send(as_anna, round_, "paste", False, **sent, add="1")
    givers = {one.label: one.organisation and one.organisation.name for one in Supply.objects.all()}
    assert givers == {"klodsfabrikken": "Klodsfabrikken", "Avisen": None, "Havnen": None}


def test_two_who_change_the_same_row_lose_nothing(
    round_: Round, as_anna: Client, anna: User, vejle: Organisation
) -> None:
    rounds.fill(round_, anna, asks=True, text="klasse;sted\n7.A;7100 Vejle")
    row = Demand.objects.get()
    round_.refresh_from_db()
    bo = people.signed_in(people.member(vejle, Role.BROKER, name="Bo"))
    see(as_anna, round_, "row", True, row.pk)
    sent = {"version": round_.version, "label": "7.A", "amount": 2, "least": 1, "place": "7100 Vejle"}
    assert send(as_anna, round_, "row", True, row.pk, **sent).status_code == 302
    response = send(bo, round_, "row", True, row.pk, **(sent | {"amount": 3, "label": "7.A ny"}))
    html = response.content.decode()
    assert response.status_code == 409
    assert troubles(html) == []
    assert "This row was changed while you were writing" in html
    assert 'value="7.A ny"' in html
    row.refresh_from_db()
    assert (row.wanted, row.x is not None) == (2, True)


def test_a_closed_round_takes_no_rows(round_: Round, as_anna: Client) -> None:
    as_anna.post(reverse("rounds:archive", args=[round_.pk]))
    assert send(as_anna, round_, "add", True, label="7.B", creation_key=KEY).status_code == 422
    send(as_anna, round_, "paste", True, text="7.C", creation_key=KEY, add="1")
    assert not Demand.objects.exists()
    as_anna.post(reverse("rounds:restore", args=[round_.pk]))
    assert send(as_anna, round_, "add", True, label="7.B", creation_key=KEY).status_code == 302


def test_rules_are_changed_and_two_who_change_them_lose_nothing(
    round_: Round, as_anna: Client, vejle: Organisation, area: Area
) -> None:
    bo = people.signed_in(people.member(vejle, Role.BROKER, name="Bo"))
    url = reverse("rounds:edit", args=[round_.pk])
    assert troubles(as_anna.get(url, headers=ENGLISH).content.decode()) == []
    sent = {"version": round_.version, "title": "Ny titel", "areas": [area.pk], "max_km": 25, "fit_only": "on"}
    assert as_anna.post(url, sent).status_code == 302
    response = bo.post(url, sent | {"title": "Tredje"}, headers=ENGLISH)
    assert response.status_code == 409
    round_.refresh_from_db()
    assert round_.title == "Ny titel"
    assert (round_.rules["max_km"], round_.rules["keep_earlier"], round_.rules["fit_only"]) == (25, False, True)


def test_areas_that_the_editor_cannot_see_stay_and_are_counted(
    round_: Round, as_anna: Client, area: Area, anna: User
) -> None:
    other = places.area(people.organisation("Esbjerg Kommune"), "Stengårdsvej")
    round_.areas.add(other)
    html = get(as_anna, "edit", round_.pk)
    assert "And 1 area that you cannot see" in html
    assert "Stengårdsvej" not in html
    sent = {"version": round_.version, "title": "Ny titel", "areas": [], "fit_only": "on"}
    assert as_anna.post(reverse("rounds:edit", args=[round_.pk]), sent).status_code == 302
    assert set(round_.areas.all()) == {other}


def test_volunteers_are_not_asked_for_by_name(vejle: Organisation, anna: User, as_anna: Client) -> None:
    round_ = rounds.begin(vejle, anna, kind="volunteers")
    pages = [get(as_anna, "add", round_.pk, asks) for asks in (True, False)]
    assert ["no names of people" in page for page in pages] == [False, True]

"""Making an offer: whose it is, what it is, nothing typed is lost, nobody speaks for others."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.offers.models import Offer
from medspil.offers.services import edit_offer
from medspil.organisations.models import Organisation
from medspil.register.models import Unit
from tests.factories import companies, offering, people, places
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def area(vejle: Organisation) -> Area:
    return places.area(vejle)


@pytest.fixture
def studio(units: dict[str, Unit]) -> Organisation:
    return offering.company("Lysets Fotostudie ApS", cvr="12345674", unit=units["photo"])


@pytest.fixture
def as_bo(studio: Organisation) -> Client:
    return people.signed_in(offering.contact(studio))


def filled(**said: Any) -> dict[str, Any]:
    facts = {"creation_key": uuid4(), "kind": "photo_film", "title": "Et studie om lørdagen", "audience": "everybody"}
    return facts | said


def way_to(client: Client, name: str) -> str:
    """Return the address that the page of choices gives for a giver."""
    page = client.get(reverse("offers:choose"), {"q": name}, headers=ENGLISH).content.decode()
    hit = page[page.index(f"<span>{name}") :] if f"<span>{name}" in page else ""
    assert hit, page
    return hit.split('href="')[1].split('"')[0].replace("&amp;", "&")


def test_a_company_with_one_organisation_goes_straight_to_the_form(as_bo: Client, area: Area) -> None:
    page = as_bo.get(reverse("offers:choose"), follow=True, headers=ENGLISH)
    address = page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"]
    answer = as_bo.post(address, filled(quantity="2", unit="lørdage", rhythm="monthly", conditions="Vi låser selv"))
    offer = Offer.objects.get()
    assert answer.headers["location"] == reverse("offers:detail", args=[offer.pk])
    assert (offer.public, offer.quantity, offer.conditions, offer.noted_down) == (True, 2, "Vi låser selv", False)
    assert (offer.x, offer.municipality) == (534_500.0, "0630")  # where the register has it


def test_a_coordinator_notes_an_offer_down_for_a_company_of_the_register(
    units: dict[str, Unit], as_anna: Client, vejle: Organisation, area: Area
) -> None:
    address = way_to(as_anna, "Fjordbanken")
    page = as_anna.get(address, headers=ENGLISH).content.decode()
    assert "on their behalf" in page
    said = filled(source="Direktøren, til mødet", said_on="2026-11-01", audience="some", areas=[area.pk])
    refused = as_anna.post(address, {**said, "recorded_by": vejle.pk, "source": ""}, headers=ENGLISH)
    assert refused.status_code == 422
    assert not Organisation.objects.filter(name="Fjordbanken").exists()  # nothing half-made is left
    as_anna.post(address, {**said, "recorded_by": vejle.pk})
    offer = Offer.objects.get()
    assert (offer.organisation.name, offer.organisation.only_checked) == ("Fjordbanken", True)
    assert (offer.recorded_by_organisation, offer.said_on) == (vejle, date(2026, 11, 1))
    assert list(offer.areas.all()) == [area]


def test_a_contact_of_the_company_finds_what_was_noted_down_once_it_joins(
    studio: Organisation, as_bo: Client, vejle: Organisation, area: Area
) -> None:
    noted = offering.noted_down(studio, vejle, area)
    page = as_bo.get(reverse("offers:detail", args=[noted.pk]), headers=ENGLISH).content.decode()
    assert "Noted down by Vejle Kommune. Said by: Ejeren, på telefon" in page
    assert as_bo.post(reverse("offers:take_over", args=[noted.pk])).status_code == 302
    noted.refresh_from_db()
    assert not noted.noted_down


def test_who_said_what_was_noted_down_is_told_to_strangers_no_more_than_who_noted_it(
    studio: Organisation, as_anna: Client, as_carl: Client, vejle: Organisation, area: Area
) -> None:
    noted = offering.noted_down(studio, vejle, area)
    edit_offer(offer=noted, expected_version=1, by=people.user(), now=NOW, public=True, source="Per Hansen, på messen")
    address = reverse("offers:detail", args=[noted.pk])
    stranger, recorder = (one.get(address, headers=ENGLISH).content.decode() for one in (as_carl, as_anna))
    assert "Per Hansen" in recorder
    assert "Noted down by Vejle Kommune." in stranger
    assert "Per Hansen" not in stranger


def test_nobody_makes_an_offer_for_another_by_a_guessed_address(as_bo: Client, vejle: Organisation) -> None:
    for ref in (f"o-{vejle.pk}", f"o-{vejle.pk}:forged", ""):
        answer = as_bo.get(reverse("offers:create"), {"giver": ref})
        assert answer.headers["location"] == reverse("offers:choose")


def test_a_company_may_not_note_down_offers_of_others(
    as_bo: Client, as_anna: Client, units: dict[str, Unit], area: Area
) -> None:
    address = way_to(as_anna, "Fjordbanken")  # a real reference, sent on
    assert as_bo.get(address).status_code == 403
    assert as_bo.post(address, filled()).status_code == 403
    assert not Offer.objects.exists()


def test_names_of_strangers_are_found_by_the_whole_name_only(as_anna: Client, carl: User) -> None:
    def page(text: str) -> str:
        return as_anna.get(reverse("offers:choose"), {"q": text}).content.decode()

    assert "Fremmed Kommune</span>" not in page("Fremmed").replace("<br>", "</span>")
    assert "<span>Fremmed Kommune" in page("fremmed kommune")


def test_what_is_typed_survives_choosing_another_giver(as_anna: Client, area: Area, vejle: Organisation) -> None:
    said = {"title": "Tyve computere", "text": "Brugte, men gode", "themes": ["digital_inclusion"], "kind": "job"}
    answer = as_anna.post(reverse("offers:draft"), said)
    assert answer.headers["location"] == reverse("offers:choose")
    page = as_anna.get(way_to_own(as_anna), headers=ENGLISH).content.decode()
    assert "Tyve computere" in page
    assert "Brugte, men gode" in page
    assert "filled in" in page
    as_anna.post(reverse("offers:drop_draft"))
    assert "Tyve computere" not in as_anna.get(way_to_own(as_anna)).content.decode()


def way_to_own(client: Client) -> str:
    page = client.get(reverse("offers:choose")).content.decode()
    return page[page.index("oplysninger/?giver=") - len("/tilbud/nyt/") :].split('"')[0].replace("&amp;", "&")


def test_a_draft_that_saves_itself_keeps_no_cpr_number(as_anna: Client, area: Area) -> None:
    said = {"title": "Tyve computere", "text": "Ring til 010190-1234"}
    answer = as_anna.post(reverse("offers:draft"), said, headers={"hx-request": "true"} | ENGLISH)
    assert "without the text that looks like a CPR number" in answer.content.decode()
    page = as_anna.get(way_to_own(as_anna)).content.decode()
    assert "Tyve computere" in page
    assert "010190" not in page


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"audience": "some"}, "Choose at least one area"),
        ({"how_far": "within"}, "Write how many kilometres"),
        ({"starts_on": "2027-02-01", "ends_on": "2027-01-01"}, "must end after it starts"),
        ({"place": "Atlantis"}, "We do not know that place"),
        ({"text": "Ring til 010190-1234"}, "CPR"),
        ({"title": ""}, "required"),
        ({"kind": "moon_dust"}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(
    as_anna: Client, area: Area, said: dict[str, Any], sentence: str
) -> None:
    answer = as_anna.post(way_to_own(as_anna), filled(**said), headers=ENGLISH)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_place_that_is_named_counts_and_its_municipality_with_it(as_anna: Client, area: Area) -> None:
    as_anna.post(way_to_own(as_anna), filled(place="2100", how_far="within", reach_km="15"))
    offer = Offer.objects.get()
    assert (offer.municipality, offer.reach_km) == ("0101", 15)
    assert offer.x is not None
    assert offer.x > 700_000


def test_somebody_who_saved_first_is_shown_and_nothing_is_lost(as_bo: Client, studio: Organisation, area: Area) -> None:
    other = people.signed_in(offering.contact(studio, name="Dorte"))
    offer = offering.offer(studio)
    address = reverse("offers:edit", args=[offer.pk])
    said = {name: value for name, value in filled(title="Et studie").items() if name != "creation_key"}
    assert other.post(address, {**said, "version": 1, "text": "Dortes tekst"}).status_code == 302
    late = as_bo.post(address, {**said, "version": 1, "text": "Bos tekst"}, headers=ENGLISH)
    assert late.status_code == 409
    page = late.content.decode()
    assert "Dortes tekst" in page
    assert "Bos tekst" in page
    again = as_bo.post(address, {**said, "version": 2, "text": "Bos tekst"})
    assert again.status_code == 302
    offer.refresh_from_db()
    assert offer.text == "Bos tekst"


def test_editing_leaves_the_place_to_the_metre(as_bo: Client, studio: Organisation) -> None:
    offer = offering.offer(studio, place="Havnen", x=1.5, y=2.5, municipality="0630")
    said = {name: value for name, value in filled(place="Havnen").items() if name != "creation_key"}
    assert (
        as_bo.post(reverse("offers:edit", args=[offer.pk]), {**said, "version": 1}).status_code == 422
    )  # no such town
    Offer.objects.filter(pk=offer.pk).update(place="7100 Vejle")
    said["place"] = "7100 Vejle"
    assert as_bo.post(reverse("offers:edit", args=[offer.pk]), {**said, "version": 1}).status_code == 302
    offer.refresh_from_db()
    assert (offer.x, offer.y, offer.municipality) == (1.5, 2.5, "0630")


def test_a_protected_company_is_marked_before_anybody_notes_anything_down(
    units: dict[str, Unit], as_anna: Client, vejle: Organisation, area: Area
) -> None:
    companies.unit("Fredet Værksted", protected=True, cvr="87654321")
    address = way_to(as_anna, "Fredet Foto")
    assert "Protected from advertising" in as_anna.get(address, headers=ENGLISH).content.decode()
    said = filled(source="Ejeren", said_on="2026-11-01", recorded_by=vejle.pk)
    refused = as_anna.post(address, said, headers=ENGLISH)
    assert refused.status_code == 422
    assert "Its own people may show the offer to everybody" in refused.content.decode()
    assert as_anna.post(address, {**said, "audience": "some", "areas": [area.pk]}).status_code == 302


def test_the_form_says_that_an_area_must_be_chosen_and_ticks_the_only_one(
    studio: Organisation, as_bo: Client, area: Area
) -> None:
    def form() -> Any:
        return as_bo.get(reverse("offers:choose"), follow=True, headers=ENGLISH).context["form"]

    assert form()["audience"].value() == "everybody"  # no area has opened a need to the company
    places.need(area, kinds=("photo_film",), open_to_companies=True)
    assert (form()["audience"].value(), form()["areas"].value()) == ("some", [area.pk])
    other = places.area(area.owner, name="Søndermarken")
    places.need(other, kinds=("photo_film",), open_to_companies=True)
    assert form()["areas"].value() == []
    page = as_bo.get(reverse("offers:choose"), follow=True, headers=ENGLISH).content.decode()
    assert "Choose at least one, unless everybody may see the offer." in page

"""Pages of offers: list, one offer, withdrawing, renewing, asking by a link, the need's page and the first page."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from medspil.areas.models import Area, Need
from medspil.offers import hooks
from medspil.offers.hooks import Use
from medspil.offers.models import Offer, OfferState
from medspil.organisations.models import Organisation
from tests.factories import companies, offering, people, places, post

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
OLD = date(2025, 1, 1)


@pytest.fixture
def area(vejle: Organisation) -> Area:
    return places.area(vejle)


@pytest.fixture
def studio(db: None) -> Organisation:
    companies.unit("Lysets", cvr="12345674")
    return offering.company(cvr="12345674")


@pytest.fixture
def as_bo(studio: Organisation) -> Client:
    return people.signed_in(offering.contact(studio))


@pytest.fixture
def photo_school(area: Area) -> Need:
    return places.need(area, "Fotoskole for børn", ("photo_film",), open_to_companies=True)


def page(client: Client, name: str, *args: object, **asked: str) -> str:
    answer = client.get(reverse(name, args=args), asked, headers=ENGLISH)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_begins_with_ones_own_and_can_be_narrowed(
    studio: Organisation, as_bo: Client, as_anna: Client, area: Area
) -> None:
    offering.offer(studio, title="Et studie")
    offering.offer(studio, title="Øl og rugbrød", kind="food_cooking", municipality="0101")
    other = offering.company("Andre ApS")
    offering.offer(other, title="En bus", kind="transport")
    mine, everything = page(as_bo, "offers:list"), page(as_anna, "offers:list")
    assert "Et studie" in mine
    assert "En bus" not in mine
    assert all(title in everything for title in ("Et studie", "En bus", "Øl og rugbrød"))
    for asked in ({"q": "øL OG"}, {"kind": "food_cooking"}, {"municipality": "0101"}):
        found = page(as_anna, "offers:list", whose="all", **asked)
        assert "Øl og rugbrød" in found
        assert "En bus" not in found
    only_theirs = page(as_anna, "offers:list", whose="all", area=str(area.pk))
    assert "En bus" in only_theirs  # public offers are offered to every area


def test_what_is_not_for_everybody_is_a_page_of_its_own_circle(
    studio: Organisation, area: Area, as_anna: Client, as_carl: Client, as_bo: Client
) -> None:
    offer = offering.offer(studio, area, title="Kun til jer")
    elsewhere = places.area(people.organisation("Et andet sted"), name="Hemmeligt sted")
    offer.areas.add(elsewhere)
    assert "Hemmeligt sted" in page(as_bo, "offers:detail", offer.pk)
    shown = page(as_anna, "offers:detail", offer.pk)
    assert "Nørremarken" in shown
    assert "Hemmeligt sted" not in shown
    assert as_carl.get(reverse("offers:detail", args=[offer.pk])).status_code == 404
    assert "Kun til jer" not in page(as_carl, "offers:list", whose="all")


def test_an_offer_shows_the_needs_it_meets_with_reasons_and_the_way_to_link(
    studio: Organisation, photo_school: Need, as_anna: Client, as_bo: Client
) -> None:
    offer = offering.offer(studio, text="Børn kan fotografere her")
    shown = page(as_anna, "offers:detail", offer.pk)
    assert "Fotoskole for børn" in shown
    assert "of 100 points" in shown
    assert f"/koblinger/ny/?need={photo_school.pk}&amp;offer={offer.pk}" in shown
    theirs = page(as_bo, "offers:detail", offer.pk)
    assert reverse("linking:open_need", args=[photo_school.pk]) in theirs
    assert "/koblinger/ny/" not in theirs  # a company asks; areas link


def test_a_needs_page_shows_the_offers_that_meet_it(studio: Organisation, photo_school: Need, as_anna: Client) -> None:
    assert "Nobody has offered this yet" in page(as_anna, "areas:need", photo_school.pk)
    offering.offer(studio, title="Et studie om lørdagen", conditions="Vi låser selv")
    shown = page(as_anna, "areas:need", photo_school.pk)
    assert "Et studie om lørdagen" in shown
    assert "Vi låser selv" in shown


def test_a_company_sees_its_offers_and_what_they_meet_on_its_first_page(
    studio: Organisation, photo_school: Need, as_bo: Client, vejle: Organisation, as_anna: Client
) -> None:
    assert "You have offered nothing yet" in page(as_bo, "home")
    offering.offer(studio, title="Et studie", renewed_on=OLD)
    offering.noted_down(studio, vejle, title="En aften")
    shown = page(as_bo, "home")
    assert "Et studie" in shown
    assert reverse("linking:open_need", args=[photo_school.pk]) in shown
    assert "Does it still stand?" in shown
    assert "Is this right?" in shown
    assert "What you offer" not in page(as_anna, "home")


def test_withdrawing_says_what_it_is_used_in_asks_nobody_and_can_be_undone(studio: Organisation, as_bo: Client) -> None:
    offer = offering.offer(studio)

    def uses_of(offers: object, /, *, user: object) -> list[Use]:
        told = (("link", "linking.link", 7, "Børn og billeder"), ("allocation", "rounds.round", 8, ""))
        return [Use(offer.pk, *one) for one in told]

    with hooks.alone(uses={"linking": uses_of}):
        asked = page(as_bo, "offers:withdraw", offer.pk)
        assert "Børn og billeder" in asked
        assert reverse("linking:link", args=[7]) in asked
        assert "not yours to see" in asked
        assert as_bo.post(reverse("offers:withdraw", args=[offer.pk]), {"reason": "Vi flytter"}).status_code == 302
        shown = page(as_bo, "offers:detail", offer.pk)
    assert "Vi flytter" in shown
    assert "It is still in use below" in shown
    as_bo.post(reverse("offers:reopen", args=[offer.pk]))
    offer.refresh_from_db()
    assert offer.state == OfferState.OPEN


def test_a_giver_renews_with_one_button_and_a_recorder_says_who_said_so(
    studio: Organisation, vejle: Organisation, as_bo: Client, as_anna: Client
) -> None:
    own, noted = offering.offer(studio, renewed_on=OLD), offering.noted_down(studio, vejle, renewed_on=OLD, said_on=OLD)
    assert "Yes, it still stands" in page(as_bo, "offers:detail", own.pk)
    as_bo.post(reverse("offers:renew", args=[own.pk]))
    assert as_anna.post(reverse("offers:renew", args=[noted.pk]), {"source": ""}).status_code == 422
    later = timezone.localdate() - timedelta(days=1)
    as_anna.post(reverse("offers:renew", args=[noted.pk]), {"source": "Ejeren igen", "said_on": later.isoformat()})
    assert not any(one.renewed_on == OLD for one in Offer.objects.all())
    noted.refresh_from_db()
    assert noted.source == "Ejeren igen"


def test_a_question_by_mail_is_answered_without_an_account_and_once(
    studio: Organisation, vejle: Organisation, as_anna: Client
) -> None:
    noted = offering.noted_down(studio, vejle, renewed_on=OLD, said_on=OLD)
    said = {"email": "ejer@example.org", "name": "Ejer", "language": "en"}
    assert as_anna.post(reverse("offers:ask", args=[noted.pk]), said).status_code == 302
    address = next(line for line in post.sent()[0].body.splitlines() if "/svar/tilbud/" in line)
    path = address[address.index("/svar/") :]
    visitor = Client()
    shown = visitor.get(path).content.decode()
    assert noted.title in shown
    assert "Yes, it still stands" in shown
    noted.refresh_from_db()
    assert noted.renewed_on == OLD  # looking changes nothing
    done = visitor.post(path, {"answer": "stands", "text": "", "version": noted.version})
    assert done.status_code == 200
    assert "still stands" in done.content.decode()
    again = visitor.get(path)
    assert again.status_code == 410
    noted.refresh_from_db()
    assert noted.renewed_on > OLD


def test_an_unknown_link_says_what_to_do(db: None) -> None:
    answer = Client().get(reverse("offers:answer", args=["ukendt"]), headers=ENGLISH)
    assert answer.status_code == 404
    assert "We do not know this link" in answer.content.decode()


def test_who_may_only_see_an_offer_cannot_change_it(studio: Organisation, as_anna: Client) -> None:
    offer = offering.offer(studio)
    for name in ("edit", "withdraw", "end", "renew", "ask"):
        assert as_anna.get(reverse(f"offers:{name}", args=[offer.pk])).status_code == 403
    for name in ("take_over", "reopen"):
        assert as_anna.post(reverse(f"offers:{name}", args=[offer.pk])).status_code == 403


def test_the_pages_ask_as_often_for_many_offers_as_for_few(
    studio: Organisation,
    area: Area,
    as_anna: Client,
    as_bo: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(12):
        need = places.need(area, f"Fotoskole {number}", ("photo_film",), open_to_companies=True)
        offer = offering.offer(studio, title=f"Studie {number}")
    for client, name, args, most in (
        (as_anna, "offers:list", [], 24),
        (as_bo, "offers:list", [], 24),
        (as_bo, "home", [], 34),
        (as_anna, "offers:detail", [offer.pk], 30),
        (as_anna, "offers:area", [area.pk], 26),
        (as_anna, "areas:need", [need.pk], 30),
    ):
        with django_assert_max_num_queries(most):
            page(client, name, *args)


@pytest.mark.parametrize(
    ("quantity", "unit", "shown"),
    [(1, "klasser", "1 klasse"), (2, "klasser", "2 klasser"), (1, "Classes", "1 Class"), (1, "sæt", "1 sæt")],
)
def test_one_of_something_is_said_as_one(
    studio: Organisation, as_bo: Client, quantity: int, unit: str, shown: str
) -> None:
    offering.offer(studio, quantity=quantity, unit=unit)
    assert f"{shown}<" in page(as_bo, "offers:list").replace(", ", "<").replace("\n", "<")

"""The board: propose, see the price, lock, ban, move, take back, make links; two brokers lose nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.linking.models import Link, Origin
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.rounds import services
from medspil.rounds.models import PairKind, PairRule, Proposal, Round
from tests.conftest import NOW
from tests.factories import people, places, rounds
from tests.web.pages import troubles

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
HTMX = {**ENGLISH, "HX-Request": "true"}


@pytest.fixture
def area(vejle: Organisation) -> Area:
    """Return Anna's area."""
    return places.area(vejle)


@pytest.fixture
def adopting(area: Area) -> Need:
    """Return the need that the classes stand for."""
    return places.need(area, "Virksomheder der adopterer en klasse", ("company_visit",))


@pytest.fixture
def adoption(vejle: Organisation, anna: User, area: Area, adopting: Need) -> Round:
    """Return ten classes and seven companies, run."""
    round_ = rounds.adoption(vejle, anna, area=area, need=adopting)
    services.run(round_=round_, by=anna, now=timezone.now())
    return round_


def get(client: Client, name: str, *args: Any, headers: dict[str, str] = ENGLISH, **query: Any) -> str:
    response = client.get(reverse(f"rounds:{name}", args=args), query, headers=headers)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def say(client: Client, round_: Round, name: str, *args: Any, **data: Any) -> Any:
    round_.refresh_from_db()
    version = {"version": round_.version} | data
    return client.post(reverse(f"rounds:{name}", args=[round_.pk, *args]), version, headers=ENGLISH)


def test_the_board_shows_who_gets_what_and_why(adoption: Round, as_anna: Client) -> None:
    html = get(as_anna, "board", adoption.pk)
    assert troubles(html) == []
    assert "Klodsfabrikken" in html
    assert "10 of 10 wanted" in html
    assert "Proven" in html
    assert html.count("<line ") == 10


def test_a_fresh_allocation_teaches_and_is_filled_and_run(vejle: Organisation, anna: User, as_anna: Client) -> None:
    sent = {"programme": "classes", "title": "Klasser", "organisation": vejle.pk, "creation_key": KEY}
    response = as_anna.post(reverse("rounds:create"), sent, headers=ENGLISH)
    round_ = Round.objects.get()
    assert response["Location"] == reverse("rounds:board", args=[round_.pk])
    as_anna.post(reverse("rounds:create"), sent, headers=ENGLISH)
    assert Round.objects.count() == 1
    assert "Fill in both sides" in get(as_anna, "board", round_.pk)
    rounds.fill(round_, anna, asks=True, text=rounds.CLASSES)
    rounds.fill(round_, anna, asks=False, text=rounds.COMPANIES)
    as_anna.post(reverse("rounds:run", args=[round_.pk]))
    assert "10 of 10 wanted" in get(as_anna, "board", round_.pk)


KEY = "4d9a2c1e-7b1f-4c55-9d3e-0a1b2c3d4e5f"


def test_the_price_of_a_ban_is_shown_before_it_is_said(adoption: Round, as_anna: Client) -> None:
    klass, company = rounds.demand(adoption, "9.X"), rounds.supply(adoption, "Hospitalet")
    html = get(as_anna, "pair", adoption.pk, klass.pk, company.pk, hvad="ban")
    assert troubles(html) == []
    assert "What it would do" in html
    assert "10 → 9" in html
    assert "loses" in html
    assert not PairRule.objects.exists()
    assert say(as_anna, adoption, "pair", klass.pk, company.pk, do="ban", reason="Forældre").status_code == 302
    rule = PairRule.objects.get()
    assert (rule.kind, rule.reason) == (PairKind.BAN, "Forældre")
    adoption.refresh_from_db()
    assert "Hospitalet" not in rounds.pairs(adoption).get("9.X", {})
    assert "9 of 10 wanted" in get(as_anna, "board", adoption.pk)


def test_a_move_shows_who_could_and_its_price_and_is_made(adoption: Round, as_anna: Client) -> None:
    klass = rounds.demand(adoption, "7.X")
    old = next(iter(rounds.pairs(adoption)["7.X"]))
    new = next(name for name in ("Klodsfabrikken", "Brandvæsenet") if name != old)
    start = rounds.supply(adoption, old).pk
    assert new in get(as_anna, "move", adoption.pk, klass.pk, fra=start)
    target = rounds.supply(adoption, new).pk
    html = get(as_anna, "move", adoption.pk, klass.pk, fra=start, til=target)
    assert troubles(html) == []
    assert "What it would do" in html
    say(as_anna, adoption, "move", klass.pk, old=start, new=target, amount=1)
    adoption.refresh_from_db()
    assert rounds.pairs(adoption)["7.X"] == {new: 1}


def test_the_last_change_is_taken_back_with_its_reason_kept_for_the_ones_before(
    adoption: Round, as_anna: Client
) -> None:
    first = adoption.proposal
    klass, company = rounds.demand(adoption, "9.X"), rounds.supply(adoption, "Hospitalet")
    say(as_anna, adoption, "pair", klass.pk, company.pk, do="lock", amount=1, reason="Aftalt")
    say(as_anna, adoption, "pair", rounds.demand(adoption, "7.A").pk, company.pk, do="ban")
    assert PairRule.objects.count() == 2
    say(as_anna, adoption, "undo")
    assert PairRule.objects.get().reason == "Aftalt"
    say(as_anna, adoption, "undo")
    adoption.refresh_from_db()
    assert not PairRule.objects.exists()
    assert adoption.proposal == first
    assert (
        "There is no change to take back"
        in as_anna.get(say(as_anna, adoption, "undo")["Location"], headers=ENGLISH).content.decode()
    )


def test_two_brokers_on_one_board_lose_nothing(adoption: Round, vejle: Organisation, as_anna: Client) -> None:
    bo = people.signed_in(people.member(vejle, Role.BROKER, name="Bo"))
    seen = adoption.version
    klass, company = rounds.demand(adoption, "9.X"), rounds.supply(adoption, "Hospitalet")
    say(as_anna, adoption, "pair", klass.pk, company.pk, do="lock", amount=1)
    other = reverse("rounds:pair", args=[adoption.pk, rounds.demand(adoption, "7.A").pk, company.pk])
    response = bo.post(other, {"version": seen, "do": "ban", "reason": "Passer ikke"}, headers=ENGLISH)
    html = response.content.decode()
    assert response.status_code == 409
    assert troubles(html) == []
    assert "Somebody else changed the board" in html
    assert "9.X – Hospitalet" in html
    assert 'value="Passer ikke"' in html
    assert PairRule.objects.count() == 1
    adoption.refresh_from_db()
    assert bo.post(other, {"version": adoption.version, "do": "ban", "reason": "Passer ikke"}).status_code == 302
    assert PairRule.objects.count() == 2


def test_a_second_click_is_no_conflict(adoption: Round, as_anna: Client) -> None:
    seen = adoption.version
    klass, company = rounds.demand(adoption, "9.X"), rounds.supply(adoption, "Hospitalet")
    url = reverse("rounds:pair", args=[adoption.pk, klass.pk, company.pk])
    for _click in range(2):
        assert as_anna.post(url, {"version": seen, "do": "lock", "amount": 1}).status_code == 302
    assert PairRule.objects.count() == 1


def test_a_lock_against_a_ban_is_explained(adoption: Round, as_anna: Client, anna: User) -> None:
    klass, company = rounds.demand(adoption, "7.X"), rounds.supply(adoption, "Hospitalet")
    say(as_anna, adoption, "pair", klass.pk, company.pk, do="lock", amount=1)
    say(as_anna, adoption, "pair", rounds.demand(adoption, "7.Y").pk, company.pk, do="lock", amount=1)
    html = get(as_anna, "board", adoption.pk)
    assert "was set aside" in html
    assert "the locks of Hospitalet come to 2, and it gives 1" in html


def test_a_lock_on_a_row_that_was_taken_out_can_be_opened(adoption: Round, as_anna: Client) -> None:
    klass, company = rounds.demand(adoption, "9.X"), rounds.supply(adoption, "Hospitalet")
    say(as_anna, adoption, "pair", klass.pk, company.pk, do="lock", amount=1)
    as_anna.post(reverse("rounds:row_out", args=[adoption.pk, False, company.pk]))
    assert "Open the lock" in get(as_anna, "board", adoption.pk)
    say(as_anna, adoption, "pair", klass.pk, company.pk, do="free")
    assert not PairRule.objects.exists()
    as_anna.post(reverse("rounds:row_back", args=[adoption.pk, False, company.pk]))
    assert "Hospitalet" in get(as_anna, "rows", adoption.pk, False)


def test_htmx_gets_the_panel_and_is_sent_back_to_the_board(adoption: Round, as_anna: Client) -> None:
    klass, company = rounds.demand(adoption, "9.X"), rounds.supply(adoption, "Hospitalet")
    args = [adoption.pk, klass.pk, company.pk]
    part = get(as_anna, "pair", *args, headers=HTMX, hvad="lock")
    assert part.strip().startswith("<section")
    response = as_anna.post(
        reverse("rounds:pair", args=args), {"version": adoption.version, "do": "lock", "amount": 1}, headers=HTMX
    )
    assert response["HX-Redirect"].startswith(reverse("rounds:board", args=[adoption.pk]))


def test_links_are_made_once_with_their_reasons(
    adoption: Round, as_anna: Client, anna: User, vejle: Organisation
) -> None:
    page = get(as_anna, "apply", adoption.pk)
    assert troubles(page) == []
    assert "which organisation or company they are" in page
    assert "Make the links" not in page
    for row in adoption.supplies.all():
        company = people.organisation(name=f"{row.label} A/S", kind="company")
        services.edit_row(row=row, expected_version=adoption.version, by=anna, now=NOW, organisation=company)
        adoption.refresh_from_db()
    as_anna.post(reverse("rounds:run", args=[adoption.pk]))
    adoption.refresh_from_db()
    assert adoption.proposal
    number = adoption.proposal.number
    assert "Make the links" in get(as_anna, "apply", adoption.pk)
    url = reverse("rounds:apply", args=[adoption.pk])
    as_anna.post(url, {"number": number})
    as_anna.post(url, {"number": number})
    adoption.refresh_from_db()
    assert adoption.state == "applied"
    # All classes stand for one need here, so each company has one link to it, the large one for its three classes.
    assert Link.objects.count() == 7
    link = Link.objects.get(parties__organisation__name="Klodsfabrikken A/S")
    assert link.origin == Origin.ROUND
    assert len(link.grounds["pairs"]) == 3
    assert link.grounds["pairs"][0]["parts"]
    page = as_anna.get(reverse("linking:link", args=[link.pk]), headers=ENGLISH).content.decode()
    assert "the grade fits" in page
    as_anna.post(reverse("rounds:reopen", args=[adoption.pk]))
    as_anna.post(url, {"number": number})
    assert Link.objects.count() == 7


def test_rows_say_what_they_stand_for_before_links_are_made(
    vejle: Organisation, anna: User, area: Area, as_anna: Client
) -> None:
    challenge = places.challenge(area)
    round_ = rounds.adoption(vejle, anna, area=area)
    services.run(round_=round_, by=anna, now=timezone.now())
    assert "what they stand for" in get(as_anna, "apply", round_.pk)
    sent = {"area": area.pk, "about": f"challenge-{challenge.pk}"}
    as_anna.post(reverse("rounds:answers", args=[round_.pk]), sent)
    assert set(round_.demands.values_list("challenge", flat=True)) == {challenge.pk}


def test_a_withdrawn_offer_is_flagged_and_left_out_of_the_next_run(
    adoption: Round, as_anna: Client, anna: User
) -> None:
    from medspil.offers.models import Offer, OfferState  # noqa: PLC0415

    giver = people.organisation("Giveren", "company")
    offer = Offer.objects.create(
        organisation=giver, kind="company_visit", title="Tre klasser", quantity=3, public=True, renewed_on=NOW.date(),
        created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    services.choose_offers(round_=adoption, offers=[offer], by=anna, now=NOW)
    row = adoption.supplies.get(offer=offer)
    say(as_anna, adoption, "pair", rounds.demand(adoption, "7.A").pk, row.pk, do="lock", amount=1)
    Offer.objects.filter(pk=offer.pk).update(state=OfferState.WITHDRAWN, closed_on=NOW.date())
    html = get(as_anna, "board", adoption.pk)
    assert "The offer has been withdrawn" in html
    assert "Run it again" in html
    as_anna.post(reverse("rounds:run", args=[adoption.pk]))
    html = get(as_anna, "board", adoption.pk)
    adoption.refresh_from_db()
    assert "one of the two is no longer there" in html
    assert row.label not in rounds.pairs(adoption)["7.A"]


def test_those_who_work_in_the_area_look_on_without_notes(
    adoption: Round, area: Area, as_anna: Client, vejle: Organisation
) -> None:
    klass, company = rounds.demand(adoption, "9.X"), rounds.supply(adoption, "Hospitalet")
    say(as_anna, adoption, "pair", klass.pk, company.pk, do="lock", amount=1, reason="Kun for os")
    school = people.organisation("Skolen", "school")
    area.partners.add(school)
    eva = people.signed_in(people.member(school, Role.ASSOCIATION_CONTACT, name="Eva"))
    html = get(eva, "board", adoption.pk)
    assert "Klodsfabrikken" in html
    assert "Kun for os" not in html
    assert "Left over" not in html
    assert reverse("rounds:run", args=[adoption.pk]) not in html
    assert eva.post(reverse("rounds:run", args=[adoption.pk])).status_code == 403
    assert eva.get(reverse("rounds:pair", args=[adoption.pk, klass.pk, company.pk])).status_code == 403


def test_a_stranger_sees_nothing(adoption: Round, as_carl: Client) -> None:
    assert as_carl.get(reverse("rounds:board", args=[adoption.pk])).status_code == 404
    assert "Runde 2026" not in get(as_carl, "list")


def test_the_next_round_keeps_the_pairs_of_this_one(adoption: Round, anna: User, vejle: Organisation) -> None:
    before = rounds.pairs(adoption)
    after = rounds.begin(vejle, anna, follows=adoption)
    assert PairRule.objects.filter(round=after, kind=PairKind.LOCK).count() == 10
    services.run(round_=after, by=anna, now=timezone.now() + timedelta(days=300))
    after.refresh_from_db()
    assert rounds.pairs(after) == before


def test_the_number_of_queries_does_not_grow_with_the_rows(
    vejle: Organisation, anna: User, area: Area, as_anna: Client
) -> None:
    counted = []
    for number in (3, 200):
        need = places.need(area, f"Behov {number}", ("company_visit",))
        round_ = rounds.begin(vejle, anna, areas=[area])
        classes = "\n".join(f"Klasse {one};1;7100 Vejle" for one in range(number))
        rounds.fill(round_, anna, asks=True, text=f"klasse;antal;sted\n{classes}", area=area, need=need)
        companies = "\n".join(f"Firma {one};1;7100 Vejle" for one in range(number))
        rounds.fill(round_, anna, asks=False, text=f"virksomhed;antal;sted\n{companies}")
        as_anna.post(reverse("rounds:run", args=[round_.pk]))
        with CaptureQueriesContext(connection) as queries:
            get(as_anna, "board", round_.pk)
            get(as_anna, "rows", round_.pk, True)
            get(as_anna, "apply", round_.pk)
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert Proposal.objects.count() == 2

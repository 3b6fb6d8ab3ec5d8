"""From the board to links: once, with reasons; what must be said first; withdrawn offers; the next round."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.linking.models import Link, Origin
from medspil.offers.models import Offer, OfferState
from medspil.organisations.models import Organisation
from medspil.rounds import services
from medspil.rounds.models import PairKind, PairRule, Proposal, Round
from tests.conftest import NOW
from tests.factories import people, places, rounds
from tests.web.pages import troubles
from tests.web.rounds.asking import ENGLISH, get, say

pytestmark = pytest.mark.django_db


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
    assert "pairs become" not in get(as_anna, "apply", adoption.pk)  # here each pair is a link of its own
    as_anna.post(url, {"number": number})
    as_anna.post(url, {"number": number})
    adoption.refresh_from_db()
    assert adoption.state == "applied"
    # All classes stand for one need here; each has a link of its own, also the three of the large company.
    assert Link.objects.count() == 10
    of_one = Link.objects.filter(parties__organisation__name="Klodsfabrikken A/S")
    assert len({link.subject for link in of_one}) == 3
    link = of_one.order_by("subject")[0]
    assert link.origin == Origin.ROUND
    askers = [pair["asker"] for pair in link.grounds["pairs"]]
    assert askers == [str(rounds.demand(adoption, link.subject).pk)]
    assert link.grounds["pairs"][0]["parts"]
    page = as_anna.get(reverse("linking:link", args=[link.pk]), headers=ENGLISH).content.decode()
    assert "the grade fits" in page.lower()
    as_anna.post(reverse("rounds:reopen", args=[adoption.pk]))
    as_anna.post(url, {"number": number})
    assert Link.objects.count() == 10


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


def test_rows_of_several_areas_are_put_in_the_nearest_ones_at_once(
    vejle: Organisation, anna: User, area: Area, as_anna: Client
) -> None:
    """The classes of the Adoptionsprojekt come as one list, from Vejle and from Esbjerg."""
    other = places.area(vejle, name="Stengårdsvej", x=468_500.0, y=6_150_500.0)
    round_ = rounds.begin(vejle, anna, areas=[area, other])
    rounds.fill(round_, anna, asks=True, text=rounds.CLASSES)
    rounds.fill(round_, anna, asks=False, text=rounds.COMPANIES)
    services.run(round_=round_, by=anna, now=timezone.now())
    html = get(as_anna, "apply", round_.pk)
    assert troubles(html) == []
    assert "7.A, Bakkeskolen · 6705 Esbjerg Ø" in html
    chosen = dict(re.findall(r'name="row-(\d+)".*?value="(\d+)" selected', html))
    assert len(chosen) == 10
    as_anna.post(reverse("rounds:areas", args=[round_.pk]), {f"row-{row}": area for row, area in chosen.items()})
    schools = {(one.facts["school"], one.area) for one in round_.demands.select_related("area")}
    assert schools == {("Bakkeskolen", other), ("Nørremarksskolen", area)}
    assert "what they stand for" in get(as_anna, "apply", round_.pk)
    as_anna.post(reverse("rounds:row_out", args=[round_.pk, True, rounds.demand(round_, "7.A").pk]))
    assert reverse("rounds:run", args=[round_.pk]) in get(as_anna, "apply", round_.pk)


def test_a_withdrawn_offer_is_flagged_and_left_out_of_the_next_run(
    adoption: Round, as_anna: Client, anna: User
) -> None:
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


def test_pairs_of_the_same_two_are_told_to_be_one_link(
    vejle: Organisation, anna: User, area: Area, adopting: Need, as_anna: Client
) -> None:
    round_ = rounds.begin(vejle, anna, kind="computers", areas=[area])
    rounds.fill(round_, anna, asks=True, text="projekt;antal\nNetcaféen;30", area=area, need=adopting)
    rounds.fill(round_, anna, asks=False, text="parti;antal\nKælderen;10\nLoftet;10\nBanken;10")
    bank = people.organisation("Banken", "company")
    round_.supplies.exclude(label="Banken").update(organisation=bank)
    round_.supplies.filter(label="Banken").update(organisation=people.organisation("Avisen", "company"))
    as_anna.post(reverse("rounds:run", args=[round_.pk]))
    html = get(as_anna, "apply", round_.pk)
    assert troubles(html) == []
    assert "3 pairs become 2 links" in html
    assert "Banken – Netcaféen: 2 pairs" in html
    told = as_anna.post(reverse("rounds:apply", args=[round_.pk]), {"number": 1}, follow=True, headers=ENGLISH)
    assert "3 pairs are 2 links" in told.content.decode()
    assert Link.objects.count() == 2


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


def test_a_need_for_volunteers_whom_nobody_receives_is_told_and_makes_no_link(
    vejle: Organisation, anna: User, area: Area, as_anna: Client
) -> None:
    need = places.need(area, kinds=("volunteer_time",))
    round_ = rounds.begin(vejle, anna, kind="volunteers", areas=[area])
    services.choose_needs(round_=round_, needs=[need], by=anna, now=NOW)
    draft = services.Filled(
        services.Draft(row=1, label="Gruppe 1"), organisation=people.organisation("Firma", "company")
    )
    services.add_rows(round_=round_, asks=False, rows=[draft], batch=uuid4(), by=anna, now=NOW)
    round_.refresh_from_db()
    number = services.run(round_=round_, by=anna, now=timezone.now()).number
    told = as_anna.post(reverse("rounds:apply", args=[round_.pk]), {"number": number}, follow=True, headers=ENGLISH)
    assert "the group that receives them must say who it is" in told.content.decode()
    assert not Link.objects.exists()

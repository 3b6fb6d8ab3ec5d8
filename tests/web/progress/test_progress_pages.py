"""How far an area is, on pages: stages with what is missing, silences with the next step, waiting, handing on."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.asking import ask
from medspil.linking.models import Link
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.progress.models import Moment, Patience, Referral
from tests.factories import companies, links, people
from tests.factories.partnerships import partnership
from tests.factories.pitches import company

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def asked(need: Need, anna: User) -> Link:
    """Return a link whose company was asked twenty days ago."""
    then = timezone.now() - timedelta(days=20)
    made = links.link(need, companies.unit(), by=anna, now=then)
    return ask(link=made, party=company(made), on=timezone.localdate(then), expected_version=1, by=anna, now=then)


def page(client: Client, name: str, pk: int, query: str = "") -> str:
    response = client.get(reverse(f"progress:{name}", args=[pk]) + query, headers=ENGLISH)
    assert response.status_code == 200
    return response.content.decode()


def send(client: Client, name: str, pk: int, **data: Any) -> Any:
    return client.post(reverse(f"progress:{name}", args=[pk]), data, headers=ENGLISH)


@pytest.mark.parametrize("query", ["", "?vis=liste"])
def test_board_and_list_show_stage_silence_and_what_is_missing(
    as_anna: Client, anna: User, need: Need, asked: Link, query: str
) -> None:
    made = partnership(need, companies.unit(), by=anna)
    html = page(as_anna, "area", need.area_id, query)
    for told in (
        asked.sentence, made.name, "Not everybody who was asked has said yes.",
        "You have not seen the area together, and nobody has said",
        "They were asked and have not answered", "for 20 days", "Call, and note what they say",
        reverse("partnerships:pitch", args=[asked.pk, company(asked).pk]),
        reverse("partnerships:detail", args=[made.pk]),
    ):  # fmt: skip
        assert told in html, told


def test_the_filter_leaves_whose_turn_it_is(as_anna: Client, need: Need, asked: Link) -> None:
    mine = reverse("linking:link", args=[asked.pk])
    assert mine in page(as_anna, "area", need.area_id, "?quiet=theirs")
    html = page(as_anna, "area", need.area_id, "?quiet=ours")
    assert "Nothing is like that" in html
    assert mine not in html


def test_an_empty_area_is_told_what_belongs_here(as_anna: Client, need: Need) -> None:
    assert "Nothing is under way yet" in page(as_anna, "area", need.area_id)


def test_the_days_are_kept_and_bad_ones_explained(as_anna: Client, need: Need) -> None:
    form = {"remind_after": "10", "expire": "on", "expire_after": "40", "version": "0"}
    assert send(as_anna, "patience", need.area_id, **form).status_code == 302
    kept = Patience.objects.get()
    assert (kept.remind_after, kept.expire_after) == (10, 40)
    html = page(as_anna, "area", need.area_id)
    assert "after 10 days" in html
    assert "put away after 40 days" in html
    for fields, sentence in (
        ({"version": "1", "expire_after": ""}, "Say after how many days."),
        ({"version": "1", "expire_after": "9"}, "First comes the reminder"),
        ({"version": "0", "expire_after": "90"}, "Somebody else saved this"),
    ):
        answer = send(as_anna, "patience", need.area_id, **form | fields)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()


def test_a_link_is_handed_on_taken_and_stands_on_its_page(
    as_anna: Client, vejle: Organisation, need: Need, anna: User, asked: Link
) -> None:
    dora = people.member(vejle, Role.CASE_WORKER, "Dora")
    assert "Dora" in page(as_anna, "refer", asked.pk)
    send(as_anna, "refer", asked.pk, to=dora.pk, text="De vil tale om praktik.", creation_key=str(uuid4()))
    referral = Referral.objects.get()
    as_dora = people.signed_in(dora)
    there = reverse("linking:link", args=[asked.pk])
    html = as_dora.get(there, headers=ENGLISH).content.decode()
    assert "Anna hands this on to you" in html
    assert "De vil tale om praktik." in html
    assert "hands a link on to you and waits" in page(as_dora, "area", need.area_id)
    refused = send(as_anna, "take_on", referral.pk)
    assert refused.status_code == 302
    assert "Only the colleague it was handed to can answer." in as_anna.get(there, headers=ENGLISH).content.decode()
    send(as_dora, "take_on", referral.pk, answer="Ja")
    assert "Dora is on it" in page(as_anna, "area", need.area_id)
    late = send(as_anna, "call_off", referral.pk)
    assert late.status_code == 302
    assert Referral.objects.get().state == "taken"


def test_the_number_of_queries_does_not_grow_with_links(as_anna: Client, need: Need, anna: User) -> None:
    counts = []
    for there in (1, 4):
        while Link.objects.count() < 2 * there:
            links.link(need, companies.unit(), by=anna)
            partnership(need, companies.unit(), by=anna)
        page(as_anna, "area", need.area_id)
        with CaptureQueriesContext(connection) as queries:
            page(as_anna, "area", need.area_id)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_of_a_partnership_says_how_far_it_is_and_what_comes_next(
    as_anna: Client, anna: User, need: Need
) -> None:
    made = partnership(need, companies.unit(), by=anna)
    there = reverse("partnerships:detail", args=[made.pk])
    html = as_anna.get(there, headers=ENGLISH).content.decode()
    for told in (
        "How far we are", "The next step", "Plan a walk, or say why there is none.", "(advice 5)",
        "The 12 pieces of advice", "1 of 12 are done", "Name one contact person",
        "Nothing has been met about or done yet.", reverse("areas:need", args=[need.pk]),
        "Say which challenge the need comes of.",
    ):  # fmt: skip
        assert told in html, told


def test_a_moment_is_noted_shown_and_taken_back(as_anna: Client, anna: User, need: Need) -> None:
    made = partnership(need, companies.unit(), by=anna)
    there = reverse("partnerships:detail", args=[made.pk])
    fields = {"kind": "told", "on": "2026-11-01", "words": "Avisen skrev om det.", "creation_key": str(uuid4())}
    for _click in range(2):
        assert send(as_anna, "moment", made.pk, **fields).status_code == 302
    assert "Avisen skrev om det." in as_anna.get(there, headers=ENGLISH).content.decode()
    bad = send(as_anna, "moment", made.pk, **fields | {"on": "2100-01-01", "creation_key": str(uuid4())})
    assert bad.status_code == 422
    assert "The day has not come yet." in bad.content.decode()
    send(as_anna, "moment_undo", Moment.objects.get().pk)
    assert "Avisen skrev om det." not in as_anna.get(there, headers=ENGLISH).content.decode()

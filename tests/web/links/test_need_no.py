"""A no before there is any link: noted from a ranking, a shortlist, a company or an offer, shown and taken back."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking import shortlist
from medspil.linking.mentions import look_for
from medspil.linking.models import Refusal
from medspil.register.models import Unit
from tests.factories import links, offering
from tests.web.links.conftest import ENGLISH, page, send, side

pytestmark = pytest.mark.django_db


def note(client: Client, need: Need, smith: Unit, **said: Any) -> Any:
    return send(client, "need_no", need.pk, smith.number, **({"creation_key": str(uuid4())} | said))


def test_who_rings_a_company_notes_its_no_with_what_follows_and_takes_it_back(
    need: Need, smith: Unit, anna: User, as_anna: Client
) -> None:
    now = timezone.now()
    shortlist.keep(need=need, number=smith.number, expected_version=0, by=anna, now=now)
    there = reverse("linking:need_no", args=[need.pk, smith.number])
    assert there in page(as_anna, "shortlist", need.pk)
    html = page(as_anna, "need_no", need.pk, smith.number)
    assert html.count('aria-describedby="follows-') == 6
    assert "never suggested to Vejle Kommune again" in html
    assert "from that day on they are suggested again" in html  # nobody is reminded where there is no link
    key = str(uuid4())
    for _twice in range(2):
        answer = note(as_anna, need, smith, reason="never", creation_key=key)
        assert answer.url == reverse("linking:shortlist", args=[need.pk]) + "#refused"
    refusal = Refusal.objects.get()
    assert (refusal.link, refusal.need, refusal.unit) == (None, need, smith)
    listed = page(as_anna, "shortlist", need.pk)
    assert "1 party said no" in listed
    assert "Is not suggested any more." in listed
    send(as_anna, "refusal_undo", refusal.pk, need=need.pk)
    assert "said no, and this need hears of it" not in page(as_anna, "shortlist", need.pk)


def test_what_the_reason_asks_for_is_said_beside_its_field_and_nothing_typed_is_lost(
    need: Need, smith: Unit, as_anna: Client
) -> None:
    answer = note(as_anna, need, smith, reason="wrong_time", words="Ring efter sommer")
    assert answer.status_code == 422
    assert "Say when to ask again" in answer.content.decode()
    assert "Ring efter sommer" in answer.content.decode()
    assert not Refusal.objects.exists()


def test_who_offers_something_says_no_to_a_need_that_it_meets(need: Need, as_anna: Client) -> None:
    firm = offering.company("Tilbuddet ApS")
    offer = offering.offer(firm, public=True)
    said: dict[str, Any] = {"reason": "other", "words": "Nej", "creation_key": uuid4()}
    assert send(as_anna, "offer_no", need.pk, offer.pk, **said).status_code == 302
    refusal = Refusal.objects.get()
    assert (refusal.organisation, refusal.need) == (firm, need)


def test_where_there_is_a_link_the_no_is_noted_there(need: Need, smith: Unit, anna: User, as_anna: Client) -> None:
    link = links.link(need, smith, by=anna)
    answer = as_anna.get(reverse("linking:need_no", args=[need.pk, smith.number]), headers=ENGLISH)
    assert answer["Location"] == reverse("linking:link_no", args=[link.pk, side(link, smith.name).pk])


def test_words_of_a_no_without_a_link_that_name_somebody_who_is_forgotten_are_deleted(
    need: Need, smith: Unit, as_anna: Client
) -> None:
    note(as_anna, need, smith, reason="other", words="Ida Holm orker ikke mere")
    look_for(["Ida Vind"], area=need.area_id, on=timezone.localdate())
    assert Refusal.objects.get().words == "–"
    assert "–" in page(as_anna, "shortlist", need.pk)

"""Data of older versions are carried over: the one offer of a link, and what givers wrote by a link."""

from datetime import date
from typing import Any

from django.apps.registry import Apps
from django.db.models import Model
from pytest_django.plugin import DjangoDbBlocker

from tests.factories.old_data import migrated, old_database
from tests.factories.people import NOW

WHEN = {"created_at": NOW, "updated_at": NOW}


def links_of_old(apps: Apps, offered: Model) -> list[int]:
    """Make a link that rests on an offer, and one that rests on none."""
    organisation = apps.get_model("organisations", "Organisation").objects.get()
    area = apps.get_model("areas", "Area").objects.create(name="Nørremarken", owner=organisation, **WHEN)
    challenge = apps.get_model("areas", "Challenge").objects.create(area=area, title="Unge", **WHEN)
    about = {"area": area, "challenge": challenge, "origin": "person", "state_on": date(2026, 1, 1), **WHEN}
    link: Any = apps.get_model("linking", "Link")  # as it was: with one offer
    return [link.objects.create(sentence=f"Link {offer}", offer=offer, **about).pk for offer in (offered, None)]


def offer_of_old(apps: Apps) -> Model:
    """Make an offer whose giver answered twice by a link, with the words in the history."""
    organisation = apps.get_model("organisations", "Organisation").objects.create(
        name="Vejle Kommune", kind="municipality", **WHEN
    )
    facts = {"kind": "rooms", "title": "Et rum", "renewed_on": date(2026, 1, 1), **WHEN}
    offer = apps.get_model("offers", "Offer").objects.create(organisation=organisation, **facts)
    entry = apps.get_model("accounts", "HistoryEntry")
    of_offer = {"record_type": "offers.offer", "record_id": str(offer.pk), "at": NOW}
    for text in ("Ring til Ole", "Ring til Ida"):
        changes = {"answer": "stands", "text": text}
        entry.objects.create(action="answered_by_link", changes=changes, **of_offer)
    entry.objects.create(action="changed", changes={"closed_reason": ["", "Ole er syg"], "version": [1, 2]}, **of_offer)
    return offer


def test_the_offer_of_an_old_link_and_the_words_of_a_giver_are_kept_where_they_belong_now(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock(), old_database():
        before = migrated(("linking", "0002_links"))
        offer = offer_of_old(before)
        with_offer, without = links_of_old(before, offer)
        now = migrated(("linking", "0004_no_single_offer_of_links"), ("offers", "0003_words_of_the_giver"))
        link = now.get_model("linking", "Link").objects
        assert [one.pk for one in link.get(pk=with_offer).offers.all()] == [offer.pk]
        assert not link.get(pk=without).offers.exists()
        assert now.get_model("offers", "Offer").objects.get().said == "Ring til Ida"
        told = now.get_model("accounts", "HistoryEntry").objects.order_by("pk").values_list("changes", flat=True)
        assert list(told) == [{"answer": "stands"}, {"answer": "stands"}, {"version": [1, 2]}]

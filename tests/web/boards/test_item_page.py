"""The page of an item is one form: no button loses what was typed elsewhere on it, and a refusal keeps everything."""

import re
from datetime import timedelta
from typing import Any

from django.utils import timezone

from medspil.boards.models import BoardDecision, OutOfRoom
from tests.factories import meetings
from tests.factories.meetings import MeetingWorld
from tests.web.boards.test_meeting_pages import Browser, anna, shared, world

__all__ = ["anna", "shared", "world"]


def test_no_button_on_an_item_loses_what_was_typed_beside_it(world: MeetingWorld, anna: Browser) -> None:
    one = world.held(timezone.now() - timedelta(hours=2))
    item = one.items.get()
    rows = {who.pk: meetings.row(one, who).pk for who in world.members}
    typed: dict[str, Any] = {
        "version": 1, "words": "Prisen blev drøftet.", "text": "Vi bygger.", "way": "vote", "kroner": "60000",
        "earmark": world.earmark.pk, "purpose": "Træ", "who": rows[world.per.pk], "because": "conflict",
        "why": "Hans firma bygger.", f"vote_{rows[world.ida.pk]}": "for", f"vote_{rows[world.per.pk]}": "for",
    }  # fmt: skip

    said = anna.send("item_leave", one.pk, item.pk, status=200, **typed)
    for kept in ("Prisen blev drøftet.", "Vi bygger.", 'value="60000"', "not saved yet"):
        assert kept in said
    assert not BoardDecision.objects.exists()
    said = anna.send("item_came_back", one.pk, item.pk, OutOfRoom.objects.get().pk, status=200, **typed)
    assert "Prisen blev drøftet." in said
    anna.send("item_leave", one.pk, item.pk, status=200, **typed)
    said = anna.send("item_write", one.pk, item.pk, status=200, **typed | {"why": ""})
    assert "Vi bygger." in said
    assert 'name="version" value="2"' in said

    typed |= {"version": 2, "words": "Prisen og tiden.", "why": ""}
    said = anna.send("item_decide", one.pk, item.pk, status=422, **typed)
    assert "out of the room for this item: Per." in said  # a vote sent from an older page is named
    del typed[f"vote_{rows[world.per.pk]}"]
    said = anna.send("item_decide", one.pk, item.pk, status=422, **typed)
    assert "Missing: Bo, Sanne, Mia." in said
    assert "Prisen og tiden." in said
    item.refresh_from_db()
    assert item.noted == "Prisen blev drøftet."  # both or neither

    typed |= {f"vote_{rows[who.pk]}": "against" for who in (world.bo, world.sanne_there)}
    anna.send("item_decide", one.pk, item.pk, **typed | {f"vote_{rows[world.mia.pk]}": "for"})
    item.refresh_from_db()
    assert (item.noted, item.decision.text) == ("Prisen og tiden.", "Vi bygger.")
    said = anna.page("item", one.pk, item.pk)
    assert "For (2): Ida, Mia" in said
    assert "the vote of whoever led the meeting decided" in said
    assert "Kultur i byen: 40,000 kr. left" in said

    said = anna.send("item_write", one.pk, item.pk, status=409, **typed | {"words": "Noget andet."})
    assert "Noget andet." in said
    assert "Prisen og tiden." in said


def test_who_was_there_is_filled_in_and_mistakes_stand_at_their_field(world: MeetingWorld, anna: Browser) -> None:
    one = world.held(timezone.now() - timedelta(hours=2), there=[])
    one.refresh_from_db()
    seats = {f"seat_{who.pk}": "" for who in world.members}
    said = anna.send("attendance", one.pk, status=422, version=one.version, led_by=world.ida.pk, **seats)
    assert 'href="#id_led_by"' in said
    said = anna.send("attendance", one.pk, status=200, version=one.version, led_by=world.ida.pk, everybody="1", **seats)
    assert len(re.findall(r'<input[^>]*value="present"[^>]*checked', said)) == len(world.members)
    finn = f"substitute-{world.finn.pk}"
    twice = seats | {f"seat_{world.per.pk}": finn, f"seat_{world.sanne_there.pk}": finn}
    said = anna.send("attendance", one.pk, status=422, version=one.version, led_by="", **twice)
    assert "Finn fills the seat of Per already" in said


def test_minutes_say_how_early_a_meeting_was_planned_whose_papers_went_another_way(world: MeetingWorld) -> None:
    reader = Browser(world, world.sanne)
    one = world.held(timezone.now() - timedelta(hours=2))
    assert "not sent from here. The meeting was planned 20 days before; the rules of procedure demand 14." in (
        reader.page("meeting", one.pk)
    )

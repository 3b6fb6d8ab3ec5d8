"""What is forgotten by itself: contacts nobody used, people nothing was heard of, words of answers."""

from datetime import UTC, datetime, timedelta

import pytest

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.cli.serve import TIDYING, tidy_once
from medspil.mapping.forgetting import SILENCE, forget_what_is_silent
from medspil.mapping.models import Answer, Consent, HowEnded, Inquiry, Resource, ResourceContact
from medspil.mapping.services import answer_inquiry, ask_still_right, confirm, put_away, use_contact
from tests.factories.resources import NOW, consent, contact, person, resource

LONG_AGO = NOW - SILENCE - timedelta(days=1)


def test_a_contact_nobody_used_for_two_years_is_forgotten_for_good(anna: User, area: Area) -> None:
    club = resource(area, anna)
    silent, used, new = (contact(club, anna, name=name) for name in ("Tavs", "Brugt", "Ny"))
    ResourceContact.objects.filter(pk__in=[silent.pk, used.pk]).update(created_at=LONG_AGO)
    use_contact(contact=used, now=NOW)
    assert forget_what_is_silent(now=NOW) == 1
    assert forget_what_is_silent(now=NOW) == 0
    assert set(ResourceContact.objects.all()) == {used, new}
    assert Resource.objects.visible_to(anna).get() == club


def test_a_person_nothing_was_heard_of_for_two_years_is_forgotten_as_if_she_had_asked(anna: User, area: Area) -> None:
    said = consent(given_on=LONG_AGO.date())
    silent, away = person(area, anna, "Tavs", consent=said), person(area, anna, "Lagt væk", consent=said)
    put_away(resource=away, reason="", by=anna, now=NOW)
    confirmed, reached = person(area, anna, "Bekræftet", consent=said), person(area, anna, "Ringet til", consent=said)
    confirm(resource=confirmed, by=anna, now=NOW)
    contact(reached, anna)
    person(area, anna, "Ny")
    assert forget_what_is_silent(now=NOW) == 2
    assert set(Resource.objects.withdrawn()) == {silent, away}
    assert Consent.objects.get(resource=silent).withdrawn_how == HowEnded.SILENCE
    assert Resource.objects.visible_to(anna).count() == 3


def test_what_was_answered_in_own_words_is_forgotten_after_two_years(anna: User, area: Area) -> None:
    reached = contact(resource(area, anna), anna)
    asked = ask_still_right(contact=reached, by=anna, now=NOW, address_of=lambda token: token)
    answer_inquiry(token=asked.address, answer=Answer.CHANGED, text="Ring til Ole", now=NOW)
    forget_what_is_silent(now=NOW + SILENCE)
    assert Inquiry.objects.get().text == "Ring til Ole"
    forget_what_is_silent(now=NOW + SILENCE + timedelta(days=2))
    assert Inquiry.objects.get().text == ""


def test_the_worker_does_it_without_being_asked(anna: User, area: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    contact(resource(area, anna), anna)
    ResourceContact.objects.update(created_at=datetime(2020, 1, 1, tzinfo=UTC))
    monkeypatch.setattr("medspil.cli.serve.connection.close", lambda: None)
    for job in TIDYING:
        tidy_once(job)
    assert not ResourceContact.objects.exists()

"""Asking a side by a one-time link: opened twice, passed on, too old, used after a change, and never sent elsewhere."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from pytest_django.fixtures import Settings

from medspil.accounts.models import OneTimeLink, User
from medspil.accounts.one_time_links import LinkExpired, LinkRevoked, LinkUsed, open_link
from medspil.agreements.asking import (
    Asked,
    CannotAsk,
    ask_to_confirm,
    confirm_by_link,
    question_of,
    send_newest,
)
from medspil.agreements.confirming import OtherVersion
from medspil.agreements.forgetting import forget_old_agreements, forget_old_requests, forget_requests_to
from medspil.agreements.handing_over import hand_over
from medspil.agreements.models import Agreement, Confirmation, ConfirmationRequest, FieldCode, FrozenText, Paper
from medspil.agreements.papers import LANGUAGES, keep_papers, paper_of
from medspil.agreements.settled import end
from medspil.agreements.telling import change_and_tell, confirm_and_tell, tell_changed
from medspil.agreements.writing import change_proposed, sides_of
from medspil.areas.models import Need
from medspil.mapping.models import HowEnded
from medspil.mapping.withdrawal import withdraw_consent
from medspil.notices.models import Message, MessageState
from medspil.notices.outbox import send_due
from medspil.organisations.forgetting import forget_person
from medspil.partnerships.models import Part, Partner, Partnership
from medspil.partnerships.side_people import HandedOver
from medspil.register.models import Unit
from tests.factories import agreements, companies, resources
from tests.factories.agreements import SIGNED
from tests.factories.partnerships import partnership
from tests.factories.people import NOW
from tests.factories.sides import named

pytestmark = pytest.mark.django_db
TO = "mette@firma.example"


def address_of(token: str) -> str:
    """Return where a link leads."""
    return f"https://medspil.example/svar/aftale/{token}/"


def ask(agreement: Agreement, by: User, *, email: str = TO, now: datetime = NOW) -> Asked:
    """Ask the company to confirm."""
    side = (
        Partner.objects.for_page()
        .select_related("partnership__link__area")
        .get(pk=sides_of(agreement.partnership)[1].pk)
    )
    return ask_to_confirm(
        agreement=agreement, partner=side, email=email, name="Mette", source="ringet op", language="da", by=by, now=now,
        address_of=address_of,
    )  # fmt: skip


def token_of(asked: Asked) -> str:
    """Return the secret part of a link."""
    return asked.address.rstrip("/").rpartition("/")[2]


def test_who_takes_over_is_asked_for_the_yes_in_place_of_whoever_had_the_same_part(
    made: Partnership, anna: User
) -> None:
    one, company, before = agreements.proposed(made, by=anna), sides_of(made)[1], NOW.date() - timedelta(days=9)
    named(company, "Per Smed", by=anna, from_on=before)
    named(company, "Mette", Part.CHIEF, by=anna, from_on=before)
    token = token_of(ask(one, anna))
    named(company, "Dorte", Part.CHIEF, by=anna)
    with pytest.raises(HandedOver):
        confirm_by_link(token=token, sha256=one.frozen.sha256, signature=SIGNED, now=NOW, copy_at=address_of)
    assert [hand_over(now=NOW, address=address_of) for _twice in range(2)] == [1, 0]
    send_due(clock=lambda: NOW)
    assert [each.to for each in mail.outbox] == [["dorte@firma.example"]]


def test_a_yes_by_link_counts_once_for_the_version_that_was_read(made: Partnership, anna: User) -> None:
    one = agreements.proposed(made, by=anna)
    token = token_of(ask(one, anna))
    with pytest.raises(OtherVersion):
        confirm_by_link(token=token, sha256="0" * 64, signature=SIGNED, now=NOW, copy_at=address_of)
    confirm_by_link(token=token, sha256=one.frozen.sha256, signature=SIGNED, now=NOW, copy_at=address_of)
    with pytest.raises(LinkUsed):
        confirm_by_link(token=token, sha256=one.frozen.sha256, signature=SIGNED, now=NOW, copy_at=address_of)
    given = Confirmation.objects.get(agreement=one)
    assert (given.name, given.way, given.by, given.at) == ("Mette Holm", "link", None, NOW)
    with pytest.raises(CannotAsk):
        ask(one, anna)


def test_a_link_opened_elsewhere_says_so_and_one_that_is_too_old_takes_no_yes(made: Partnership, anna: User) -> None:
    one = agreements.proposed(made, by=anna)
    token = token_of(ask(one, anna))
    assert open_link(token=token, browser="her", now=NOW).notice == ""
    assert "m***@firma.example" in open_link(token=token, browser="another", now=NOW).notice
    with pytest.raises(LinkExpired):
        confirm_by_link(
            token=token, sha256=one.frozen.sha256, signature=SIGNED, now=NOW + timedelta(days=31), copy_at=address_of
        )


def test_after_a_change_a_new_link_goes_to_the_first_address_and_not_to_whoever_holds_the_old_one(
    made: Partnership, anna: User
) -> None:
    one = agreements.proposed(made, by=anna)
    token = token_of(ask(one, anna))
    change_proposed(agreement=one, expected_version=one.version, by=anna, now=NOW, why="Beløbet")
    assert question_of(token=token, now=NOW).overtaken
    with pytest.raises(OtherVersion):
        confirm_by_link(token=token, sha256=one.frozen.sha256, signature=SIGNED, now=NOW, copy_at=address_of)
    with pytest.raises(CannotAsk):
        send_newest(token=token, now=NOW, address_of=address_of)
    second = agreements.proposed(made, by=anna)
    assert question_of(token=token, now=NOW).newer == second
    assert send_newest(token=token, now=NOW, address_of=address_of)
    assert not send_newest(token=token, now=NOW, address_of=address_of)  # within the hour nothing more is sent
    mails = Message.objects.filter(purpose="agreement_confirm").order_by("pk")
    assert [one.to_email for one in mails] == [TO, TO]
    assert ConfirmationRequest.objects.get(agreement=second).to_email == TO


def test_whoever_had_confirmed_is_told_once_that_it_is_being_changed(made: Partnership, anna: User) -> None:
    one = agreements.proposed(made, by=anna)
    confirm_by_link(
        token=token_of(ask(one, anna)), sha256=one.frozen.sha256, signature=SIGNED, now=NOW, copy_at=address_of
    )
    change_and_tell(agreement=one, expected_version=one.version, by=anna, now=NOW, why="Beløbet var forkert")
    tell_changed(agreement=Agreement.objects.get(pk=one.pk), by=anna, now=NOW)
    told = Message.objects.get(purpose="agreement_changed")
    assert (told.to_email, "Beløbet var forkert" in told.text) == (TO, True)


def test_all_who_confirmed_get_a_copy_when_all_have(made: Partnership, anna: User) -> None:
    one = agreements.proposed(made, by=anna)
    confirm_by_link(
        token=token_of(ask(one, anna)), sha256=one.frozen.sha256, signature=SIGNED, now=NOW, copy_at=address_of
    )
    assert not Message.objects.filter(purpose="agreement_copy").exists()
    said: dict[str, Any] = {"sha256": one.frozen.sha256, "signature": replace(SIGNED, name="Anna")}
    side = sides_of(made)[0]
    confirm_and_tell(agreement=one, partner=side, by=anna, now=NOW, address_of=address_of, **said)
    told = Message.objects.filter(purpose="agreement_copy").order_by("pk")
    assert [one.to_email for one in told] == [TO, anna.email]
    assert Paper.objects.filter(agreement=one).count() == len(LANGUAGES)


def test_what_became_untrue_is_not_sent(made: Partnership, anna: User, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    one = agreements.proposed(made, by=anna)
    ask(one, anna)
    change_proposed(agreement=one, expected_version=one.version, by=anna, now=NOW, why="")
    second = agreements.proposed(made, by=anna)
    ask(second, anna)
    Unit.objects.update(protected=True)
    send_due(clock=lambda: NOW)
    assert mail.outbox == []
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.STOPPED}


def test_addresses_are_forgotten_in_time_and_what_was_signed_long_after_it_ended(made: Partnership, anna: User) -> None:
    one = agreements.proposed(made, by=anna)
    confirm_by_link(
        token=token_of(ask(one, anna)), sha256=one.frozen.sha256, signature=SIGNED, now=NOW, copy_at=address_of
    )
    done = agreements.say_yes(one, 0)
    later = NOW + timedelta(days=366)
    assert (forget_old_requests(now=later), forget_old_requests(now=later)) == (1, 0)
    assert not ConfirmationRequest.objects.exclude(to_email="", to_name="").exists()
    end(agreement=done, why="Slut", review="Det gik.", expected_version=done.version, by=anna, now=later)
    assert forget_old_agreements(now=later + timedelta(days=4 * 365)) == 0
    much_later = later + timedelta(days=5 * 365 + 1)
    assert (forget_old_agreements(now=much_later), forget_old_agreements(now=much_later)) == (1, 0)
    assert set(Confirmation.objects.values_list("name", "mandate")) == {("", "")}
    text = FrozenText.objects.get(agreement=one)
    assert (text.text, text.content, len(text.sha256)) == ("", {}, 64)


def test_whoever_never_signed_in_is_forgotten_by_the_address(made: Partnership, anna: User) -> None:
    one = agreements.proposed(made, by=anna)
    token = token_of(ask(one, anna))
    assert (forget_requests_to(email=f" {TO.upper()} ", now=NOW), forget_requests_to(email=TO, now=NOW)) == (1, 0)
    assert forget_requests_to(email="", now=NOW) == 0
    assert not Message.objects.exclude(to_email="").exists()
    with pytest.raises(LinkRevoked):
        question_of(token=token, now=NOW)


def test_a_person_who_asks_for_it_goes_out_of_drafts_and_links_and_stays_where_she_signed(
    made: Partnership, anna: User, carl: User
) -> None:
    one = agreements.proposed(made, by=anna)
    asked = ask(one, anna, email=carl.email)
    agreements.say_yes(one, 1, name="Carl")
    change_proposed(agreement=one, expected_version=one.version, by=anna, now=NOW, why="")
    draft = agreements.draft(made, by=anna)
    agreements.fill(draft, by=anna, effects="Carl holder fotoskole")
    forget_person(user=carl, by=None, now=NOW)
    assert agreements.text_of(draft, FieldCode.EFFECTS) == "– holder fotoskole"
    assert ConfirmationRequest.objects.get(pk=asked.request.pk).to_email == ""
    assert not OneTimeLink.objects.standing(NOW).exists()
    assert Confirmation.objects.get(agreement=one).name == "Carl"


def test_a_resident_who_takes_her_consent_back_goes_out_of_what_she_confirmed_at_once(need: Need, anna: User) -> None:
    person = resources.person(need.area, anna, "Ida Ildsjæl")
    made = partnership(need, person, companies.unit(), by=anna)
    one = agreements.in_force(made, by=anna)
    keep_papers(Agreement.objects.for_page().get(pk=one.pk))
    assert "Ida" not in one.frozen.text
    withdraw_consent(resource=person, how=HowEnded.SAID, by=anna, now=NOW)
    names = set(Confirmation.objects.filter(agreement=one).values_list("partner__side__resource", "name"))
    assert names == {(person.pk, ""), (None, "Mette Holm")}
    assert not Paper.objects.filter(forgotten_at=None).exists()
    assert paper_of(one, "da").startswith(b"%PDF")

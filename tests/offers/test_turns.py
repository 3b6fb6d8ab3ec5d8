"""Givers are asked by themselves whether their offers still stand: at night, one of their own people, once a turn."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from pytest_django.fixtures import Settings

from medspil.accounts.models import OneTimeLink, User, record_history
from medspil.cli.mailing import ask_givers
from medspil.notices.models import Message, MessageState
from medspil.offers.models import AskedAgain, Offer
from medspil.offers.renewal import RenewalAnswer, answer_by_link, ask_by_link
from medspil.offers.turns import MOST_A_NIGHT, ask_at_night, ask_what_is_due, switch_mails, whom_to_ask
from medspil.organisations.models import Membership, Organisation
from medspil.organisations.roles import Role
from tests.factories import offering, people, post

OLD = offering.TODAY - timedelta(days=200)
NIGHT = offering.NOW.replace(hour=2)  # three o'clock in Denmark


@pytest.fixture
def studio(db: None) -> Organisation:
    return offering.company()


@pytest.fixture
def bo(studio: Organisation) -> User:
    return offering.contact(studio)


@pytest.fixture
def offer(studio: Organisation, bo: User) -> Offer:
    return offering.offer(studio, renewed_on=OLD)


def asked(now: datetime = NIGHT) -> int:
    return ask_what_is_due(now=now, address=lambda token: f"https://medspil.example/svar/{token}/")


def test_it_happens_at_night_and_once_for_each_turn(offer: Offer, bo: User) -> None:
    told = {"address": lambda token: f"/{token}/"}
    assert [ask_at_night(now=now, **told) for now in (offering.NOW, NIGHT, NIGHT + timedelta(days=1))] == [0, 1, 0]
    (letter,) = post.sent()
    assert letter.to == [bo.email]
    assert "slå mailene fra under Tilbud" in " ".join(letter.body.split())
    Offer.objects.update(renewed_on=offering.TODAY)
    assert asked(NIGHT + timedelta(days=200)) == 1  # the next turn
    assert AskedAgain.objects.count() == 2


def test_the_answer_by_the_link_ends_the_turn(offer: Offer) -> None:
    tokens: list[str] = []

    def address(token: str) -> str:
        tokens.append(token)
        return f"/{token}/"

    ask_what_is_due(now=NIGHT, address=address)
    answer_by_link(token=tokens[0], answer=RenewalAnswer.STANDS, text="", seen_version=offer.version, now=NIGHT)
    assert Offer.objects.get().renewed_on == offering.TODAY
    assert asked(NIGHT + timedelta(days=2)) == 0
    assert post.deliver(NIGHT + timedelta(hours=1)) == 0  # answered before the mail went out
    assert Message.objects.get().state == MessageState.STOPPED


def test_who_last_had_a_hand_in_it_is_asked_and_else_a_colleague(offer: Offer, studio: Organisation, bo: User) -> None:
    dina = offering.contact(studio, name="Dina")
    assert whom_to_ask(offer) == bo
    record_history(record=offer, action="renewed", by=dina, now=offering.NOW)
    assert whom_to_ask(offer) == dina
    switch_mails(user=dina, on=False, now=offering.NOW)
    assert whom_to_ask(offer) == bo
    Membership.objects.filter(user=bo).update(ended_on=OLD)
    assert whom_to_ask(offer) is None
    assert asked() == 0
    switch_mails(user=dina, on=True, now=offering.NOW)
    assert asked() == 1


def test_nobody_is_asked_who_turned_it_off_after_the_mail_was_written(offer: Offer, bo: User) -> None:
    assert asked() == 1
    switch_mails(user=bo, on=False, now=NIGHT)
    assert post.deliver(NIGHT + timedelta(hours=1)) == 0
    assert not mail.outbox


def test_what_others_noted_down_and_what_was_asked_by_hand_is_left_alone(
    offer: Offer, studio: Organisation, vejle: Organisation, anna: User
) -> None:
    offering.noted_down(studio, vejle, renewed_on=OLD, said_on=OLD)
    ask_by_link(
        offer=offer,
        email="ejer@example.org",
        name="",
        language="da",
        by=anna,
        now=offering.NOW,
        address=lambda token: token,
    )
    assert asked() == 0
    assert OneTimeLink.objects.count() == 1


def test_who_only_reads_or_speaks_for_an_organisation_that_hers_made_is_not_asked(vejle: Organisation) -> None:
    made = offering.company("Klubben", created_by_organisation=vejle)
    keeper = people.member(vejle, Role.COORDINATOR, name="Karl")
    Membership.objects.create(user=keeper, organisation=made, role=Role.COMPANY_CONTACT, started_on=OLD)
    people.member(made, Role.READER, name="Rie")
    assert whom_to_ask(offering.offer(made, renewed_on=OLD)) is None


def test_one_person_is_asked_about_a_few_each_night(studio: Organisation, bo: User) -> None:
    for number in range(MOST_A_NIGHT + 2):
        offering.offer(studio, renewed_on=OLD, title=f"Tilbud {number}")
    assert [asked(NIGHT), asked(NIGHT), asked(NIGHT + timedelta(days=1))] == [MOST_A_NIGHT, 0, 2]


def test_a_site_that_knows_no_whole_address_of_its_own_mails_nobody_a_link(offer: Offer, settings: Settings) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://*.example.org"]
    ask_givers(now=NIGHT)
    assert not Message.objects.exists()
    settings.CSRF_TRUSTED_ORIGINS = ["https://*.example.org", "https://medspil.example.org"]
    ask_givers(now=NIGHT)
    assert "https://medspil.example.org/" in Message.objects.get().text


def test_without_a_mail_server_nothing_is_asked(offer: Offer, settings: Settings) -> None:
    settings.MAIL_WITHOUT_SERVER = ""
    assert asked() == 0
    assert not AskedAgain.objects.exists()

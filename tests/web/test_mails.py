"""The page "Mail" of an organisation: what waits, went and failed, without texts and whole addresses."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from medspil.accounts.models import HistoryEntry, User
from medspil.notices.models import CameBack, Message, MessageState
from medspil.notices.outbox import OnBehalfOf
from medspil.organisations.merging import merge
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from tests.factories import people
from tests.factories.post import deliver, waiting_mail
from tests.web.pages import troubles


@pytest.fixture
def eva(vejle: Organisation) -> User:
    return people.member(vejle, Role.ADMINISTRATOR, name="Eva")


def english(user: User) -> Client:
    """Return a browser in which somebody reads English."""
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    return client


def mail(of: Organisation, by: User | None = None, **facts: object) -> Message:
    now = timezone.now()
    return waiting_mail(now, by=by, on_behalf_of=OnBehalfOf(of.pk, of.name), **facts)


def version_of(one: Organisation) -> int:
    return Organisation.objects.get(pk=one.pk).version


def page(user: User, of: Organisation) -> str:
    answer = english(user).get(reverse("organisations:mails", args=[of.pk]))
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert troubles(shown) == []
    return shown


def press(user: User, what: str, of: Organisation, message: Message, seen: str) -> str:
    address = reverse(f"organisations:mail_{what}", args=[of.pk, message.pk])
    answer = english(user).post(address, {"seen": seen}, follow=True)
    assert answer.status_code == 200
    message.refresh_from_db()
    return answer.content.decode()


def test_what_waits_went_and_failed_is_told_without_texts_and_whole_addresses(
    vejle: Organisation, anna: User, eva: User
) -> None:
    for number, state in enumerate(MessageState):
        one = mail(vejle, anna, text="KANARIE-tekst", subject="KANARIE-emne", to=f"kanarie{number}@example.org")
        Message.objects.filter(pk=one.pk).update(state=state, settled_at=timezone.now(), problem=f"Fordi {number}")
    shown = page(eva, vejle)
    assert "KANARIE" not in shown
    assert "kanarie" not in shown
    assert shown.count("k***@example.org") == len(MessageState)
    assert all(f"Fordi {number}" in shown for number in range(len(MessageState)))
    assert "Anna" in shown


def test_mails_of_others_and_those_whose_recipient_is_forgotten_are_not_there(
    vejle: Organisation, eva: User, anna: User
) -> None:
    mail(people.organisation("Fremmed Kommune"), anna)
    waiting_mail(timezone.now())
    Message.objects.filter(pk=mail(vejle, anna).pk).update(forgotten_at=timezone.now(), state=MessageState.SENT)
    shown = page(eva, vejle)
    assert "***" not in shown
    assert "Nothing waits" in shown


def test_an_administrator_sends_again_and_stops_what_failed(vejle: Organisation, eva: User) -> None:
    for what, state in (("again", MessageState.WAITING), ("stop", MessageState.STOPPED)):
        message = mail(vejle)
        Message.objects.filter(pk=message.pk).update(state=MessageState.UNSURE)
        assert "arrive twice" in page(eva, vejle)
        press(eva, what, vejle, message, "unsure")
        assert message.state == state
        assert HistoryEntry.objects.of(message).get().by == eva


def test_what_became_unsure_meanwhile_is_not_sent_again_by_an_old_page(vejle: Organisation, eva: User) -> None:
    message = mail(vejle)
    Message.objects.update(state=MessageState.UNSURE)
    for seen in ("waiting", "", "sent"):
        assert "got further" in press(eva, "again", vejle, message, seen)
        assert message.state == MessageState.UNSURE


def test_nobody_touches_the_mails_of_another_organisation(vejle: Organisation, eva: User, carl: User) -> None:
    others = people.organisation("Anden Kommune")
    message = mail(others)
    for user, place, code in ((eva, vejle, 404), (eva, others, 404), (carl, others, 404)):
        address = reverse("organisations:mail_stop", args=[place.pk, message.pk])
        assert english(user).post(address, {"seen": "waiting"}).status_code == code
    message.refresh_from_db()
    assert message.state == MessageState.WAITING


def test_an_administrator_says_that_a_mail_came_back_and_takes_that_back(vejle: Organisation, eva: User) -> None:
    message = mail(vejle, to="bente@example.org")
    Message.objects.update(state=MessageState.SENT, settled_at=timezone.now())
    assert "This mail came back" in page(eva, vejle)
    for _twice in range(2):
        assert "Nothing more is sent" in press(eva, "came_back", vejle, message, "")
    assert "Mails to this address came back" in page(eva, vejle)
    later = mail(vejle, to="Bente@example.org")
    deliver()
    later.refresh_from_db()
    assert (later.state, CameBack.objects.get().by) == (MessageState.STOPPED, eva)
    press(eva, "write_again", vejle, later, "")
    assert "This mail came back" in page(eva, vejle)
    assert not CameBack.objects.exists()


def test_other_members_may_not_open_it(as_anna: Client, vejle: Organisation) -> None:
    assert as_anna.get(reverse("organisations:mails", args=[vejle.pk])).status_code == 403


def test_the_mails_of_organisations_that_went_into_it_also_through_another_are_there_too(
    vejle: Organisation, eva: User
) -> None:
    oldest, older = (people.organisation(f"Vejle kommune, {year}") for year in (1970, 2006))
    Organisation.objects.exclude(pk=vejle.pk).update(created_by_organisation=vejle)
    message = mail(oldest)
    Message.objects.update(state=MessageState.UNSURE)
    for kept, gone in ((older, oldest), (vejle, older)):
        versions = (version_of(kept), version_of(gone))
        merge(kept=kept, gone=gone, from_gone=frozenset(), versions=versions, by=eva, now=timezone.now())
    assert "b***@example.org" in page(eva, vejle)
    assert "1 mail of Vejle Kommune did not arrive" in english(eva).get(reverse("home")).content.decode()
    press(eva, "stop", vejle, message, "unsure")
    assert message.state == MessageState.STOPPED


def test_what_failed_is_told_on_the_organisations_page(vejle: Organisation, eva: User, anna: User) -> None:
    mail(vejle)
    address = reverse("organisations:detail", args=[vejle.pk])
    assert "did not arrive" not in english(eva).get(address).content.decode()
    Message.objects.update(state=MessageState.GIVEN_UP)
    assert "1 mail did not arrive" in english(eva).get(address).content.decode()
    assert "did not arrive" not in english(anna).get(address).content.decode()


def test_what_failed_is_told_on_the_first_page_of_those_who_can_do_something(
    vejle: Organisation, eva: User, anna: User, carl: User
) -> None:
    def first_page(user: User) -> str:
        return english(user).get(reverse("home")).content.decode()

    mail(vejle)
    assert "did not arrive" not in first_page(eva)
    Message.objects.update(state=MessageState.UNSURE)
    assert "1 mail of Vejle Kommune did not arrive" in first_page(eva)
    assert reverse("organisations:mails", args=[vejle.pk]) in first_page(eva)
    assert "did not arrive" not in first_page(anna) + first_page(carl)


def test_a_site_that_sends_nothing_says_why(vejle: Organisation, eva: User, settings: Settings) -> None:
    message = mail(vejle)
    assert "too long" not in page(eva, vejle)
    Message.objects.update(next_try_at=timezone.now() - timedelta(hours=1))
    assert "too long" in page(eva, vejle)
    deliver()
    assert "too long" not in page(eva, vejle)
    settings.MAIL_WITHOUT_SERVER = ""
    assert "No mail leaves this site" in page(eva, vejle)
    message.refresh_from_db()
    assert message.state == MessageState.SENT

"""A colleague hands a link on to another, once, who takes it or gives it back; then it is plain who is on it."""

from typing import Any
from uuid import uuid4

import pytest

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.areas.privacy import CprNumberFound
from medspil.common.models import EditConflict
from medspil.linking.models import Link
from medspil.notices.models import Message
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.progress.models import Referral, ReferralState
from medspil.progress.referrals import (
    HandedOnAlready,
    NotAColleague,
    NotYours,
    TextTooLong,
    answer,
    call_off,
    on_it,
    refer,
)
from tests.factories import companies, links, people
from tests.factories.people import NOW
from tests.factories.post import sent

pytestmark = pytest.mark.django_db
ADDRESS = "https://medspil.example/koblinger/1/"


@pytest.fixture
def dora(vejle: Organisation) -> User:
    """Return a colleague of Anna's."""
    return people.member(vejle, Role.CASE_WORKER, "Dora")


@pytest.fixture
def link(need: Need, anna: User) -> Link:
    """Return a link that Anna saw."""
    return links.link(need, companies.unit(), by=anna)


def hand(link: Link, to: User, by: User, **fields: Any) -> Referral:
    facts: dict[str, Any] = {"text": "De vil gerne tale om praktik.", "creation_key": uuid4(), "now": NOW} | fields
    return refer(link=link, to=to, by=by, address=ADDRESS, **facts)


def who(link: Link) -> User | None:
    return on_it(Link.objects.select_related("seen_by").filter(pk=link.pk)).get(link.pk)


def test_the_colleague_is_told_once_and_is_on_it_when_she_says_yes(link: Link, anna: User, dora: User) -> None:
    key = uuid4()
    first, again = (hand(link, dora, anna, creation_key=key) for _click in range(2))
    assert first == again
    assert who(link) == anna
    (mail,) = sent()
    assert (mail.to, ADDRESS in mail.body, "De vil gerne tale om praktik." in mail.body) == ([str_of(dora)], True, True)
    for _click in range(2):
        answer(referral=first, taken=True, text="Det gør jeg.", by=dora, now=NOW)
    assert who(link) == dora
    assert link.referrals.get().answer == "Det gør jeg."


def test_given_back_it_stays_with_the_first_and_may_be_handed_on_again(link: Link, anna: User, dora: User) -> None:
    answer(referral=hand(link, dora, anna), taken=False, by=dora, now=NOW)
    assert who(link) == anna
    hand(link, dora, anna)
    with pytest.raises(HandedOnAlready):
        hand(link, dora, anna)


@pytest.mark.parametrize(("language", "word"), [("da", "Hej Dora"), ("en", "Hello Dora")])
def test_the_colleague_is_told_in_her_language(link: Link, anna: User, dora: User, language: str, word: str) -> None:
    dora.language = language
    dora.save(update_fields=["language"])
    hand(link, dora, anna)
    assert sent()[0].body.startswith(word)


def test_called_off_nobody_answers_and_no_mail_goes(link: Link, anna: User, dora: User) -> None:
    referral = hand(link, dora, anna)
    call_off(referral=referral, by=anna, now=NOW)
    with pytest.raises(EditConflict):
        answer(referral=referral, taken=True, by=dora, now=NOW)
    assert sent() == []
    assert Message.objects.get().state == "stopped"
    assert Referral.objects.get().state == ReferralState.CALLED_OFF


def test_only_a_colleague_gets_it_and_only_she_answers(link: Link, anna: User, carl: User, dora: User) -> None:
    for stranger in (carl, anna):
        with pytest.raises(NotAColleague):
            hand(link, stranger, anna)
    with pytest.raises(NotYours):
        answer(referral=hand(link, dora, anna), taken=True, by=anna, now=NOW)


@pytest.mark.parametrize(("text", "refusal"), [("ord " * 300, TextTooLong), ("010190-1234", CprNumberFound)])
def test_a_bad_text_is_refused_with_nothing_written(
    link: Link, anna: User, dora: User, text: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        hand(link, dora, anna, text=text)
    assert not Referral.objects.exists()
    assert not Message.objects.exists()


def test_strangers_see_no_referral(link: Link, anna: User, carl: User, dora: User) -> None:
    hand(link, dora, anna)
    assert Referral.objects.visible_to(dora, on=NOW.date()).count() == 1
    assert not Referral.objects.visible_to(carl, on=NOW.date()).exists()


def str_of(person: User) -> str:
    return f"{person} <{person.email}>"

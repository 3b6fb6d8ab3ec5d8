"""A side without an account: by a one-time link it writes, hands in, confirms and settles; reminded once; forgotten."""

from datetime import timedelta

import pytest

from medspil.accounts.models import OneTimeLink, User
from medspil.accounts.one_time_links import LinkRevoked, LinkUnusable, LinkUsed
from medspil.alignment.by_link import confirm_by_link, hand_in_by_link, save_draft_by_link, settle_by_link
from medspil.alignment.differences import propose, put_aside
from medspil.alignment.forgetting import forget_old_alignment
from medspil.alignment.inviting import (
    DayOver,
    NothingToRemindOf,
    hand_in_and_tell,
    remind_due,
    remind_on,
    take_back,
)
from medspil.alignment.models import Edition, HandedIn, Invitation, Outcome, Sheet, Why
from medspil.alignment.sheets import AnswerMissing, Writer
from medspil.areas.models import Need
from medspil.linking.mentions import Settled, settle, texts_of
from medspil.linking.models import Mention
from medspil.mapping.models import HowEnded
from medspil.mapping.withdrawal import withdraw_consent
from medspil.notices.models import Message, MessageState
from medspil.organisations.forgetting import forget_person
from medspil.partnerships.forgetting import KEPT_FOR
from medspil.partnerships.going_on import NotNow
from medspil.partnerships.models import Partnership, Standing
from medspil.partnerships.people import end_part
from medspil.partnerships.side_people import HandedOver
from tests.factories import companies, resources
from tests.factories.alignment import AREA, COMPANY, address, ask, of_area, of_company, say, token_of
from tests.factories.partnerships import partnership
from tests.factories.people import NOW
from tests.factories.post import deliver, sent
from tests.factories.sides import named

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)


@pytest.fixture
def smithy(need: Need, anna: User) -> Partnership:
    """Return a partnership of the municipality and a company without accounts."""
    return partnership(need, companies.unit(), by=anna)


def hand_in(token: str, version: int = 0, **fields: str) -> Edition:
    return hand_in_by_link(
        token=token, answers=COMPANY | fields, expected_version=version, name="Per Smed", now=NOW, address=address
    ).edition


def test_a_link_writes_drafts_hands_in_once_and_is_then_used_up(smithy: Partnership, anna: User) -> None:
    token = token_of(ask(of_company(smithy), anna))
    [mail] = sent()
    assert token in str(mail.body)
    assert mail.to == ["per@smedjen.example"]
    first = save_draft_by_link(token=token, answers={"focus": "Lær"}, expected_version=0, now=NOW)
    save_draft_by_link(token=token, answers={"focus": "Lærlinge"}, expected_version=first.version, now=NOW)
    edition = hand_in(token, version=2)
    assert (edition.how, edition.by_name, edition.waits) == (HandedIn.LINK, "Per Smed", False)
    with pytest.raises(LinkUsed):
        hand_in(token, version=3, focus="En anden")
    with pytest.raises(LinkUsed):
        save_draft_by_link(token=token, answers={}, expected_version=3, now=NOW)


def test_a_faulty_answer_leaves_the_link_unused(smithy: Partnership, anna: User) -> None:
    token = token_of(ask(of_company(smithy), anna))
    with pytest.raises(AnswerMissing):
        hand_in(token, focus=" ")
    assert OneTimeLink.objects.get().used_at is None


def test_a_new_question_and_taking_back_end_the_link_before(smithy: Partnership, anna: User) -> None:
    first, second = (ask(of_company(smithy), anna) for _time in range(2))
    with pytest.raises(LinkRevoked):
        hand_in(token_of(first))
    take_back(invitation=second.invitation, by=anna, now=NOW)
    with pytest.raises(LinkRevoked):
        hand_in(token_of(second))
    deliver()
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.STOPPED}


def test_a_side_says_by_link_that_what_was_noted_for_it_is_right(smithy: Partnership, anna: User) -> None:
    company = of_company(smithy)
    say(company, COMPANY, by=anna, how=HandedIn.BEHALF, said_by="Per", said_on=NOW.date())
    token = token_of(ask(company, anna))
    edition = confirm_by_link(token=token, number=1, name="Per Smed", now=NOW, address=address).edition
    assert (edition.waits, edition.confirmed_name) == (False, "Per Smed")
    with pytest.raises(LinkUsed):
        confirm_by_link(token=token, number=1, name="", now=NOW, address=address)


def test_when_all_have_spoken_who_was_asked_by_mail_settles_by_a_link_that_lasts_until_nothing_is_left(
    smithy: Partnership, anna: User
) -> None:
    area, company = of_area(smithy), of_company(smithy)
    hand_in(token_of(ask(company, anna)))
    assert not Invitation.objects.filter(why=Why.SETTLE).exists()
    told = hand_in_and_tell(
        partner=area, answers=AREA, expected_version=0, writer=Writer(by=anna), now=NOW, address=address
    ).told
    assert list(told) == [company.pk]
    token = told[company.pk].rstrip("/").rpartition("/")[2]
    assert token in str(sent()[-1].body)
    for key in ("horizon", "nobody:photo_film"):
        assert OneTimeLink.objects.filter(used_at=None, revoked_at=None).exists()
        settle_by_link(token=token, now=NOW, step=lambda partner, key=key: put_aside(  # type: ignore[misc]
            partnership=partner.partnership, key=key, by=None, now=NOW
        ))  # fmt: skip
    with pytest.raises(LinkUsed):
        settle_by_link(token=token, now=NOW, step=lambda partner: propose(
            partner=partner, key="horizon", outcome=Outcome.ACCEPTED, sentence="", expected_version=0, by=None, now=NOW
        ))  # fmt: skip


def test_a_reminder_goes_once_on_its_day_with_a_new_link(smithy: Partnership, anna: User) -> None:
    company = of_company(smithy)
    with pytest.raises(DayOver):
        ask(company, anna, remind_on=NOW.date())
    asked = ask(company, anna, remind_on=LATER.date())
    early = LATER.replace(hour=3)
    assert [remind_due(now=moment, address=address) for moment in (NOW, early)] == [0, 0]
    assert [remind_due(now=LATER, address=address) for _round in range(2)] == [1, 0]
    with pytest.raises(LinkRevoked):
        hand_in(token_of(asked))
    assert Message.objects.count() == 2
    remind_on(invitation=Invitation.objects.get(), day=LATER.date() + timedelta(days=2), now=LATER)
    say(company, COMPANY)
    assert remind_due(now=LATER + timedelta(days=3), address=address) == 0
    with pytest.raises(NothingToRemindOf):
        remind_on(invitation=Invitation.objects.get(), day=LATER.date() + timedelta(days=9), now=LATER)


def test_nobody_is_asked_or_reminded_while_a_partnership_does_not_go_on(smithy: Partnership, anna: User) -> None:
    asked = ask(of_company(smithy), anna, remind_on=LATER.date())
    Partnership.objects.filter(pk=smithy.pk).update(standing=Standing.PAUSED)
    assert remind_due(now=LATER, address=address) == 0
    deliver()
    assert Message.objects.get().state == MessageState.STOPPED
    with pytest.raises(NotNow):
        hand_in(token_of(asked))


def test_a_link_for_one_thing_opens_no_other(smithy: Partnership, anna: User) -> None:
    token = token_of(ask(of_company(smithy), anna, why=Why.SETTLE))
    with pytest.raises(LinkUnusable):
        hand_in(token)


def test_a_contact_who_hands_over_in_the_middle_writes_no_more_and_her_draft_waits_for_who_takes_over(
    smithy: Partnership, anna: User
) -> None:
    company, since = of_company(smithy), NOW.date() - timedelta(days=9)
    per = named(company, "Per Smed", by=anna, from_on=since, email="per@smedjen.example")
    token = token_of(ask(company, anna))
    save_draft_by_link(token=token, answers={"focus": "Lær"}, expected_version=0, now=NOW)
    end_part(person=per, on=NOW.date(), expected_version=per.version, by=anna, now=NOW)
    hand_in(token, version=1)  # it is her last day
    token = token_of(ask(company, anna))
    save_draft_by_link(token=token, answers={"focus": "Lærlinge"}, expected_version=2, now=NOW)
    with pytest.raises(HandedOver):
        save_draft_by_link(token=token, answers={"focus": "Andet"}, expected_version=3, now=LATER)
    sheet = Sheet.objects.get(partner=company)
    assert sheet.answers["focus"] == "Lærlinge"


def test_names_addresses_and_old_drafts_are_forgotten_in_time(smithy: Partnership, anna: User) -> None:
    company = of_company(smithy)
    hand_in(token_of(ask(company, anna)))
    save_draft_by_link(token=token_of(ask(company, anna)), answers={"focus": "x"}, expected_version=1, now=NOW)
    assert forget_old_alignment(now=NOW + KEPT_FOR) == 0
    late = NOW + KEPT_FOR + timedelta(days=1)
    assert forget_old_alignment(now=late) > 0
    assert forget_old_alignment(now=late) == 0
    edition = Edition.objects.get()
    assert (edition.by_name, edition.answers) == ("", COMPANY)
    assert not Invitation.objects.exclude(to_email="").exists()
    assert Sheet.objects.get().answers == {}


def test_a_person_is_forgotten_at_once_as_one_who_wrote_and_as_a_side(need: Need, anna: User) -> None:
    ida = resources.person(need.area, anna, "Ida Holm")
    made = partnership(need, ida, by=anna)
    of_ida = made.partners.get(side__resource=ida)
    say(of_ida, COMPANY | {"focus": "Anna passer på os."}, name="Anna")
    ask(of_ida, anna)
    forget_person(user=anna, by=None, now=NOW)
    edition = Edition.objects.get()
    assert (edition.by_name, edition.answers["focus"]) == ("–", "– passer på os.")
    withdraw_consent(resource=ida, how=HowEnded.LINK, by=None, now=NOW)
    assert Edition.objects.get().answers == {}
    assert not Invitation.objects.exclude(to_email="").exists()


def test_words_that_may_name_a_resident_who_withdraws_are_looked_at_by_people(smithy: Partnership, anna: User) -> None:
    ida = resources.person(smithy.link.area, anna, "Ida Holm")
    say(of_area(smithy), AREA, by=anna)
    say(of_company(smithy), COMPANY | {"success": "Ida er glad for sin læreplads."})
    settled = propose(
        partner=of_company(smithy), key="horizon", outcome=Outcome.SETTLED, sentence="Et år med Ida.",
        expected_version=0, by=None, now=NOW,
    )  # fmt: skip
    withdraw_consent(resource=ida, how=HowEnded.LINK, by=None, now=NOW)
    found = {one.where: one for one in Mention.objects.filter(link=smithy.link)}
    assert set(found) == {"wants", "settles"}
    assert "læreplads" in texts_of(found.values())[found["wants"].pk]
    for one in found.values():
        settle(mention=one, how=Settled.DELETE, by=anna, now=NOW)
    settled.refresh_from_db()
    assert (settled.sentence, settled.outcome) == ("", "")
    assert Edition.objects.get(partner=of_company(smithy)).answers == {}

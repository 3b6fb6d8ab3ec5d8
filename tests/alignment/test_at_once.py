"""Several people of one side, or of all sides, at the same moment: one wins, the others are told, nothing is lost."""

from functools import partial

import pytest

from medspil.accounts.one_time_links import LinkUsed
from medspil.alignment.by_link import hand_in_by_link
from medspil.alignment.differences import agree, propose
from medspil.alignment.inviting import remind_due
from medspil.alignment.models import Difference, Edition, HandedIn, Outcome, Sheet, Verdict
from medspil.alignment.sheets import Writer, save_draft
from medspil.common.models import EditConflict
from medspil.notices.models import Message
from medspil.organisations.roles import Role
from medspil.partnerships.models import Partnership
from tests.factories import companies, people, rankings
from tests.factories.alignment import AREA, COMPANY, address, ask, of_area, of_company, say, token_of
from tests.factories.partnerships import partnership
from tests.factories.people import NOW
from tests.linking.test_links_at_once import all_at_once, conflicts

pytestmark = pytest.mark.django_db(transaction=True)
TOMORROW = NOW.replace(day=23)


def smithy() -> Partnership:
    municipality = people.organisation("Vejle Kommune")
    anna = people.member(municipality, Role.COORDINATOR)
    return partnership(rankings.photo_need(municipality), companies.unit(), by=anna)


def test_of_drafts_saved_at_once_one_is_kept_and_the_others_are_told() -> None:
    company = of_company(smithy())

    def save(words: str) -> Sheet:
        writer = Writer(how=HandedIn.LINK)
        return save_draft(partner=company, answers={"focus": words}, expected_version=0, writer=writer, now=NOW)

    told = all_at_once([partial(save, words) for words in ("en", "to", "tre")])
    assert conflicts(told) == 2
    assert Sheet.objects.get().version == 1


def test_a_link_used_at_once_hands_in_once_and_a_reminder_goes_once() -> None:
    made = smithy()
    anna = made.link.area.owner.memberships.get().user
    company = of_company(made)
    asked = ask(company, anna, remind_on=TOMORROW.date())
    all_at_once([partial(remind_due, now=TOMORROW, address=address)] * 3)
    assert Message.objects.count() == 2
    token = token_of(ask(company, anna))

    def hand_in(words: str) -> Edition:
        answers = COMPANY | {"focus": words}
        try:
            return hand_in_by_link(
                token=token, answers=answers, expected_version=0, name="", now=NOW, address=address
            ).edition
        except LinkUsed as late:
            raise EditConflict from late

    told = all_at_once([partial(hand_in, words) for words in ("en", "to")])
    assert conflicts(told) == 1
    assert Edition.objects.count() == 1
    assert asked.invitation.partner == company


def test_two_ways_of_settling_at_once_leave_one_and_a_yes_only_to_what_was_read() -> None:
    made = smithy()
    area, company = of_area(made), of_company(made)
    say(area, AREA)
    say(company, COMPANY)
    one = propose(
        partner=company, key="horizon", outcome=Outcome.ACCEPTED, sentence="", expected_version=0, by=None, now=NOW
    )

    def settle(words: str) -> Difference:
        return propose(
            partner=company, key="horizon", outcome=Outcome.SETTLED, sentence=words, expected_version=one.version,
            by=None, now=NOW,
        )  # fmt: skip

    def say_yes() -> Difference:
        return agree(partner=area, difference=one, wording=one.wording, by=None, now=NOW)

    told = all_at_once([partial(settle, "Et år."), partial(settle, "To år."), say_yes])
    found = Difference.objects.get(key="horizon")
    assert conflicts(told) in (1, 2)
    assert found.outcome == Outcome.SETTLED
    assert not Verdict.objects.filter(partner=area, wording=found.wording).exists()

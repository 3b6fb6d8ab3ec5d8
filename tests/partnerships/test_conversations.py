"""What was said is noted with people, interest and promises, changed by one at a time, and forgotten in time."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from medspil.accounts.models import HistoryEntry, User
from medspil.areas.models import Need
from medspil.areas.privacy import CprNumberFound
from medspil.common.models import EditConflict
from medspil.linking.asking import DayAhead, LinkPutAway
from medspil.linking.brokers import come
from medspil.linking.models import Link
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.partnerships.conversations import (
    FARTHEST,
    NewPledge,
    NothingSaid,
    PledgeUnclear,
    Said,
    TooFarAhead,
    TooMuchSaid,
    add_pledge,
    edit_conversation,
    keep_pledge,
    note_conversation,
    remove_conversation,
)
from medspil.partnerships.forgetting import KEPT_FOR, forget_old_conversations
from medspil.partnerships.models import Channel, Conversation, Pledge
from medspil.partnerships.pitching import NoContact
from medspil.register.models import Unit
from tests.factories import companies, links, people
from tests.factories.people import NOW
from tests.factories.pitches import company

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
PROMISE = NewPledge(ours=True, who="Anna", what="Sender et forslag til dage", due_on=TODAY + timedelta(days=7))


@pytest.fixture
def link(need: Need, anna: User) -> Link:
    """Return a link between the municipality and a company."""
    return links.link(need, companies.unit(cvr="12345674"), by=anna)


def said(**fields: Any) -> Said:
    facts: dict[str, Any] = {
        "channel": Channel.CALL, "at": NOW - timedelta(hours=2), "their_people": "Per Smed, værkfører",
        "text": "De kan godt lide tanken.", "caught": ["recruitment"],
    }  # fmt: skip
    return Said(**(facts | fields))


def note(link: Link, by: User, *pledges: NewPledge, **fields: Any) -> Conversation:
    key = fields.pop("creation_key", None) or uuid4()
    return note_conversation(
        link=link, party=company(link), said=said(**fields), pledges=pledges, creation_key=key, by=by, now=NOW
    )


def test_a_call_is_noted_with_people_of_both_sides_interest_and_what_was_promised(link: Link, anna: User) -> None:
    note(link, anna, PROMISE, our_people=[anna])
    (kept,) = Conversation.objects.with_side(company(link))
    assert (kept.channel, kept.their_people, kept.caught) == ("call", "Per Smed, værkfører", ["recruitment"])
    assert list(kept.our_people.all()) == [anna]
    (promise,) = kept.pledges.all()
    assert (promise.ours, promise.who, promise.due_on) == (True, "Anna", PROMISE.due_on)


def test_the_same_click_twice_notes_one_conversation_with_its_promises(link: Link, anna: User) -> None:
    key = uuid4()
    for _click in range(2):
        note(link, anna, PROMISE, creation_key=key)
    assert (Conversation.objects.count(), Pledge.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"text": " ", "their_people": ""}, NothingSaid),
        ({"text": "ord " * 5_000}, TooMuchSaid),
        ({"text": "010190-1234"}, CprNumberFound),
        ({"channel": Channel.MAIL, "at": NOW + timedelta(minutes=1)}, DayAhead),
        ({"at": NOW + FARTHEST + timedelta(minutes=1)}, TooFarAhead),
    ],
)
def test_what_cannot_stand_is_refused(link: Link, anna: User, fields: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        note(link, anna, **fields)
    assert not Conversation.objects.exists()


@pytest.mark.parametrize(
    "pledge", [NewPledge(ours=True, what=" ", due_on=TODAY), NewPledge(ours=False, what="Ringer", due_on=None)]
)
def test_a_promise_says_what_and_until_when_or_nothing_is_noted(link: Link, anna: User, pledge: NewPledge) -> None:
    with pytest.raises(PledgeUnclear):
        note(link, anna, pledge)
    assert not Conversation.objects.exists()


def test_people_of_ours_work_with_the_link(link: Link, anna: User, carl: User) -> None:
    with pytest.raises(NoContact):
        note(link, anna, our_people=[carl])


def test_somebody_who_has_left_stays_in_what_was_noted_of_her(link: Link, anna: User, vejle: Organisation) -> None:
    rie = people.member(vejle, Role.CASE_WORKER, name="Rie")
    entry = note(link, anna, our_people=[rie])
    rie.memberships.update(ended_on=TODAY)
    edit_conversation(conversation=entry, said=said(our_people=[rie], text="Nyt"), expected_version=1, by=anna, now=NOW)
    assert list(Conversation.objects.get().our_people.all()) == [rie]


def test_a_gain_that_nobody_knows_or_that_is_the_areas_is_left_out(link: Link, anna: User) -> None:
    assert note(link, anna, caught=["gold", "career_paths", "proud_staff"]).caught == ["proud_staff"]


def test_a_protected_company_that_called_is_noted_and_a_link_that_was_put_away_is_not(link: Link, anna: User) -> None:
    Unit.objects.update(protected=True)
    note(link, anna)
    Link.objects.update(archived_at=NOW)
    with pytest.raises(LinkPutAway):
        note(Link.objects.get(), anna)


def test_two_who_change_an_entry_at_once_do_not_lose_each_others_words(link: Link, anna: User) -> None:
    entry = note(link, anna)
    other = Conversation.objects.get(pk=entry.pk)
    edit_conversation(conversation=entry, said=said(text="Annas ord"), expected_version=1, by=anna, now=NOW)
    with pytest.raises(EditConflict):
        edit_conversation(conversation=other, said=said(text="Andre ord"), expected_version=1, by=anna, now=NOW)
    with pytest.raises(EditConflict):
        remove_conversation(conversation=other, expected_version=1, by=anna, now=NOW)
    assert Conversation.objects.get().text == "Annas ord"


def test_an_entry_is_taken_away_for_good_with_its_promises(link: Link, anna: User) -> None:
    entry = note(link, anna, PROMISE, our_people=[anna])
    for _click in range(2):
        remove_conversation(conversation=Conversation(pk=entry.pk), expected_version=1, by=anna, now=NOW)
    assert not Pledge.objects.exists()
    assert HistoryEntry.objects.filter(action="conversation_removed").count() == 1


def test_a_promise_comes_later_and_the_second_half_of_a_double_click_adds_none(link: Link, anna: User) -> None:
    entry = note(link, anna)
    add_pledge(conversation=entry, pledge=PROMISE, expected_version=1, by=anna, now=NOW)
    with pytest.raises(EditConflict):
        add_pledge(conversation=entry, pledge=PROMISE, expected_version=1, by=anna, now=NOW)
    assert Pledge.objects.count() == 1


def test_a_promise_is_done_and_open_again(link: Link, anna: User) -> None:
    promise = note(link, anna, PROMISE).pledges.get()
    for kept in (True, True, False):
        keep_pledge(pledge=promise, kept=kept, by=anna, now=NOW)
        assert (Pledge.objects.get().kept_at is not None) is kept
    actions = ["promise_kept", "promise_open_again"]
    assert HistoryEntry.objects.filter(action__in=actions).count() == 2


def test_the_area_sees_all_that_was_noted_the_broker_her_own_and_others_nothing(
    link: Link, anna: User, carl: User
) -> None:
    house = people.organisation("Erhvervshuset", kind="business_hub")
    broker = people.member(house, Role.BROKER, name="Dorte")
    come(link=link, user=broker, organisation=house, by=anna, now=NOW)
    smith = people.organisation("Havnens Smedje", kind="company")
    Organisation.objects.filter(pk=smith.pk).update(unit=company(link).unit, cvr="12345674")
    bo = people.member(smith, Role.COMPANY_CONTACT, name="Bo")
    promise = note(link, anna, PROMISE).pledges.get()
    seen = {
        one: Pledge.objects.visible_to(one, on=TODAY).filter(pk=promise.pk).exists() for one in (anna, broker, bo, carl)
    }
    assert seen == {anna: True, broker: False, bo: False, carl: False}
    hers = note(link, broker)
    assert Conversation.objects.visible_to(broker, on=TODAY).get() == hers
    assert Conversation.objects.visible_to(anna, on=TODAY).count() == 2


def test_names_and_words_are_forgotten_after_two_years_and_an_entry_of_nothing_is_changed_no_more(
    link: Link, anna: User
) -> None:
    entry = note(link, anna, PROMISE)
    assert forget_old_conversations(now=entry.at + KEPT_FOR) == 0
    late = entry.at + KEPT_FOR + timedelta(minutes=1)
    assert forget_old_conversations(now=late) == 1
    assert forget_old_conversations(now=late) == 0
    kept, promise = Conversation.objects.get(), Pledge.objects.get()
    assert (kept.their_people, kept.text, promise.who, promise.what) == ("", "", "", "")
    with pytest.raises(EditConflict):
        edit_conversation(conversation=kept, said=said(), expected_version=1, by=anna, now=late)


def test_the_history_tells_of_no_name_and_no_word(link: Link, anna: User) -> None:
    entry = note(link, anna, PROMISE)
    edit_conversation(conversation=entry, said=said(text="Andet"), expected_version=1, by=anna, now=NOW)
    assert {str(one.changes) for one in HistoryEntry.objects.of(entry)} == {"{}"}

"""Two people, or one with a nervous finger, at one link at the same moment: one link, one step, nobody's word lost."""

import threading
from collections.abc import Callable, Sequence
from queue import Queue
from uuid import uuid4

import pytest
from django.db import connection

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.common.models import EditConflict
from medspil.linking.asking import answer_yes, ask
from medspil.linking.brokers import come, plan_leaving
from medspil.linking.gate import ResourceGone
from medspil.linking.link_states import StepNotAllowed
from medspil.linking.links import edit_link
from medspil.linking.models import Answer, Brokerage, Link, LinkNote, LinkState, Refusal
from medspil.linking.notes import write_note
from medspil.linking.refusals import refuse, undo
from medspil.mapping.models import HowEnded, Resource
from medspil.mapping.withdrawal import withdraw_consent
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from tests.conftest import NOW
from tests.factories import companies, links, people, rankings, resources

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = NOW.date()
CLICKS = 5


def all_at_once(acts: Sequence[Callable[[], object]]) -> list[object]:
    """Do things in threads that start together; return what each gave or raised."""
    start, told = threading.Barrier(len(acts)), Queue[object]()

    def do(act: Callable[[], object]) -> None:
        start.wait()
        try:
            told.put(act())
        except EditConflict as conflict:
            told.put(conflict)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [told.get_nowait() for _act in acts]


def conflicts(told: list[object]) -> int:
    """Return how many were told of a conflict; nothing else may have gone wrong."""
    return len([one for one in told if isinstance(one, EditConflict)])


def home() -> tuple[Organisation, User, Need]:
    municipality = people.organisation("Vejle Kommune")
    return municipality, people.member(municipality, Role.COORDINATOR), rankings.photo_need(municipality)


def a_link() -> tuple[Link, User]:
    _home, anna, need = home()
    return links.link(need, companies.unit(), by=anna), anna


def test_the_same_link_made_at_once_is_one() -> None:
    _home, anna, need = home()
    unit = companies.unit()
    told = all_at_once([lambda: links.link(need, unit, by=anna) for _click in range(CLICKS)])
    assert len(told) == CLICKS
    assert all(isinstance(one, Link) for one in told)
    assert Link.objects.count() == 1


def test_the_same_asking_at_once_is_one_approach() -> None:
    link, anna = a_link()
    side = link.parties.get(unit__isnull=False)

    def act() -> Link:
        return ask(link=Link.objects.get(), party=side, on=TODAY, expected_version=1, by=anna, now=NOW)

    assert conflicts(all_at_once([act] * CLICKS)) == 0
    assert link.steps.filter(what="asked").count() == 1
    assert Link.objects.get().version == 2


def test_of_two_who_change_the_sentence_one_is_told() -> None:
    link, anna = a_link()
    bo = people.member(link.area.owner, Role.CASE_WORKER, name="Bo")

    def says(sentence: str, by: User) -> Callable[[], Link]:
        return lambda: edit_link(link=link, expected_version=1, by=by, now=NOW, sentence=sentence)

    assert conflicts(all_at_once([says("Det ene", anna), says("Det andet", bo)])) == 1


def test_yes_and_no_at_once_leave_the_first_and_tell_the_other() -> None:
    link, anna = a_link()
    side = link.parties.get(unit__isnull=False)

    def yes() -> object:
        try:
            return answer_yes(link=Link.objects.get(), party=side, on=TODAY, expected_version=1, by=anna, now=NOW)
        except StepNotAllowed as too_late:  # the no was through before she looked
            return too_late

    def no() -> object:
        return refuse(
            link=Link.objects.get(), party=side, reason="never", on=TODAY, expected_version=1, by=anna, now=NOW
        )

    told = all_at_once([yes, no])
    assert len([one for one in told if isinstance(one, (EditConflict, StepNotAllowed))]) == 1
    side.refresh_from_db()
    stands = (side.answer, Link.objects.get().state, Refusal.objects.count())
    assert stands in {(Answer.YES, LinkState.INTERESTED, 0), (Answer.NO, LinkState.TURNED_DOWN, 1)}


def test_the_same_no_at_once_is_one_and_is_taken_back_once() -> None:
    link, anna = a_link()
    side = link.parties.get(unit__isnull=False)

    def no() -> object:
        return refuse(
            link=Link.objects.get(), party=side, reason="never", on=TODAY, expected_version=1, by=anna, now=NOW
        )

    assert conflicts(all_at_once([no] * CLICKS)) == 0
    said = Refusal.objects.get()
    all_at_once([lambda: undo(refusal=Refusal.objects.get(), by=anna, now=NOW)] * CLICKS)
    said.refresh_from_db()
    assert (said.undone_at, said.version) == (NOW, 2)
    assert link.steps.filter(what="no_undone").count() == 1
    assert Link.objects.get().state == LinkState.IDEA


def test_a_broker_who_comes_and_plans_at_once_is_there_once_with_one_plan() -> None:
    link, anna = a_link()
    network = people.organisation("Netværket", "business_network")
    bea, cille, dan = (people.member(network, Role.BROKER, name=name) for name in ("Bea", "Cille", "Dan"))
    all_at_once([lambda: come(link=link, user=bea, organisation=network, by=anna, now=NOW)] * CLICKS)
    brokerage = Brokerage.objects.get()

    def plan(to: User) -> Callable[[], Brokerage]:
        return lambda: plan_leaving(
            brokerage=Brokerage.objects.get(pk=brokerage.pk),
            leaves_on=TODAY,
            to=to,
            expected_version=1,
            by=bea,
            now=NOW,
        )

    assert conflicts(all_at_once([plan(cille), plan(dan)])) == 1
    assert Brokerage.objects.current(TODAY).count() == 2


def test_the_same_note_sent_at_once_is_one() -> None:
    link, anna = a_link()
    key = uuid4()
    all_at_once(
        [
            lambda: write_note(
                link=link, organisation=link.area.owner, text="Ring igen", creation_key=key, by=anna, now=NOW
            )
        ]
        * CLICKS
    )
    assert LinkNote.objects.count() == 1


def test_nothing_in_words_is_left_of_a_person_who_withdraws_while_somebody_links_her() -> None:
    _home, anna, need = home()
    fatima = resources.person(need.area, anna)
    seen = Resource.objects.get(pk=fatima.pk)

    def make() -> object:
        try:
            return links.link(need, seen, by=anna, sentence="Fatima strikker med pigerne.")
        except ResourceGone as gone:
            return gone

    all_at_once([make, lambda: withdraw_consent(resource=fatima, how=HowEnded.SAID, by=anna, now=NOW)])
    assert "Fatima" not in "".join(Link.objects.values_list("sentence", flat=True))
    assert isinstance(make(), ResourceGone)  # who still has her page open is told

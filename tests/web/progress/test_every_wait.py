"""Everything that can wait for a person leads to the page on which it is ended: gone through kind by kind."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.timezone import localtime
from pytest_django.plugin import DjangoDbBlocker

from medspil.accounts.models import User
from medspil.linking.asking import answer_yes, ask
from medspil.linking.forgotten_people import delete_sentence
from medspil.linking.links import create_link
from medspil.linking.models import Candidate, Decision, Link, Origin
from medspil.linking.parties import Party
from medspil.notices.came_back import known_by
from medspil.notices.models import CameBack
from medspil.offers.services import withdraw_offer
from medspil.organisations.roles import Role
from medspil.partnerships import questions
from medspil.partnerships.conversations import NewPledge, Said, note_conversation
from medspil.partnerships.models import Channel, Part, Partnership
from medspil.partnerships.permissions import rights_in
from medspil.progress.advice import Sign
from medspil.progress.quiet import Quiet, silences
from medspil.progress.referrals import refer
from medspil.progress.waiting import Wait, waiting_for
from medspil.pulses.models import News, PulseAnswer, PulseRound
from medspil.walks.attending import add_ours
from medspil.web.partnerships.cards import Look
from medspil.web.progress.places import WAYS
from tests.factories import companies, links, offering, people, rankings, walks
from tests.factories.agreements import in_force, proposed
from tests.factories.alignment import of_area, of_company
from tests.factories.boards import board, seated
from tests.factories.once import made_once
from tests.factories.partnerships import partnership
from tests.factories.people import NOW
from tests.factories.pitches import company
from tests.factories.sides import named

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
Page = tuple[str, tuple[int, ...]]
DAY = timedelta(days=1)
LATER = NOW + 65 * DAY
TODAY = NOW.date()
ENDED_BY: dict[Wait | Quiet, str] = {
    Wait.HANDED_ON: "progress:take_on",
    Wait.ASKED: "linking:link_yes",
    Wait.CONFIRM: "agreements:confirm",
    Wait.QUESTION: "partnerships:question",
    Wait.UNANSWERED: "partnerships:side_call",
    Wait.UNREACHED: "partnerships:person_new",
    Wait.OWN_WORDS: "alignment:fill",
    Wait.OFFER_OVER: "partnerships:pitch",
    Wait.SENTENCE: "linking:link_edit",
    Wait.NEXT_STEP: "linking:change",
    Wait.WALK: "walks:edit",
    Wait.LOOK_AGAIN: "agreements:begin",
    Wait.SEATS: "boards:seat",
    Wait.TERM: "boards:again",
    Quiet.GOES_BADLY: "partnerships:side_call",
    Quiet.MEETING_NOT_NOTED: "partnerships:conversation",
    Quiet.OUR_PROMISE: "partnerships:promise_kept",
    Quiet.THEIR_PROMISE: "partnerships:promise_kept",
    Quiet.WE_OWE_A_WORD: "linking:link_ask",
    Quiet.NO_ANSWER: "partnerships:conversation_new",
    Quiet.PARTNERSHIP_QUIET: "pulses:tell",
}
"""By kind, the page or form that ends it: it stands on the page that the button leads to, or is that page."""


class World:
    """Anna's municipality with one of everything that can wait for her."""

    def __init__(self) -> None:
        self.home = people.organisation("Vejle Kommune")
        self.anna = people.member(self.home, Role.COORDINATOR, name="Anna")
        self.need = rankings.photo_need(self.home)
        self.links_that_wait()
        self.partnerships_that_wait()
        self.bad = self.going_badly()

    def link(self) -> Link:
        return links.link(self.need, companies.unit(), by=self.anna)

    def together(self) -> Partnership:
        return partnership(self.need, companies.unit(), by=self.anna)

    def links_that_wait(self) -> None:
        said: dict[str, Any] = {"on": TODAY, "expected_version": 1, "by": self.anna, "now": NOW}
        ask(link=(silent := self.link()), party=company(silent), **said)
        answer_yes(link=(owed := links.link(self.need, companies.unit(), companies.unit(), by=self.anna)),
                   party=owed.parties.filter(unit__isnull=False)[0], **said)  # fmt: skip
        ask(link=(ours := self.link()), party=ours.parties.get(organisation=self.home), **said)
        dora = people.member(self.home, Role.CASE_WORKER, "Dora")
        handed = links.link(self.need, companies.unit(), by=dora)
        refer(link=handed, to=self.anna, text="", creation_key=uuid4(), by=dora, address="https://x.example/", now=NOW)
        offer = offering.offer(offering.company())
        create_link(
            area=self.need.area, need=self.need, offers=[offer], sentence="Et studie", origin=Origin.OFFER,
            parties=[Party(organisation=self.home), Party(organisation=offer.organisation)], creation_key=uuid4(),
            by=self.anna, now=NOW,
        )  # fmt: skip
        delete_sentence(self.link().pk, NOW)
        withdraw_offer(offer=offer, reason="Solgt", by=None, now=NOW)
        promises = [NewPledge(ours=ours, what="Sender en liste", due_on=TODAY) for ours in (True, False)]
        note_conversation(
            link=silent, party=company(silent), said=Said(channel=Channel.MEETING, at=NOW + DAY), pledges=promises,
            creation_key=uuid4(), by=self.anna, now=NOW,
        )  # fmt: skip
        Candidate.objects.create(
            need=self.need, unit=companies.unit(), decision=Decision.KEPT, owner=self.anna, next_step="Ring op",
            next_step_on=TODAY, created_at=NOW, updated_at=NOW,
        )  # fmt: skip

    def partnerships_that_wait(self) -> None:
        quiet = self.together()
        lost = named(of_company(quiet), "Grete Havn", by=self.anna)
        CameBack.objects.create(known_by=known_by(lost.email), organisation=self.home.pk, since=NOW)
        proposed(self.together(), by=self.anna)
        in_force(self.together(), by=self.anna, now=NOW - 130 * DAY)
        walk = walks.walk(self.together().link, by=self.anna, starts_at=LATER + DAY)
        add_ours(walk=walk, person=self.anna, by=self.anna, now=NOW)
        of = board(self.together(), by=self.anna)
        seated(of.constituencies.get(most=4), by=self.anna, term_ends_on=TODAY + 90 * DAY)

    def going_badly(self) -> Partnership:
        made = self.together()
        sides = (of_area(made), of_company(made))
        for side in sides:
            named(side, by=self.anna)
        for asked, asker in (sides, reversed(sides)):
            questions.ask(
                partnership=made, asked_of=asked, put_by=asker, text="Hvornår?", creation_key=uuid4(), by=self.anna,
                now=NOW, address=lambda token: f"https://x.example/{token}",
            )  # fmt: skip
        for number, step in enumerate((5, 2)):
            begun = TODAY + number * 30 * DAY
            each = PulseRound.objects.create(partnership=made, begun_on=begun, ends_on=begun + 13 * DAY)
            PulseAnswer.objects.create(
                round=each, partner=sides[1], step=step, words="To uger blev flyttet.", answered_on=begun,
                created_at=NOW, updated_at=NOW,
            )  # fmt: skip
        return made


@pytest.fixture(scope="module")
def shared(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any) -> Iterator[World]:
    """Make the world once for this file."""
    folder: Path = tmp_path_factory.mktemp("waits")
    with time_machine.travel(NOW, tick=False), made_once(django_db_blocker, folder):
        yield World()


@pytest.fixture
def world(shared: World, db: None) -> Iterator[World]:
    """Return the world, two months later, for its pages too."""
    with time_machine.travel(LATER):
        yield shared


def pages_of(user: User) -> dict[Wait | Quiet, Page]:
    """Return by kind the page to which one of what waits for a person leads; silences by what is waited for."""
    found = waiting_for(user, now=LATER)
    every = silences(Link.objects.worked_on_by(user, on=LATER.date()).for_page(), user=user, now=LATER)
    assert {one.ended_at for one in every} == {(one.page, one.keys) for one in found if one.wait == Wait.SILENCE}
    told: dict[Wait | Quiet, Page] = {one.wait: (one.page, one.keys) for one in found if one.wait != Wait.SILENCE}
    return told | {one.what: one.ended_at for one in every}


def leads_to(client: Client, page: str, keys: tuple[int, ...]) -> set[str]:
    """Return the names of the pages and forms to which a page leads, and its own where it has a form."""
    html = client.get(reverse(page, args=list(keys)), headers=ENGLISH).content.decode().partition("<main")[2]
    names = {page} if 'method="post"' in html else set()
    for path in re.findall(r'(?:href|action)="(/[^"#?]*)', html):
        try:
            names.add(resolve(path).view_name)
        except Resolver404:
            continue
    return names


def test_every_kind_leads_to_the_page_on_which_it_is_ended(world: World) -> None:
    told = pages_of(world.anna)
    assert set(ENDED_BY) == set(told) == {*Wait, *Quiet} - {Wait.SILENCE}
    client = people.signed_in(world.anna)
    lost = {kind: told[kind][0] for kind, ended_by in ENDED_BY.items() if ended_by not in leads_to(client, *told[kind])}
    assert lost == {}


def test_whom_to_call_is_told_with_what_they_said_and_the_call_ends_the_wait(world: World) -> None:
    client = people.signed_in(world.anna)
    page = reverse("partnerships:side_call", args=[world.bad.pk, of_company(world.bad).pk])
    html = client.get(page, headers=ENGLISH).content.decode()
    for told in ("Per Smed", "per@firma.example", "To uger blev flyttet.", "Hvornår?"):
        assert told in html, told
    at = localtime(LATER)
    fields = {"channel": "call", "day": f"{at:%Y-%m-%d}", "time": f"{at:%H:%M}", "creation_key": str(uuid4())}
    assert client.post(page, fields, headers=ENGLISH).status_code == 422
    assert Quiet.GOES_BADLY in pages_of(world.anna)
    assert client.post(page, fields | {"text": "Vi flytter det tilbage."}, headers=ENGLISH).status_code == 302
    assert Quiet.GOES_BADLY not in pages_of(world.anna)
    assert "Vi flytter det tilbage." in client.get(page, headers=ENGLISH).content.decode()


def test_those_who_asked_are_told_who_has_a_question_that_is_late_and_what_comes_next(world: World) -> None:
    with translation.override("en"):
        (one,) = [one for one in waiting_for(world.anna, now=LATER) if one.wait == Wait.UNANSWERED]
    assert "has not answered; the answer is 60 days late. It is with Per Smed (contact person) since" in one.why
    assert one.late
    client = people.signed_in(world.anna)
    page = reverse(one.page, args=list(one.keys))
    assert "Nobody else is named whom it could go to" in client.get(page, headers=ENGLISH).content.decode()
    named(of_company(world.bad), "", Part.CHIEF, by=world.anna, function="direktør", email="dir@firma.example")
    html = client.get(page, headers=ENGLISH).content.decode()
    assert re.search(r"If no answer comes, it goes by itself to direktør \(.*\) on 26 January 2027", html)


def test_news_ends_the_quiet_and_a_word_with_the_giver_that_an_offer_is_over(world: World) -> None:
    link = Link.objects.get(offers__isnull=False)
    said = Said(channel=Channel.CALL, at=LATER - DAY, text="De kan finde et andet lokale.")
    side = link.parties.exclude(organisation=world.home).get()
    note_conversation(link=link, party=side, said=said, creation_key=uuid4(), by=world.anna, now=LATER)
    for made in Partnership.objects.all():
        News.objects.create(partnership=made, text="Kameraerne er kommet.", created_at=LATER, updated_at=LATER)
    assert not {Wait.OFFER_OVER, Quiet.PARTNERSHIP_QUIET} & pages_of(world.anna).keys()


def test_no_next_step_leads_to_the_page_one_is_on(world: World) -> None:
    client, here = people.signed_in(world.anna), reverse("partnerships:detail", args=[world.bad.pk])
    made = Partnership.objects.for_page().get(pk=world.bad.pk)
    look = Look(partnership=made, rights=rights_in(world.anna, made), user=world.anna, today=LATER.date())
    ways = {sign: way(look).partition("#")[0] for sign, way in WAYS.items()}
    assert set(ways) == set(Sign)
    assert here not in ways.values()
    assert {client.get(path).status_code for path in set(ways.values())} == {200}
    contact = of_company(world.bad).people.get()
    assert ways[Sign.MAY_DECIDE] == reverse("partnerships:decides", args=[made.pk, of_area(made).pk, contact.pk - 1])
    assert ways[Sign.ANSWERS_IN_TIME] == reverse("partnerships:question", args=[made.questions.earliest("pk").pk])


def test_what_a_contact_person_may_decide_is_written_later_too(world: World) -> None:
    client, side = people.signed_in(world.anna), of_company(world.bad)
    contact = side.people.get()
    page = reverse("partnerships:decides", args=[world.bad.pk, side.pk, contact.pk])
    nothing = client.post(page, {"version": "1"}, headers=ENGLISH)
    assert "Write an amount, a subject, or both." in nothing.content.decode()
    said = {"version": "1", "may_decide_kroner": "5000", "may_decide_topics": "besøg"}
    assert [client.post(page, said, headers=ENGLISH).status_code for _window in range(2)] == [302, 409]
    contact.refresh_from_db()
    assert (contact.may_decide_kroner, contact.may_decide_topics) == (5000, "besøg")

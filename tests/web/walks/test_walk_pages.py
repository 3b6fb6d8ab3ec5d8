"""A walk on pages: planned, its stops picked, ordered, printed and invited to; noted stop by stop; held or skipped."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.brokers import come
from medspil.linking.models import Link, LinkState
from medspil.mapping.models import Scope
from medspil.notices.models import Message
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.partnerships.models import Partnership
from medspil.walks.attending import add_ours
from medspil.walks.models import Skipping, StopNote, Walk, WalkState
from medspil.walks.noting import LONGEST_TEXT
from medspil.walks.stops import StopFacts, change_stop, pick_stops
from medspil.web.walks.papers import data_of
from tests.factories import companies, links, people, places, resources, walks
from tests.factories.partnerships import partnership
from tests.factories.people import NOW
from tests.factories.pitches import company

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
KEY = "4d9a2c1e-7b1f-4c55-9d3e-0a1b2c3d4e5f"


@pytest.fixture
def smithy() -> Organisation:
    """Return a company that uses Medspil."""
    return people.organisation("Smedjen", "company")


@pytest.fixture
def per(smithy: Organisation) -> User:
    """Return Per, who speaks for the smithy."""
    return people.member(smithy, Role.COMPANY_CONTACT, name="Per")


@pytest.fixture
def going(need: Need, anna: User, smithy: Organisation) -> Partnership:
    """Return a partnership with the smithy."""
    return partnership(need, smithy, by=anna)


@pytest.fixture
def walk(going: Partnership, anna: User) -> Walk:
    """Return a walk past a challenge and a place."""
    made = walks.walk(going.link, by=anna)
    pick_stops(walk=made, challenges=[places.challenge(going.link.area)], by=anna, now=NOW)
    walks.stop(made, "Værkstedet", 200, 0, by=anna, shower="Ida fra beboerhuset")
    return made


def page(client: Client, name: str, *args: int, status: int = 200) -> str:
    response = client.get(reverse(f"walks:{name}", args=args), headers=ENGLISH)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def send(client: Client, what: str, pk: int, status: int = 302, /, **data: Any) -> str:
    response = client.post(reverse(f"walks:{what}", args=[pk]), data, headers=ENGLISH)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def test_a_walk_is_planned_for_a_link_and_its_stops_are_picked(as_anna: Client, anna: User, need: Need) -> None:
    link = links.link(need, companies.unit(cvr="12345674"), by=anna)
    club = links.resource(need, x=walks.MIDDLE[0], y=walks.MIDDLE[1] + 200)
    when = {"day": "2047-03-31", "time": "02:30", "meeting": "fotoklubben", "creation_key": KEY}
    assert "the clocks are put forward" in send(as_anna, "new", link.pk, 422, **when)
    assert "Is the year right?" in send(as_anna, "new", link.pk, 422, **when | {"day": "2020-01-01", "time": "14:00"})
    for _click in range(2):
        send(as_anna, "new", link.pk, **when | {"time": "14:00"})
    walk = Walk.objects.get()
    assert walk.point == (club.x, club.y)
    assert (walk.starts_at.hour, timezone.localtime(walk.starts_at).hour) == (12, 14)
    challenge = places.challenge(need.area)
    assert "Fotoklubben" in page(as_anna, "pick", walk.pk)
    send(as_anna, "pick", walk.pk, resources=[club.pk], challenges=[challenge.pk])
    html = page(as_anna, "walk", walk.pk)
    assert html.index("Fotoklubben</a>") < html.index(challenge.title)
    assert "1 stop has no place yet." in html
    assert "20 minutes" in html
    assert "The way is the straight line and 30 % more; on foot at 4 km an hour." in html


def test_stops_are_moved_changed_taken_out_and_put_back(as_anna: Client, walk: Walk) -> None:
    first, second = walk.stops.standing()
    assert first.title == "Værkstedet"
    send(as_anna, "down", first.pk)
    assert [one.pk for one in walk.stops.standing()] == [second.pk, first.pk]
    facts = {"title": "Smedjen", "place": "", "minutes": 15, "shower": "Bo", "shows": "Esse", "version": first.version}
    send(as_anna, "stop", first.pk, **facts)
    assert "Somebody else saved this" in send(as_anna, "stop", first.pk, 409, **facts | {"title": "Noget andet"})
    send(as_anna, "out", first.pk)
    assert "Put back" in page(as_anna, "walk", walk.pk)
    send(as_anna, "back", first.pk)
    send(as_anna, "order", walk.pk)
    assert not Walk.objects.get().by_hand
    assert "Smedjen" in page(as_anna, "walk", walk.pk)


def test_an_offer_is_saved_once_and_becomes_a_link(as_anna: Client, walk: Walk) -> None:
    stop = walk.stops.get(challenge__isnull=False)
    side = walk.link.parties.exclude(organisation=walk.link.area.owner).get()
    offer = {
        "side": side.pk, "text": "De låner os esse og smed.", "kind": "premises", "amount": "en dag om måneden",
        "creation_key": KEY,
    }  # fmt: skip
    too_long = send(as_anna, "at_stop", stop.pk, 422, **offer | {"text": "x" * (LONGEST_TEXT + 1)})
    assert "Use at most 5,000 characters." in too_long
    for _bad_net in range(2):
        send(as_anna, "at_stop", stop.pk, **offer)
    noted = StopNote.objects.get()
    assert noted.made
    assert noted.made.state == LinkState.IDEA
    html = page(as_anna, "at_stop", stop.pk)
    assert f'data-noted="{KEY}"' in html
    assert "en dag om måneden" in html
    assert (
        "It was offered on a walk"
        in as_anna.get(reverse("linking:link", args=[noted.made.pk]), headers=ENGLISH).content.decode()
    )
    assert "1 note" in page(as_anna, "way", walk.pk)
    send(as_anna, "note", noted.pk, text="Kun esse.", kind="premises", amount="", version=noted.version)
    send(as_anna, "note_remove", noted.pk, version=noted.version + 1)
    assert not StopNote.objects.exists()
    assert "the link that it made is put away" in page(as_anna, "at_stop", stop.pk)
    assert not Link.objects.current().filter(pk=noted.made.pk).exists()


def test_who_comes_is_noted_invited_and_told(as_anna: Client, anna: User, per: User, walk: Walk) -> None:
    side = walk.link.parties.exclude(organisation=walk.link.area.owner).get()
    assert per.email in page(as_anna, "people", walk.pk)
    send(as_anna, "people", walk.pk, side=side.pk, name="Per", email=per.email, creation_key=KEY)
    bad = {"side": side.pk, "name": "Ulla", "email": "ulla@smedjen.example", "creation_key": KEY}
    assert "Say where you have the address from" in send(as_anna, "people", walk.pk, 422, **bad)
    send(as_anna, "ours", walk.pk, people=[anna.pk])
    assert "Send 2 invitations" in page(as_anna, "walk", walk.pk)
    for _click in range(2):
        send(as_anna, "invite", walk.pk)
    assert Message.objects.count() == 2
    edit = {"day": "2046-12-01", "time": "14:00", "meeting": walk.meeting_place, "version": walk.version}
    send(as_anna, "edit", walk.pk, **edit)
    moved = Walk.objects.get()
    assert (moved.point, moved.sequence, Message.objects.count()) == (walk.point, 1, 4)
    send(as_anna, "cancel", walk.pk, 409, version=1, why="")
    send(as_anna, "cancel", walk.pk, version=moved.version, why="Sne")
    send(as_anna, "plan_again", walk.pk, version=moved.version + 1)
    assert Message.objects.count() == 8


def test_who_was_invited_answers_by_a_one_time_link_once(
    as_anna: Client, anna: User, client: Client, walk: Walk
) -> None:
    side = walk.link.parties.exclude(organisation=walk.link.area.owner).get()
    ulla = walks.per(walk, side, by=anna, name="Ulla")
    fatima = resources.person(walk.link.area, anna)
    pick_stops(walk=walk, resources=[fatima], by=anna, now=NOW)
    send(as_anna, "invite", walk.pk)
    link = next(word for word in Message.objects.get().text.split() if "/svar/gaatur/" in word)
    html = client.get(link, headers=ENGLISH).content.decode()
    assert "Værkstedet" in html
    assert "Fatima" not in html
    assert client.post(link, {"comes": "maybe"}).status_code == 422
    assert client.post(link, {"comes": "no"}).status_code == 200
    assert client.post(link, {"comes": "yes"}).status_code == 410
    ulla.refresh_from_db()
    assert ulla.answer == "no"
    assert "cannot come" in page(as_anna, "walk", walk.pk)
    edit = {"day": "2046-12-01", "time": "14:00", "meeting": walk.meeting_place, "version": walk.version}
    send(as_anna, "edit", walk.pk, **edit)
    ulla.refresh_from_db()
    assert ulla.answer == ""
    anew = next(word for word in Message.objects.latest("pk").text.split() if "/svar/gaatur/" in word)
    send(as_anna, "cancel", walk.pk, version=walk.version + 1, why="")
    assert client.post(anew, {"comes": "yes"}, headers=ENGLISH).status_code == 409
    assert client.get(f"{link[:-5]}/").status_code == 404


def test_the_company_sees_the_walk_but_no_notes_and_a_broker_when_it_is(
    anna: User, per: User, carl: User, walk: Walk
) -> None:
    stop = walk.stops.get(title="Værkstedet")
    StopNote.objects.create(stop=stop, text="HEMMELIGT", by=anna, created_at=NOW, updated_at=NOW)
    bureau = people.organisation("Byen", "company")
    bo = people.member(bureau, Role.BROKER, name="Bo")
    come(link=walk.link, user=bo, organisation=bureau, by=anna, now=NOW)
    theirs = page(people.signed_in(per), "walk", walk.pk)
    assert "Værkstedet" in theirs
    assert "HEMMELIGT" not in theirs
    assert "We have walked" not in theirs
    page(people.signed_in(per), "way", walk.pk, status=403)
    page(people.signed_in(per), "at_stop", stop.pk, status=403)
    broker = page(people.signed_in(bo), "walk", walk.pk)
    assert "29 November 2026" in broker
    assert "Værkstedet" not in broker
    page(people.signed_in(bo), "sheet", walk.pk, status=403)
    page(people.signed_in(carl), "walk", walk.pk, status=404)


def test_a_person_is_named_on_page_and_paper_by_her_own_consent_alone(
    as_anna: Client, anna: User, per: User, walk: Walk
) -> None:
    fatima = resources.person(walk.link.area, anna, consent=resources.consent(Scope.ON_MAP))
    pick_stops(walk=walk, resources=[fatima], by=anna, now=NOW)
    stop = walk.stops.get(resource=fatima)
    change_stop(stop=stop, facts=StopFacts(shower="Fatima selv"), expected_version=1, by=anna, now=NOW)
    assert "Fatima" in page(as_anna, "walk", walk.pk)
    assert "Fatima" not in page(people.signed_in(per), "walk", walk.pk)
    response = as_anna.get(reverse("walks:walk", args=[walk.pk]))
    assert "Fatima" not in str(data_of(walk, anna, response.context["rights"]))


def test_the_sheet_is_a_paper_that_can_be_read_aloud_whatever_is_written(
    as_anna: Client, anna: User, walk: Walk
) -> None:
    walks.stop(walk, 'Navn med #panic(1) og "citat"', 0, 150, by=anna, shows="#panic(2)")
    response = as_anna.get(reverse("walks:sheet", args=[walk.pk]))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert b"pdfuaid" in response.content


def test_the_file_for_a_calendar_carries_the_moment(as_anna: Client, anna: User, walk: Walk) -> None:
    add_ours(walk=walk, person=anna, by=anna, now=NOW)
    response = as_anna.get(reverse("walks:invitation", args=[walk.pk]))
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert event.decoded("dtstart") == walk.starts_at
    assert event.decoded("dtend") - event.decoded("dtstart") >= timedelta(minutes=26)
    assert "attendee" not in event


def test_a_partnership_walks_or_says_why_not(as_anna: Client, walk: Walk, going: Partnership) -> None:
    said = {"reason": "other", "words": "", "creation_key": KEY}
    assert "Say why there is no walk" in send(as_anna, "skip", going.pk, 422, **said)
    send(as_anna, "skip", going.pk, **said | {"words": "De bor her"})
    assert "De bor her" in page(as_anna, "of_partnership", going.pk)
    send(as_anna, "unskip", going.pk)
    assert not Skipping.objects.standing().exists()
    now = timezone.now()  # the pages ask the clock themselves
    Walk.objects.filter(pk=walk.pk).update(starts_at=now + timedelta(days=1))
    assert "The day has not come yet." in send(as_anna, "hold", walk.pk, 409, version=walk.version)
    Walk.objects.filter(pk=walk.pk).update(starts_at=now - timedelta(hours=2))
    send(as_anna, "hold", walk.pk, version=walk.version)
    assert Walk.objects.get().state == WalkState.HELD
    assert as_anna.get(reverse("walks:of_link", args=[going.link_id])).status_code == 302


def test_a_company_of_the_register_is_a_side_that_can_offer(as_anna: Client, anna: User, need: Need) -> None:
    link = links.link(need, companies.unit(cvr="12345674"), by=anna)
    walk = walks.walk(link, by=anna)
    stop = walks.stop(walk, "Torvet", 0, 100, by=anna)
    offer = {"side": company(link).pk, "text": "Et rum.", "kind": "premises", "amount": "", "creation_key": KEY}
    send(as_anna, "at_stop", stop.pk, **offer)
    assert StopNote.objects.get().made == link


def test_a_company_that_nobody_may_approach_says_so_on_page_and_paper(
    as_anna: Client, anna: User, need: Need, walk: Walk
) -> None:
    unit = companies.unit(protected=True)
    shop = links.resource(need, "Smedjen på torvet", "company", unit=unit)
    pick_stops(walk=walk, resources=[shop], by=anna, now=NOW)
    answer = as_anna.get(reverse("walks:walk", args=[walk.pk]), headers=ENGLISH)
    assert "protected from advertising" in answer.content.decode()
    with translation.override("en"):
        assert "protected from advertising" in str(data_of(walk, anna, answer.context["rights"]))

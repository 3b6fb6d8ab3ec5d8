"""Those who come are invited once and hear of every change under one number; protected companies are not written to."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from uuid import uuid4

import pytest
from django.core import mail
from icalendar import Calendar
from pytest_django.fixtures import Settings

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.mapping.models import HowEnded
from medspil.mapping.withdrawal import withdraw_consent
from medspil.notices.letters import letter_of
from medspil.notices.models import Message, MessageState
from medspil.notices.outbox import send_due
from medspil.organisations.forgetting import forget_person
from medspil.partnerships.forgetting import KEPT_FOR
from medspil.partnerships.pitching import NoContact
from medspil.partnerships.recipients import SourceMissing
from medspil.register.models import Unit
from medspil.walks.attending import NobodyNamed, add_ours, take_off
from medspil.walks.forgetting import forget_attendees_at, forget_old_walks
from medspil.walks.inviting import NotOn, invite
from medspil.walks.models import Attendee, StopNote, Walk
from medspil.walks.noting import note
from medspil.walks.planning import cancel_walk, change_walk, plan_again
from medspil.walks.stops import pick_stops
from tests.factories import companies, links, resources, walks
from tests.factories.people import NOW
from tests.factories.pitches import company

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk(need: Need, anna: User) -> Walk:
    """Return a walk to which Anna and Per of a company come."""
    made = walks.walk(links.link(need, companies.unit(cvr="12345674"), by=anna), by=anna)
    add_ours(walk=made, person=anna, by=anna, now=NOW)
    walks.per(made, company(made.link), by=anna)
    return made


def files() -> list[tuple[str, str, str, int]]:
    """Return of each mail with a calendar to whom it is, and what it tells a calendar."""
    found = []
    for one in Message.objects.exclude(calendar="").order_by("pk"):
        calendar = Calendar.from_ical(one.calendar)
        (event,) = calendar.walk("VEVENT")
        found.append(
            (
                one.to_email.partition("-")[0],
                str(calendar["method"]),
                str(event["uid"]),
                int(event.decoded("sequence")),
            )
        )
    return found


def test_each_is_invited_once_and_told_of_every_change_under_the_same_number(walk: Walk, anna: User) -> None:
    assert [invite(walk=walk, by=anna, now=NOW).written for _click in range(2)] == [2, 0]
    change_walk(
        walk=walk, starts_at=walk.starts_at + timedelta(days=1), meeting=walks.at(0, 0, "Torvet 1"),
        expected_version=1, by=anna, now=NOW,
    )  # fmt: skip
    cancel_walk(walk=walk, why="sne", expected_version=2, by=anna, now=NOW)
    with pytest.raises(NotOn):
        invite(walk=walk, by=anna, now=NOW)
    plan_again(walk=walk, expected_version=3, by=anna, now=NOW)
    told = files()
    per = [one[1:] for one in told if one[0] == walks.ADDRESS]
    assert len(told) == 8
    assert len({uid for _method, uid, _sequence in per}) == 1
    assert [(method, sequence) for method, _uid, sequence in per] == [
        ("REQUEST", 0), ("REQUEST", 1), ("CANCEL", 2), ("REQUEST", 3),
    ]  # fmt: skip
    assert "sne" not in "".join(Message.objects.values_list("text", flat=True))


def test_only_the_newest_mail_goes_out_and_its_file_names_nobody_else(walk: Walk, anna: User) -> None:
    invite(walk=walk, by=anna, now=NOW)
    moved = walk.starts_at + timedelta(hours=1)
    change_walk(walk=walk, starts_at=moved, meeting=walks.at(0, 0, "Torvet 1"), expected_version=1, by=anna, now=NOW)
    letters: list[EmailMessage] = []

    def keep(letter: EmailMessage, before_the_dot: Callable[[], None]) -> None:
        before_the_dot()
        letters.append(letter)

    send_due(clock=lambda: NOW, transport=keep)
    assert len(letters) == 2
    assert Message.objects.filter(state=MessageState.STOPPED).count() == 2
    assert not Message.objects.exclude(calendar="").exists()
    (per,) = [letter for letter in letters if walks.ADDRESS in str(letter["To"])]
    (part,) = [part for part in per.walk() if part.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "REQUEST"
    (event,) = Calendar.from_ical(part.get_content()).walk("VEVENT")
    assert event.decoded("dtstart") == moved
    assert str(event["attendee"]) == f"mailto:{walks.ADDRESS}"
    assert "Per Smed" not in part.get_content()


def test_a_mail_with_a_file_has_the_same_bytes_each_time(walk: Walk, anna: User) -> None:
    invite(walk=walk, by=anna, now=NOW)
    for one in Message.objects.all():
        assert letter_of(one).as_bytes() == letter_of(one).as_bytes()


def test_a_site_that_keeps_its_mails_keeps_the_file_too(walk: Walk, anna: User, settings: Settings) -> None:
    settings.EMAIL_HOST, settings.MAIL_WITHOUT_SERVER = "", "django.core.mail.backends.locmem.EmailBackend"
    invite(walk=walk, by=anna, now=NOW)
    assert send_due(clock=lambda: NOW) == 2
    for sent in mail.outbox:
        (part,) = [one for one in sent.message().walk() if one.get_content_type() == "text/calendar"]
        assert part.get_param("method") == "REQUEST"
        assert walk.meeting_place in sent.body


def test_who_does_not_come_after_all_is_told_and_can_be_invited_again(walk: Walk, anna: User) -> None:
    invite(walk=walk, by=anna, now=NOW)
    per = Attendee.objects.get(email=walks.ADDRESS)
    for _click in range(2):
        take_off(attendee=per, off=True, by=anna, now=NOW)
    take_off(attendee=per, off=False, by=anna, now=NOW)
    assert invite(walk=walk, by=anna, now=NOW).written == 1
    assert [method for to, method, _uid, _sequence in files() if to == walks.ADDRESS] == [
        "REQUEST",
        "CANCEL",
        "REQUEST",
    ]


def test_a_company_that_turns_protected_is_not_written_to_nor_is_what_waits_sent(walk: Walk, anna: User) -> None:
    Unit.objects.update(protected=True)
    done = invite(walk=walk, by=anna, now=NOW)
    assert (done.written, [name for name, _why in done.refused]) == (1, ["Per Smed"])
    Unit.objects.update(protected=False)
    assert invite(walk=walk, by=anna, now=NOW).written == 1
    Unit.objects.update(protected=True)
    assert send_due(clock=lambda: NOW, transport=lambda _letter, dot: dot()) == 1
    assert Message.objects.get(to_email=walks.ADDRESS).state == MessageState.STOPPED


def test_who_comes_is_named_and_an_address_has_a_source(walk: Walk, anna: User, carl: User) -> None:
    side = company(walk.link)
    with pytest.raises(NobodyNamed):
        walks.per(walk, side, by=anna, name=" ")
    with pytest.raises(SourceMissing):
        walks.per(walk, side, by=anna, source="")
    with pytest.raises(NoContact):
        add_ours(walk=walk, person=carl, by=anna, now=NOW)
    add_ours(walk=walk, person=anna, by=anna, now=NOW)
    assert Attendee.objects.count() == 2


def test_names_and_addresses_go_in_time_and_at_once_when_asked(walk: Walk, anna: User) -> None:
    invite(walk=walk, by=anna, now=NOW)
    assert forget_attendees_at(email=walks.ADDRESS.upper(), now=NOW) == 1
    gone = Attendee.objects.get(user=None)
    assert (gone.name, gone.email) == ("", "")
    assert not Message.objects.filter(to_email=walks.ADDRESS).exists()
    walks.per(walk, company(walk.link), by=anna)
    old = walk.starts_at + KEPT_FOR + timedelta(days=1)
    assert [forget_old_walks(now=walk.starts_at), forget_old_walks(now=old), forget_old_walks(now=old)] == [0, 1, 0]
    assert not Attendee.objects.exclude(name="").exists()


def test_a_person_who_is_forgotten_stands_at_no_stop(walk: Walk, anna: User, carl: User) -> None:
    stop = walks.stop(walk, "Anna viser klubben", 0, 0, by=anna, shower="Anna fra kommunen")
    note(stop=stop, side=None, text="De kender Anna.", creation_key=uuid4(), by=anna, now=NOW)
    cancel_walk(walk=walk, why="Anna er syg", expected_version=walk.version, by=anna, now=NOW)
    forget_person(user=anna, by=carl, now=NOW)
    stop.refresh_from_db()
    walk.refresh_from_db()
    assert (stop.title, stop.shower, walk.why) == ("– viser klubben", "– fra kommunen", "– er syg")
    assert stop.notes.get().text == "De kender –."
    assert Attendee.objects.get(user=anna).shown_name == "–"


def test_who_came_for_a_person_is_forgotten_with_her(need: Need, anna: User) -> None:
    fatima = resources.person(need.area, anna)
    walk = walks.walk(links.link(need, fatima, by=anna), by=anna)
    walks.per(walk, walk.link.parties.get(resource=fatima), by=anna, name="Fatima Nielsen")
    pick_stops(walk=walk, resources=[fatima], by=anna, now=NOW)
    invite(walk=walk, by=anna, now=NOW)
    withdraw_consent(resource=fatima, how=HowEnded.SAID, by=anna, now=NOW)
    assert not Attendee.objects.exclude(name="").exists()
    assert not Message.objects.exclude(text="").exists()
    assert not StopNote.objects.exists()

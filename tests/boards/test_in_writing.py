"""Minutes are approved in writing where the rules say so: sent out once for what they say, till nobody objects."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from pytest_django.plugin import DjangoDbBlocker

from medspil.accounts.one_time_links import LinkExpired, LinkRevoked
from medspil.boards.approving import OtherMinutes
from medspil.boards.calling import Called, Ways
from medspil.boards.draft_mails import send_out
from medspil.boards.forgetting import forget_members_at
from medspil.boards.in_writing import (
    NotAgreedYet,
    NotAsked,
    NotInWriting,
    ObjectionEmpty,
    answer,
    answer_by_link,
    approval_of,
    seat_of,
)
from medspil.boards.models import BoardMeeting, MinutesAnswer, RulesOfProcedure
from medspil.boards.rules import NoSuchSetting
from medspil.boards.writing import note
from medspil.notices.models import Message
from tests.factories import meetings
from tests.factories.boards import rules
from tests.factories.meetings import MeetingWorld
from tests.factories.once import made_once
from tests.factories.people import NOW

WAYS = Ways(by_link=lambda token: f"https://medspil.example/svar/{token}/", meeting="https://medspil.example/moede/")
OVER = NOW + timedelta(days=9)


class WritingWorld(MeetingWorld):
    """A board whose rules give members eight days to object; Ida, Per and Sanne were at a meeting."""

    def __init__(self) -> None:
        super().__init__()
        rules(self.board, by=self.anna, text="Referatet godkendes skriftligt.", objection_days=8)
        self.one = self.held(there=[self.ida, self.per, self.sanne_there])

    def loaded(self) -> BoardMeeting:
        """Return the meeting as it stands."""
        return BoardMeeting.objects.for_page().get(pk=self.one.pk)

    def out(self) -> Called:
        """Send the minutes out."""
        return send_out(meeting=self.loaded(), by=self.anna, now=NOW, ways=WAYS)

    def changed(self) -> None:
        """Write something else in the minutes."""
        item = self.one.items.standing()[0]
        note(item=item, words="Prisen er 96.000 kr.", expected_version=item.version, by=self.anna, now=NOW)


@pytest.fixture(scope="module")
def shared(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WritingWorld]:
    """Make a board with members and rules."""
    with made_once(django_db_blocker, tmp_path_factory.mktemp("writing")):
        yield WritingWorld()


@pytest.fixture
def world(shared: WritingWorld, db: None) -> WritingWorld:
    """Return the world."""
    shared.board.refresh_from_db()
    return shared


def token(to: str) -> str:
    """Return what is secret in the newest mail to somebody."""
    found = re.search(r"/svar/([^/]+)/", Message.objects.filter(to_email=to).order_by("-pk")[0].text)
    assert found
    return found[1]


def says(world: WritingWorld, to: str, *, agrees: bool = True, words: str = "", **more: object) -> MinutesAnswer:
    """Let somebody answer by her link to the minutes as they were sent out."""
    facts = {"sha256": world.loaded().minutes_out_sha256, "now": NOW} | more
    return answer_by_link(token=token(to), agrees=agrees, words=words, **facts)  # type: ignore[arg-type]


def test_everybody_who_was_there_approves_them_and_then_they_are_approved(world: WritingWorld) -> None:
    assert [world.out().written for _time in range(2)] == [3, 0]
    says(world, "ida@example.org")
    says(world, "per@example.org")
    with pytest.raises(NotAgreedYet):
        meetings.approved(world.one, by=world.anna, way="writing")
    seat = seat_of(world.sanne, world.loaded())
    assert seat
    sha256 = world.loaded().minutes_out_sha256
    answer(row=seat, sha256=sha256, agrees=True, words="", by=world.sanne, now=NOW)
    kept = meetings.approved(world.one, by=world.anna, way="writing")
    assert (kept.sha256, kept.at_meeting, kept.way) == (sha256, None, "writing")


def test_without_an_answer_the_days_decide(world: WritingWorld) -> None:
    world.out()
    last = NOW + timedelta(days=8)
    with pytest.raises(NotAgreedYet):
        meetings.approved(world.one, by=world.anna, way="writing", now=last)
    with pytest.raises(LinkExpired):
        says(world, "ida@example.org", now=OVER)
    assert meetings.approved(world.one, by=world.anna, way="writing", now=OVER).approved_on == OVER.date()


def test_an_objection_stops_them_until_they_are_changed_and_sent_out_again(world: WritingWorld) -> None:
    world.out()
    for empty in ("", "  "):
        with pytest.raises(ObjectionEmpty):
            says(world, "ida@example.org", agrees=False, words=empty)
    says(world, "ida@example.org", agrees=False, words="Prisen mangler.")
    found = approval_of(world.loaded())
    assert found
    assert [one.said.words for one in found.objections if one.said] == ["Prisen mangler."]
    with pytest.raises(NotAgreedYet):
        meetings.approved(world.one, by=world.anna, way="writing", now=OVER)
    old = token("per@example.org")
    earlier = world.loaded().minutes_out_sha256
    world.changed()
    with pytest.raises(OtherMinutes):
        meetings.approved(world.one, by=world.anna, way="writing", now=OVER, sha256=earlier)
    with pytest.raises(NotAgreedYet):  # what stands there now was read by nobody
        meetings.approved(world.one, by=world.anna, way="writing", now=OVER)
    assert world.out().written == 3
    with pytest.raises(LinkRevoked):
        answer_by_link(token=old, sha256=earlier, agrees=True, words="", now=NOW)
    with pytest.raises(NotAsked):
        says(world, "per@example.org", sha256=earlier)
    meetings.approved(world.one, by=world.anna, way="writing", now=OVER)


def test_who_was_not_there_or_is_forgotten_is_not_asked(world: WritingWorld) -> None:
    world.out()
    says(world, "per@example.org", agrees=False, words="Per mener noget andet.")
    assert not Message.objects.filter(purpose="board_minutes_draft", to_email="bo@example.org").exists()
    with pytest.raises(NotAsked):
        answer(row=meetings.row(world.one, world.bo), sha256="0", agrees=True, words="", by=None, now=NOW)
    ida = token("ida@example.org")
    for name in ("ida", "per"):
        forget_members_at(email=f"{name}@example.org", now=NOW)
    with pytest.raises(LinkRevoked):
        answer_by_link(token=ida, sha256="0", agrees=True, words="", now=NOW)
    assert MinutesAnswer.objects.get().words == "–"


def test_rules_without_it_and_rules_that_stay(world: WritingWorld) -> None:
    adopted = RulesOfProcedure.objects.get(objection_days=8)
    with pytest.raises(DatabaseError), transaction.atomic():
        RulesOfProcedure.objects.filter(pk=adopted.pk).update(objection_days=1)
    for wrong in (0, 61):
        with pytest.raises(NoSuchSetting):
            rules(world.board, by=world.anna, objection_days=wrong)
    rules(world.board, by=world.anna)
    with pytest.raises(NotInWriting):
        world.out()
    with pytest.raises(NotInWriting):
        meetings.approved(world.one, by=world.anna, way="writing")

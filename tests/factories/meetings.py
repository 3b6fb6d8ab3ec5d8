"""Holds meetings of a board for tests by the services that people use: planned, called, held, decided at."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from medspil.accounts.models import User
from medspil.boards.agenda import ItemFacts, add_item
from medspil.boards.approving import approve
from medspil.boards.attending import Seat, note_attendance
from medspil.boards.content import digest, minutes_of
from medspil.boards.deciding import Proposal, decide
from medspil.boards.earmarks import Sum, set_aside
from medspil.boards.meetings import When, hold, plan
from medspil.boards.models import (
    AgendaItem,
    ApprovedMinutes,
    Attendance,
    BoardDecision,
    BoardMeeting,
    BoardMember,
    Choice,
    ItemKind,
    Presence,
    SeatKind,
    Way,
)
from tests.factories.boards import BoardWorld, rules
from tests.factories.people import NOW

IN_A_MONTH = NOW + timedelta(days=30)


class MeetingWorld(BoardWorld):
    """A board with rules, five members of three constituencies, a substitute for the companies and 100,000 kroner.

    Sanne has an account, Mia no address. More than half must be there: three of five.
    """

    def __init__(self) -> None:
        super().__init__()
        rules(self.board, by=self.anna)
        self.ida = self.seat("Ida", self.council, email="ida@example.org")
        self.bo = self.seat("Bo", self.council, email="bo@example.org")
        self.per = self.seat("Per", email="per@example.org")
        self.sanne_there = self.seat("Sanne", user=self.sanne)
        self.mia = self.seat("Mia", self.culture)
        self.finn = self.seat("Finn", kind=SeatKind.SUBSTITUTE)
        what = Sum(amount_kroner=100_000, giver="Kulturpuljen", purpose="Kultur i byen", from_on=date(2026, 1, 1))
        self.earmark = set_aside(board=self.board, what=what, by=self.anna, now=NOW)

    @property
    def members(self) -> list[BoardMember]:
        """Return the members in the order in which they were seated."""
        return [self.ida, self.bo, self.per, self.sanne_there, self.mia]

    def meeting(self, starts_at: datetime = IN_A_MONTH, **more: Any) -> BoardMeeting:
        """Plan a meeting with one item for decision."""
        made = planned(self, starts_at, **more)
        item(made, "Værksted på torvet", by=self.anna)
        return made

    def held(self, starts_at: datetime = NOW, *, there: list[BoardMember] | None = None) -> BoardMeeting:
        """Hold a meeting, led by Ida, with all or some members there."""
        made = self.meeting(starts_at, now=starts_at - timedelta(days=20))
        hold(meeting=made, expected_version=made.version, by=self.anna, now=starts_at)
        return attended(made, self.members if there is None else there, world=self)


def planned(world: BoardWorld, starts_at: datetime = IN_A_MONTH, **more: Any) -> BoardMeeting:
    """Plan a meeting with nothing on its agenda."""
    when = When(starts_at=starts_at, minutes=90, place="Kulturhuset")
    facts: dict[str, Any] = {"creation_key": uuid4(), "by": world.anna, "now": NOW} | more
    return plan(board=world.board, when=when, **facts)


def item(of: BoardMeeting, title: str, kind: str = ItemKind.DECISION, *, by: User, **more: Any) -> AgendaItem:
    """Put an item on the agenda."""
    facts = ItemFacts(kind=kind, title=title, **more)
    return add_item(meeting=of, facts=facts, creation_key=uuid4(), by=by, now=NOW)


def attended(
    of: BoardMeeting,
    there: list[BoardMember],
    *,
    world: MeetingWorld,
    seats: Mapping[int, Seat] | None = None,
    led_by: BoardMember | None = None,
) -> BoardMeeting:
    """Note who was there; the others sent apologies. The first one leads where nobody is named."""
    noted = {one.pk: Seat(Presence.PRESENT if one in there else Presence.EXCUSED) for one in world.members}
    of.refresh_from_db()
    return note_attendance(
        meeting=of, seats=noted | dict(seats or {}), chaired_by=led_by or (there[0] if there else None),
        expected_version=of.version, by=world.anna, now=NOW,
    )  # fmt: skip


def row(of: BoardMeeting, member: BoardMember) -> Attendance:
    """Return the row of a member."""
    return of.attendances.select_related("member").get(member=member)


def decided(
    of: BoardMeeting | AgendaItem, votes: Mapping[BoardMember, str] | None = None, *, by: User, **more: Any
) -> BoardDecision:
    """Decide on an item, or on the first one of a meeting: by votes, or without a vote."""
    about = of.items.standing()[0] if isinstance(of, BoardMeeting) else of
    meeting = about.meeting
    facts: dict[str, Any] = {"text": "Vi bygger det.", "way": Way.VOTE if votes else Way.AGREED} | more
    keys = {row(meeting, who).pk: Choice(choice) for who, choice in (votes or {}).items()}
    fresh = AgendaItem.objects.select_related("meeting__board").get(pk=about.pk)
    said = Proposal(votes=keys, **facts)
    return decide(item=fresh, said=said, expected_version=fresh.version, by=by, now=NOW)


def approved(of: BoardMeeting, *, by: User, now: datetime = NOW, **more: Any) -> ApprovedMinutes:
    """Have the minutes approved by the chair."""
    loaded = BoardMeeting.objects.for_page().get(pk=of.pk)
    facts: dict[str, Any] = {
        "sha256": digest(minutes_of(loaded).content), "way": "chair", "at_meeting": None, "on": now.date(),
    } | more  # fmt: skip
    return approve(meeting=loaded, by=by, now=now, **facts)

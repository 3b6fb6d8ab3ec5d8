"""Lets the board of the example meet: agendas, who was there, decisions with votes and money, minutes approved."""

from datetime import datetime, time, timedelta
from typing import Any

from medspil.boards.agenda import ItemFacts, add_item
from medspil.boards.approving import approve
from medspil.boards.attending import Seat, leave_room, note_attendance
from medspil.boards.content import digest, minutes_of
from medspil.boards.deciding import Proposal, decide
from medspil.boards.meetings import When, hold, plan
from medspil.boards.models import (
    AgendaItem,
    ApprovedBy,
    Attendance,
    Board,
    BoardDecision,
    BoardMeeting,
    BoardMember,
    Choice,
    Presence,
    Way,
)
from medspil.boards.voting import in_room
from medspil.boards.writing import note
from medspil.cli.example.places import key
from medspil.cli.example.setting import Setting
from medspil.common.when import moment


def meet(setting: Setting) -> None:
    """Plan the meetings that are told, and hold those whose day is over; nobody gets a mail."""
    held: dict[str, BoardMeeting] = {}
    decided: dict[str, BoardDecision] = {}
    for told in setting.told["board_meeting"]:
        board = Board.objects.get(partnership__link__sentence=told["partnership"])
        meeting = _plan(setting, board, told)
        if told["days_ago"] > 0:
            _hold(setting, meeting, told, decided)
            held[told["key"]] = meeting
    for told in setting.told["board_meeting"]:
        if "approved_at" in told:
            _approve(setting, held[told["key"]], held[told["approved_at"]])


def _plan(setting: Setting, board: Board, told: dict[str, Any]) -> BoardMeeting:
    people = _people(board)
    starts_at = moment(setting.day(told["days_ago"]), time.fromisoformat(told["time"]))
    then = min(setting.now, starts_at - timedelta(days=30))
    when = When(starts_at=starts_at, minutes=told["minutes"], place=told["place"])
    meeting = plan(board=board, when=when, creation_key=key(told["key"]), by=setting.coordinator, now=then)
    for one in told["items"]:
        who = people.get(one.get("by", ""))
        facts = ItemFacts(kind=one["kind"], title=one["title"], text=one.get("text", ""), brought_by=who)
        made = key(f"{told['key']}:{one['key']}")
        add_item(meeting=meeting, facts=facts, creation_key=made, by=setting.coordinator, now=then)
    if "called" in told:
        # As if the papers had gone out then: the example writes to nobody.
        called_at = starts_at - timedelta(days=told["called"])
        BoardMeeting.objects.filter(pk=meeting.pk).update(called_at=called_at)
        meeting.called_at = called_at
    return meeting


def _hold(setting: Setting, meeting: BoardMeeting, told: dict[str, Any], decided: dict[str, BoardDecision]) -> None:
    """Write down who was there, what was said and what was decided."""
    by, now, people = setting.coordinator, meeting.starts_at, _people(meeting.board)
    hold(meeting=meeting, expected_version=meeting.version, by=by, now=now)
    instead = {people[member].pk: people[substitute] for member, substitute in told.get("instead", [])}
    sitting = BoardMember.objects.of(meeting.board).members().sitting(meeting.day)
    seats = {one.pk: Seat(Presence.PRESENT) for one in sitting}
    seats |= {people[name].pk: Seat(Presence.EXCUSED) for name in told["away"]}
    seats |= {member: Seat(Presence.SUBSTITUTE, substitute) for member, substitute in instead.items()}
    note_attendance(
        meeting=meeting, seats=seats, chaired_by=people[told["led_by"]], expected_version=meeting.version, by=by,
        now=now,
    )  # fmt: skip
    rows = {_name(one): one for one in meeting.attendances.there().for_page()}
    for one in told["items"]:
        item = AgendaItem.objects.select_related("meeting__board").get(creation_key=key(f"{told['key']}:{one['key']}"))
        for name, because, why in one.get("out", []):
            leave_room(item=item, who=rows[name], because=because, why=why, by=by, now=now)
        note(item=item, words=one.get("noted", ""), expected_version=item.version, by=by, now=now)
        if "decision" in one:
            decided[one["key"]] = _decide(item, one["decision"], rows=rows, decided=decided, setting=setting, now=now)


def _decide(
    item: AgendaItem,
    told: dict[str, Any],
    *,
    rows: dict[str, Attendance],
    decided: dict[str, BoardDecision],
    setting: Setting,
    now: datetime,
) -> BoardDecision:
    """Write down a decision; whoever took part and is not named was for it."""
    otherwise = {rows[name].pk: choice for name, choice in told.get("votes", [])}
    part = in_room(item, rows.values())
    votes = {one.pk: otherwise.get(one.pk, Choice.FOR) for one in part} if told["way"] == Way.VOTE else {}
    said = Proposal(
        text=told["text"], way=told["way"], votes=votes, earmark=item.meeting.board.earmarks.get(),
        kroner=told["kroner"], purpose=told["purpose"], reverses=decided.get(told.get("reverses", "")),
    )  # fmt: skip
    return decide(item=item, said=said, expected_version=item.version, by=setting.coordinator, now=now)


def _approve(setting: Setting, meeting: BoardMeeting, later: BoardMeeting) -> None:
    loaded = BoardMeeting.objects.for_page().get(pk=meeting.pk)
    approve(
        meeting=loaded, sha256=digest(minutes_of(loaded).content), way=ApprovedBy.MEETING, at_meeting=later,
        on=later.day, by=setting.coordinator, now=later.starts_at,
    )  # fmt: skip


def _people(board: Board) -> dict[str, BoardMember]:
    return {one.shown_name: one for one in BoardMember.objects.of(board).for_page()}


def _name(row: Attendance) -> str:
    return row.sitter.shown_name

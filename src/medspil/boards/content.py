"""What the minutes of a meeting say, as one value without a language: people by their keys, words as codes.

The same content gives the same hash wherever it is made. Names stand beside it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils import timezone

from medspil.boards.called import notice_of
from medspil.boards.models import AgendaItem, Attendance, BoardMeeting, BoardMember, ItemKind
from medspil.boards.quorum import Quorum, quorum
from medspil.boards.register import Entry, register
from medspil.boards.rules import rules_on
from medspil.boards.standing import seated
from medspil.boards.voting import in_room, secret_tally

FORMAT = "medspil-minutes/1"
Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Minutes:
    """What minutes say, and what those are called who stand in them by key."""

    content: Content
    names: dict[str, str]


def minutes_of(meeting: BoardMeeting) -> Minutes:
    """Return the minutes of a meeting as they stand now. About twenty queries."""
    rows = list(meeting.attendances.exclude(presence="").for_page())
    items = list(meeting.items.standing().prefetch_related("out_of_room"))
    told = {one.decision.item_id: one for one in register(meeting.board)}
    rules = rules_on(meeting.board, meeting.day)
    sits = len(seated(meeting.board, meeting.day))
    at_table = [one for one in rows if one.is_there]
    # Papers that did not go out from here: the notice is counted from the day on which the meeting was planned.
    notice = notice_of(meeting, now=meeting.called_at or meeting.created_at)

    def able(part: list[Attendance]) -> dict[str, int] | None:
        return _quorum(quorum(rules, seated=sits, present=len(part))) if rules else None

    content: Content = {
        "format": FORMAT,
        "board": meeting.board.name,
        "partnership": meeting.board.partnership.name,
        "area": meeting.board.partnership.link.area.name,
        "starts_at": timezone.localtime(meeting.starts_at).isoformat(),
        "minutes": meeting.minutes,
        "place": meeting.place,
        "called_on": timezone.localdate(meeting.called_at).isoformat() if meeting.called_at else None,
        "notice": {"days": notice.days, "demanded": notice.demanded} if notice and notice.days >= 0 else None,
        "rules": {"number": rules.number, "majority": rules.majority, "casting_vote": rules.casting_vote}
        if rules
        else None,
        "chaired_by": meeting.chaired_by_id,
        "quorum": able(at_table),
        "seats": [_seat(one) for one in rows],
        "items": [
            _item(at, one, told.get(one.pk), able(in_room(one, at_table)), rows)
            for at, one in enumerate(items, start=1)
        ],
    }
    people = [who for row in rows for who in (row.member, row.substitute) if who]
    people += [one.brought_by for one in items if one.brought_by]
    people += [meeting.chaired_by] if meeting.chaired_by else []
    return Minutes(content, {str(one.pk): name_of(one) for one in people})


def name_of(member: BoardMember) -> str:
    """Return what a member is called; nothing of one who was forgotten."""
    return "" if member.forgotten_at else member.shown_name


def digest(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a content."""
    told = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(told.encode()).hexdigest()


def _seat(row: Attendance) -> dict[str, Any]:
    return {
        "who": row.member_id,
        "constituency": row.member.constituency.name,
        "presence": row.presence,
        "substitute": row.substitute_id,
    }


def _item(
    at: int, item: AgendaItem, told: Entry | None, there: dict[str, int] | None, rows: list[Attendance]
) -> dict[str, Any]:
    sitter = {row.pk: row.sitter.pk for row in rows}
    out = sorted(item.out_of_room.all(), key=lambda one: one.pk)
    return {
        "key": item.pk,
        "at": at,
        "kind": item.kind,
        "title": item.title,
        "text": item.text,
        "brought_by": item.brought_by_id,
        "noted": item.noted,
        "out": [{"who": sitter[one.attendance_id], "because": one.because, "why": one.why} for one in out],
        "quorum": there,
        "not_able": item.kind == ItemKind.DECISION and there is not None and there["present"] < there["needed"],
        "decision": decision_of(told, sitter) if told else None,
    }


def decision_of(told: Entry, sitter: Mapping[int, int]) -> dict[str, Any]:
    """Return what minutes say of a decision; `sitter` says by the keys of the attendances who filled the seats."""
    one, came = told.decision, told.outcome
    old = one.reverses
    votes = sorted(one.votes.all(), key=lambda vote: vote.pk)
    secret = secret_tally(one)
    ballots = {"for": secret.for_it, "against": secret.against, "blank": secret.abstain} if secret else None
    # Only where there was one: minutes without it keep the hash they had before there were secret ballots.
    return ({"ballots": ballots} if ballots else {}) | {
        "text": one.text,
        "way": one.way,
        "result": came.result.value,
        "casting": came.casting,
        "votes": [{"who": sitter[vote.attendance_id], "choice": vote.choice} for vote in votes],
        "kroner": one.kroner,
        "purpose": one.purpose,
        "sum": one.earmark.purpose if one.earmark else "",
        "reverses": {"day": old.item.meeting.day.isoformat(), "title": old.item.title} if old else None,
    }


def _quorum(there: Quorum) -> dict[str, int]:
    return {"needed": there.needed, "seated": there.seated, "present": there.present}

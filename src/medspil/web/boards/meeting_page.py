"""The page of one meeting: before it the agenda and who has the papers, after it the minutes and their approval."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from medspil.boards import wording
from medspil.boards.answering import row_of
from medspil.boards.called import address_of, members_of, notice_of
from medspil.boards.content import Minutes, minutes_of
from medspil.boards.in_writing import approval_of, days_for, seat_of, stand_as_sent
from medspil.boards.minutes_mails import unsent
from medspil.boards.models import ApprovedMinutes, BoardMeeting, MeetingState
from medspil.boards.papers import approved_words
from medspil.notices.transport import is_set_up
from medspil.web.boards.coming_words import choices_of, forecast_of, words_of
from medspil.web.boards.meeting_forms import CancelForm, CorrectionForm, ObjectionForm, VersionForm
from medspil.web.boards.meeting_loading import SeenMeeting
from medspil.web.boards.meeting_words import ACTIONS, BADGES
from medspil.web.history import told
from medspil.web.http import SignedInRequest


def page(
    request: SignedInRequest, found: SeenMeeting, *, trouble: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    """Answer with the page of a meeting; `trouble` says why what was asked was not done."""
    one = found.meeting
    now = timezone.now()
    approved = getattr(one, "approved", None)
    edits = found.rights.edits
    context = {
        "seen": found.seen,
        "meeting": one,
        "when": wording.when(one.starts_at),
        "badge": BADGES[one.state],
        "trouble": trouble,
        "posted": is_set_up(),
        "edits": edits,
        "approves": found.rights.approves and approved is None and one.state == MeetingState.HELD,
        "writes": edits and approved is None and one.state != MeetingState.CANCELLED,
        "its_day": timezone.localdate(one.starts_at) <= timezone.localdate(now),
        "items": list(one.items.standing().select_related("decision")),
        "taken_out": list(one.items.taken_out()) if edits and approved is None else [],
        "approved": approved,
        "version_form": VersionForm(initial={"version": one.version}),
        "cancel_form": CancelForm(initial={"version": one.version}),
        "correction_form": CorrectionForm(),
        "minutes_to_send": len(unsent(one)) if edits and approved and not approved.forgotten_at else 0,
        "history": told(one, ACTIONS) if edits else [],
    }
    if one.state == MeetingState.HELD:
        context |= minutes_in_words(one, approved)
        context |= in_writing(request, one, sees=edits or found.rights.seat is not None) if not approved else {}
    else:
        context |= _to_come(one, sees_answers=edits or found.rights.seat is not None) | _asked(request, one)
    return render(request, "boards/meeting.html", context | more, status=status)


def _asked(request: SignedInRequest, one: BoardMeeting) -> dict[str, Any]:
    """Return what somebody who was called can answer, and what she answered."""
    mine = row_of(request.user, one) if one.is_to_come(timezone.now()) else None
    if mine is None:
        return {}
    return {"choices": choices_of(mine), "my_answer": words_of(mine)}


def in_writing(request: SignedInRequest, one: BoardMeeting, *, sees: bool) -> dict[str, Any]:
    """Return how far the approval in writing is, and what somebody who was there can answer."""
    if days_for(one) is None:
        return {}
    found, as_sent = approval_of(one), stand_as_sent(one)
    mine = seat_of(request.user, one) if found and as_sent else None
    return {
        "in_writing": True,
        "round": found if sees else None,
        "until": wording.day(found.ends_on) if found else "",
        "reached": bool(found and as_sent and found.is_reached(timezone.localdate())),
        "as_sent": as_sent,
        "objection_form": ObjectionForm(initial={"sha256": one.minutes_out_sha256}) if mine else None,
    }


def _to_come(one: BoardMeeting, *, sees_answers: bool) -> dict[str, Any]:
    """Return what is known before a meeting: its notice, who has the papers as they stand, and who comes."""
    rows = {row.member_id: row for row in one.attendances.for_page()}
    members = []
    for who in members_of(one):
        row = rows.get(who.pk)
        said = words_of(row) if row and sees_answers else ""
        members.append((who, row.told if row else None, address_of(who), said))
    asked = [row for row in rows.values() if row.told is not None]
    return {
        "notice": notice_of(one, now=timezone.now()),
        "members": members,
        "forecast": forecast_of(one, asked) if sees_answers else "",
        "to_tell": sum(1 for _who, had, address, _said in members if address and had != one.sequence),
        "unreached": sum(1 for _who, _had, address, _said in members if not address),
        "begun": one.starts_at <= timezone.now(),
    }


def minutes_in_words(one: BoardMeeting, approved: ApprovedMinutes | None) -> dict[str, Any]:
    """Return the minutes in words: as they were approved, or as they stand."""
    if approved and approved.forgotten_at:
        return {"forgotten": True}
    minutes = Minutes(approved.content, approved.names) if approved else minutes_of(one)
    content, names = minutes.content, minutes.names
    return {
        "seats": wording.seats_in_words(content, names),
        "led_by": wording.name(content["chaired_by"], names) if content["chaired_by"] else "",
        "quorum": wording.quorum_words(content["quorum"]),
        "called": wording.notice_words(content["notice"], content["called_on"]),
        "told": [
            {
                "key": item["key"],
                "number": item["at"],
                "title": item["title"],
                "what": wording.kind_of(item, names),
                "text": item["text"],
                "noted": item["noted"],
                "out": wording.out_in_words(item, names),
                "not_able": wording.not_able(item),
                "decision": wording.decided(item["decision"], names) if item["decision"] else None,
            }
            for item in content["items"]
        ],
        "approval": approved_words(approved),
        "notes": list(one.notes.select_related("by").order_by("on", "pk")),
    }

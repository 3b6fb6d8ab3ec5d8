"""The agenda and the minutes of a meeting on paper: PDFs that can be read aloud and kept, in Danish and English.

Approved minutes are made of what was frozen, with the names that may still be shown, and the notes that correct them.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from medspil.boards import wording
from medspil.boards.called import members_of, notice_of
from medspil.boards.content import Content, minutes_of, name_of
from medspil.boards.models import ApprovedBy, ApprovedMinutes, BoardMeeting, MinutesNote
from medspil.documents import render_pdf

FOLDER = Path(__file__).parent / "documents"


class WordsForgotten(Exception):
    """The words of old minutes were forgotten."""

    def __init__(self) -> None:
        super().__init__(translation.gettext_lazy("The words of these minutes were forgotten after their time."))


def agenda_pdf(meeting: BoardMeeting, language: str, *, now: datetime) -> bytes:
    """Return the agenda of a meeting loaded `for_page`."""
    with translation.override(language):
        return made("agenda.typ", agenda_data(meeting, language, now=now), created=now)


def minutes_pdf(meeting: BoardMeeting, language: str, *, now: datetime) -> bytes:
    """Return the minutes of a meeting loaded `for_page`: as approved, or as they stand. Raises `WordsForgotten`."""
    approved = ApprovedMinutes.objects.filter(meeting=meeting).select_related("at_meeting").first()
    if approved and approved.forgotten_at:
        raise WordsForgotten
    notes = list(MinutesNote.objects.filter(meeting=meeting).order_by("on", "pk"))
    with translation.override(language):
        data = minutes_data(meeting, approved, notes, language)
    frozen_at = max([approved.noted_at, *(one.created_at for one in notes)]) if approved else now
    return made("minutes.typ", data, created=frozen_at)


def agenda_data(meeting: BoardMeeting, language: str, *, now: datetime) -> dict[str, Any]:
    """Return the data of the agenda, in the language that is active."""
    board = meeting.board
    notice = notice_of(meeting, now=now)
    called_on = timezone.localdate(meeting.called_at).isoformat() if meeting.called_at else None
    late = {"days": notice.days, "demanded": notice.demanded} if notice and called_on else None
    items = list(meeting.items.standing())
    return {
        "title": _("Agenda: {board}").format(board=board.name),
        "lang": language,
        "foot": _foot(board.name, meeting),
        "place": f"{board.partnership.name} · {board.partnership.link.area.name}",
        "facts": [
            (_("When"), wording.when(meeting.starts_at)),
            (_("Where"), meeting.place),
            (_("How long"), _("{number} minutes").format(number=meeting.minutes)),
            (_("Called"), wording.notice_words(late, called_on) if called_on else _("not yet")),
        ],
        "warning": _("The meeting was cancelled.") if meeting.state == "cancelled" else "",
        "items": [
            {
                "number": at,
                "title": one.title,
                "what": _brought(str(one.get_kind_display()), name_of(one.brought_by) if one.brought_by else ""),
                "text": one.text,
            }
            for at, one in enumerate(items, start=1)
        ],
        "members": [f"{name_of(one)}, {one.constituency.name}" for one in members_of(meeting)],
        "labels": {"members": _("Called are"), "none": _("Nothing is on the agenda yet.")},
    }


def minutes_data(
    meeting: BoardMeeting, approved: ApprovedMinutes | None, notes: Sequence[MinutesNote], language: str
) -> dict[str, Any]:
    """Return the data of the minutes, in the language that is active."""
    if approved:
        content, names = approved.content, approved.names
    else:
        now_said = minutes_of(meeting)
        content, names = now_said.content, now_said.names
    starts = datetime.fromisoformat(content["starts_at"])
    return {
        "title": _("Minutes: {board}").format(board=content["board"]),
        "lang": language,
        "foot": _foot(content["board"], meeting),
        "place": f"{content['partnership']} · {content['area']}",
        "facts": _facts(content, starts, names),
        "warning": "" if approved else _("These minutes are not approved yet."),
        "seats": [{"name": group, "people": people} for group, people in wording.seats_in_words(content, names)],
        "items": [_item(one, names) for one in content["items"]],
        "approved": approved_words(approved),
        "sha256": approved.sha256 if approved else "",
        "hash_words": _("SHA-256 of the content that was approved:"),
        "notes": [{"day": wording.day(one.on), "text": one.text} for one in notes],
        "labels": {
            "seats": _("Who was there"),
            "approved": _("Approval"),
            "notes": _("Corrections after the approval"),
        },
    }


def approved_words(approved: ApprovedMinutes | None) -> str:
    """Return by whom and when minutes were approved."""
    if approved is None:
        return _("Not approved yet.")
    on = wording.day(approved.approved_on)
    if approved.way == ApprovedBy.MEETING:
        return _("Approved by the board at its meeting of {day}.").format(day=on)
    if approved.way == ApprovedBy.WRITING:
        return _("Approved in writing by those who were there, on {day}.").format(day=on)
    return _("Approved by the chair on {day}.").format(day=on)


def _facts(content: Content, starts: datetime, names: wording.Names) -> list[tuple[str, str]]:
    led = wording.name(content["chaired_by"], names) if content["chaired_by"] else _("not noted")
    return [
        (_("When"), wording.when(starts)),
        (_("Where"), content["place"]),
        (_("Called"), wording.notice_words(content["notice"], content["called_on"])),
        (_("Led by"), led),
        (_("Quorum"), wording.quorum_words(content["quorum"])),
    ]


def _item(item: dict[str, Any], names: wording.Names) -> dict[str, Any]:
    decision = wording.decided(item["decision"], names) if item["decision"] else None
    return {
        "number": item["at"],
        "title": item["title"],
        "what": wording.kind_of(item, names),
        "out": wording.out_in_words(item, names),
        "noted": item["noted"],
        "not_able": wording.not_able(item),
        "decision": {"label": decision.label, "text": decision.text, "lines": decision.lines} if decision else None,
    }


def _brought(kind: str, name: str) -> str:
    return _("{kind}, brought by {name}").format(kind=kind, name=name) if name else kind


def _foot(board: str, meeting: BoardMeeting) -> str:
    return f"Medspil · {board} · {wording.day(meeting.day)}"


def made(template: str, data: dict[str, Any], *, created: datetime) -> bytes:
    """Return the PDF that a template of this room makes; the same data and moment give the same bytes."""
    return render_pdf(FOLDER / template, data, created=created, font_folders=[settings.FRONTEND_PARTS / "fonts"])

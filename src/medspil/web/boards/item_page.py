"""The page of one item: its forms with what was typed and not saved yet; once minutes are approved, what they say."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from medspil.boards import wording
from medspil.boards.content import decision_of, name_of
from medspil.boards.deciding import open_on
from medspil.boards.models import AgendaItem, ApprovedMinutes, Attendance, ItemKind
from medspil.boards.register import Entry, register
from medspil.boards.rules import rules_on
from medspil.boards.spending import left_by_earmark
from medspil.boards.voting import in_room, quorum_for
from medspil.web.boards.decide_form import DecideForm, initial_of_decision
from medspil.web.boards.meeting_forms import NoteForm, OutForm
from medspil.web.boards.meeting_loading import SeenMeeting, rows_there
from medspil.web.boards.meeting_page import minutes_in_words
from medspil.web.http import SignedInRequest


def page(
    request: SignedInRequest,
    found: SeenMeeting,
    one: AgendaItem,
    status: int = 200,
    *,
    saved: type | None = None,
    **more: Any,
) -> HttpResponse:
    """Answer with the page of an item; what was typed and not `saved` stands in its fields again."""
    if approved := getattr(found.meeting, "approved", None):
        return _to_read(request, found, one, approved, status, **more)
    meeting = found.meeting
    there = rows_there(meeting)
    names = {row.pk: row.sitter.shown_name for row in there}
    able = quorum_for(meeting, len(in_room(one, there)))
    told = next((each for each in register(found.board) if each.decision.item_id == one.pk), None)
    order = list(meeting.items.standing())
    number = next((at for at, each in enumerate(order, start=1) if each.pk == one.pk), None)
    # Only what was saved just now may carry the newer version: anything else still answers for what it saw.
    seen_version = request.POST.get("version") if saved not in (NoteForm, DecideForm) else None
    context = {
        "seen": found.seen,
        "meeting": meeting,
        "item": one,
        "number": number,
        "after": order[number] if number and number < len(order) else None,
        "there": there,
        "out": [(out, names.get(out.attendance_id, "")) for out in one.out_of_room.all()],
        "able": able,
        "quorum": wording.quorum_words(
            {"needed": able.needed, "seated": able.seated, "present": able.present} if able else None
        ),
        "decision": told,
        "decided": _in_words(told, there) if told else None,
        "to_decide": one.kind == ItemKind.DECISION,
        "version": seen_version or one.version,
        "note_form": _note_form(one, {} if saved in (NoteForm, DecideForm) else request.POST),
        "out_form": OutForm(rows=there, initial=typed({} if saved is OutForm else request.POST)) if there else None,
        "decide_form": decide_form(found, one, kept=request.POST),
    }
    return render(request, "boards/item.html", context | more, status=status)


def decide_form(
    found: SeenMeeting, one: AgendaItem, data: Any = None, *, kept: Mapping[str, Any] | None = None
) -> DecideForm:
    """Return the form of a decision, with the votes of those who take part and the sums that are there."""
    meeting = found.meeting
    left = left_by_earmark(found.board)
    own = getattr(one, "decision", None)
    sums = list(found.board.earmarks.order_by("from_on", "pk"))
    mine = {own.reverses_id} if own else set()
    earlier = [
        each.decision
        for each in register(found.board)
        if (each.stands or each.decision.pk in mine) and each.decision.item_id != one.pk
    ]
    rules = rules_on(found.board, meeting.day)
    return DecideForm(
        data,
        secret=rules is not None and rules.secret_ballot,
        rows=in_room(one, rows_there(meeting)),
        sums=[(each, left[each.pk]) for each in sums if open_on(each, meeting)],
        earlier=earlier,
        initial=initial_of_decision(own) | typed(kept or {}),
    )


def typed(data: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Return what a browser sent, or only some of it, to stand in the fields of a form again."""
    return {name: data[name] for name in names or data if name in data}


def left_unsaved(found: SeenMeeting, one: AgendaItem, data: Mapping[str, Any], *, saved: type | None) -> bool:
    """Tell whether more stood on the page than what was saved."""
    if saved is DecideForm:
        return bool(data.get("why"))
    words = saved is not NoteForm and "words" in data and data["words"].split() != one.noted.split()
    out = saved is not OutForm and bool(data.get("why"))
    if "text" not in data:
        return words or out
    initial = {"way": "agreed"} | initial_of_decision(getattr(one, "decision", None))
    form = decide_form(found, one)
    return (
        words
        or out
        or any(
            "".join(str(data.get(name) or "").split()) != "".join(str(initial.get(name) or "").split())
            for name in form.fields
            if name != "version"
        )
    )


def _note_form(one: AgendaItem, kept: Mapping[str, Any]) -> NoteForm:
    return NoteForm(initial={"words": one.noted} | typed(kept, "words"))


def _in_words(told: Entry, there: list[Attendance]) -> wording.Decided:
    """Return what came of a decision, as the minutes say it."""
    sitters = {row.pk: row.sitter for row in there}
    names = {str(each.pk): name_of(each) for each in sitters.values()}
    return wording.decided(decision_of(told, {key: each.pk for key, each in sitters.items()}), names)


def _to_read(
    request: SignedInRequest, found: SeenMeeting, one: AgendaItem, approved: ApprovedMinutes, status: int, **more: Any
) -> HttpResponse:
    """Answer with an item of approved minutes; what was typed too late stands there to be copied."""
    minutes = minutes_in_words(found.meeting, approved)
    told = next((each for each in minutes.get("told", []) if each["key"] == one.pk), None)
    forms = (form for form in more.values() if hasattr(form, "non_field_errors"))
    trouble = more.get("trouble") or next((str(each) for form in forms for each in form.non_field_errors()), "")
    late = [each for each in typed(request.POST, "words", "text", "why").values() if each.strip()]
    context = {"seen": found.seen, "meeting": found.meeting, "item": one, "told": told, "trouble": trouble,
               "late": late}  # fmt: skip
    return render(request, "boards/item_read.html", context, status=status)

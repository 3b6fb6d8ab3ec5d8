"""The agenda of a meeting: add an item, change it, let it come earlier or later, take it out and put it back.

Once the members have the papers, each change makes them other papers: the page says who has not got them as they stand.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.boards.deciding import refuse_replaced_meanwhile, refuse_reversed, refuse_too_much
from medspil.boards.keeping import to_prepare
from medspil.boards.models import AgendaItem, BoardMeeting, BoardMember, ItemKind, MeetingState
from medspil.boards.texts import line, text
from medspil.common.models import EditConflict
from medspil.common.once import once

LONGEST_TITLE = 160
MOST_ITEMS = 40


class TitleMissing(Exception):
    """An item about nothing."""

    def __init__(self) -> None:
        super().__init__(_("Write what the item is about."))


class TooManyItems(Exception):
    """An agenda that nobody gets through."""

    def __init__(self) -> None:
        super().__init__(_("A meeting has at most 40 items."))


class NotOnTheBoard(Exception):
    """Somebody who does not sit on the board on the day of the meeting."""

    def __init__(self) -> None:
        super().__init__(_("This person does not sit on the board on the day of the meeting. Choose another."))


class AlreadyDecided(EditConflict):
    """An item on which the board has decided is one for decision."""

    sentence = _("The board has decided on this item, so it stays one for decision.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFacts:
    """An item as somebody writes it; who brings it may be nobody in particular."""

    kind: str
    title: str
    text: str = ""
    brought_by: BoardMember | None = None


def add_item(*, meeting: BoardMeeting, facts: ItemFacts, creation_key: UUID, by: User, now: datetime) -> AgendaItem:
    """Add an item at the end; the same key again returns it.

    Raises `TitleMissing`, `TooManyItems`, `NotOnTheBoard`, `LineTooLong`, `TextTooLong`, `CprNumberFound`,
    `Cancelled`, `MinutesApproved`, `PartnershipPutAway`.
    """
    fields = _checked(meeting, facts)

    def make() -> AgendaItem:
        fresh = to_prepare(meeting)
        standing = fresh.items.filter(removed_at=None)
        if standing.count() >= MOST_ITEMS:
            raise TooManyItems
        last = fresh.items.aggregate(last=Max("at"))["last"] or 0
        made = AgendaItem.objects.create(
            meeting=fresh, at=last + 1, creation_key=creation_key, created_at=now, updated_at=now, **fields
        )
        _changed(fresh, "item_added", by=by, now=now)
        return made

    return once(AgendaItem.objects.filter(creation_key=creation_key), make)


@transaction.atomic
def change_item(*, item: AgendaItem, facts: ItemFacts, expected_version: int, by: User, now: datetime) -> AgendaItem:
    """Change an item; the same again changes nothing.

    Raises what `add_item` does, `AlreadyDecided`, `EditConflict`.
    """
    fresh = to_prepare(item.meeting)
    fields = _checked(fresh, facts)
    if facts.kind != ItemKind.DECISION and hasattr(item, "decision"):
        raise AlreadyDecided
    if all(getattr(item, name) == value for name, value in fields.items()):
        return item
    item.save_changes(expected_version=expected_version, now=now, **fields)
    _changed(fresh, "item_changed", by=by, now=now)
    return item


@transaction.atomic
def move_item(*, item: AgendaItem, up: bool, by: User, now: datetime) -> None:
    """Let an item come one earlier or later. Raises `Cancelled`, `MinutesApproved`, `PartnershipPutAway`."""
    fresh = to_prepare(item.meeting)
    order = list(fresh.items.standing().values_list("pk", flat=True))
    if item.pk not in order:
        return
    at = order.index(item.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(order):
        return
    order[at], order[to] = order[to], order[at]
    for place, pk in enumerate(order, start=1):
        fresh.items.filter(pk=pk).exclude(at=place).update(at=place)
    _changed(fresh, "items_ordered", by=by, now=now)


@transaction.atomic
def take_out(*, item: AgendaItem, out: bool, by: User, now: datetime) -> None:
    """Take an item out with all that was noted of it, or put it back; twice is once.

    Raises `TooManyItems`, `DecisionReversed`, `DoesNotStand`, `TooMuch`, `Cancelled`, `MinutesApproved`,
    `PartnershipPutAway`.
    """
    fresh = to_prepare(item.meeting)
    if not out and fresh.items.filter(removed_at=None).count() >= MOST_ITEMS:
        raise TooManyItems
    rows = fresh.items.filter(pk=item.pk, removed_at__isnull=out)
    if out:
        refuse_reversed(item)
    else:
        refuse_replaced_meanwhile(item)
    # The version too: who is just writing a decision on it is told that it has changed.
    if rows.update(removed_at=now if out else None, version=F("version") + 1, updated_at=now):
        refuse_too_much(fresh.board, getattr(item, "decision", None))
        _changed(fresh, "item_taken_out" if out else "item_put_back", by=by, now=now)


def _checked(meeting: BoardMeeting, facts: ItemFacts) -> dict[str, object]:
    title = line(facts.title, LONGEST_TITLE)
    if not title:
        raise TitleMissing
    who = facts.brought_by
    if who and not BoardMember.objects.of(meeting.board).sitting(meeting.day).filter(pk=who.pk).exists():
        raise NotOnTheBoard
    return {"kind": ItemKind(facts.kind), "title": title, "text": text(facts.text), "brought_by": who}


def _changed(meeting: BoardMeeting, action: str, *, by: User, now: datetime) -> None:
    """Note a change of the agenda; papers that were sent are not the newest any more."""
    if meeting.called_at and meeting.state == MeetingState.PLANNED:
        BoardMeeting.objects.filter(pk=meeting.pk).update(sequence=F("sequence") + 1)
    record_history(record=meeting, action=action, by=by, now=now)

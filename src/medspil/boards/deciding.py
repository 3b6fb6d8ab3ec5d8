"""Write down what the board decided on an item, with the votes; and let a later decision take the place of one.

A board that is not able to decide decides nothing: without the quorum nothing is written down as a decision, and the
minutes say by themselves that the board was not able to decide.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.boards.keeping import to_write
from medspil.boards.models import (
    AgendaItem,
    Board,
    BoardDecision,
    BoardMeeting,
    Choice,
    Earmark,
    ItemKind,
    Vote,
    Way,
)
from medspil.boards.quorum import Quorum
from medspil.boards.register import register
from medspil.boards.rules import rules_on
from medspil.boards.spending import left_by_earmark
from medspil.boards.texts import line, text
from medspil.boards.voting import Tally, in_room, outcomes, quorum_for
from medspil.common.models import EditConflict

LONGEST_PURPOSE = 300


class NotForDecision(Exception):
    """An item that the board only hears or talks about."""

    def __init__(self) -> None:
        super().__init__(_("This item is not one for decision. Make it one on the agenda first."))


class NothingDecided(Exception):
    """A decision without words."""

    def __init__(self) -> None:
        super().__init__(_("Write what is decided, so that somebody who was not there understands it."))


class NoRules(Exception):
    """A board without rules decides nothing."""

    def __init__(self) -> None:
        super().__init__(_("No rules of procedure hold on the day of this meeting. Adopt rules first."))


class NotAbleToDecide(Exception):
    """Too few take part in the item."""

    def __init__(self, there: Quorum) -> None:
        words = _(
            "The board is not able to decide on this: %(present)d take part, and %(needed)d of the %(seated)d members "
            "are needed. The minutes say so. Bring the item again at the next meeting."
        )
        super().__init__(words % {"present": there.present, "needed": there.needed, "seated": there.seated})


class MayNotVote(Exception):
    """A vote of somebody who takes no part in the item."""

    def __init__(self, names: str) -> None:
        words = _("Does not vote, being not at the meeting or out of the room for this item: %(names)s. Save again.")
        super().__init__(words % {"names": names or "?"})


class VoteMissing(Exception):
    """Somebody who takes part and has no vote."""

    def __init__(self, names: str) -> None:
        words = _("Note what each of those who take part voted; who does not want to, abstains. Missing: %(names)s.")
        super().__init__(words % {"names": names})


class NotSecret(Exception):
    """A secret ballot of which the rules of procedure know nothing."""

    def __init__(self) -> None:
        super().__init__(_("The rules of procedure do not say that votes can be by secret ballot."))


class BallotsDoNotAddUp(Exception):
    """More or fewer ballots than people who vote."""

    def __init__(self, part: int) -> None:
        words = _("Count again: %(part)d take part, and each hands in one ballot, blank or not.")
        super().__init__(words % {"part": part})


class NoSuchSum(Exception):
    """Money without a sum to take it of, or the reverse."""

    def __init__(self) -> None:
        super().__init__(
            _("Say of which sum, how many whole kroner and for what; or leave all three empty if no money is used.")
        )


class TooMuch(Exception):
    """More than is left of a sum."""

    def __init__(self, left: int) -> None:
        words = _("There is not so much left of this sum: %(left)s kroner are not decided on yet.")
        super().__init__(words % {"left": number_format(max(left, 0), force_grouping=True)})


class DoesNotStand(Exception):
    """A decision that cannot be replaced."""

    def __init__(self) -> None:
        super().__init__(
            _("Only a decision of this board that stands can be replaced, and not by itself or by an earlier one.")
        )


class DecisionReversed(EditConflict):
    """A later decision took the place of this one."""

    sentence = _("A later decision took the place of this one, so it stays. Change the later one first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the board was asked, how it answered, what of which sum it uses, and which decision it replaces.

    `votes` are by the keys of the attendances; none where the board agreed without a vote. `ballots` are those of a
    secret ballot, by their number alone.
    """

    text: str
    way: str
    votes: Mapping[int, str] = field(default_factory=dict)
    ballots: Tally | None = None
    earmark: Earmark | None = None
    kroner: int | None = None
    purpose: str = ""
    reverses: BoardDecision | None = None


@transaction.atomic
def decide(
    *, item: AgendaItem, said: Proposal, expected_version: int, by: User, now: datetime, noted: str | None = None
) -> BoardDecision:
    """Write down what was decided on an item, or write it otherwise; of two who do so at once one is told.

    `noted` is what was said of it, where that is written in the same go: both are kept, or neither is.
    Raises `NotForDecision`, `NothingDecided`, `NoRules`, `NotAbleToDecide`, `MayNotVote`, `VoteMissing`,
    `NotSecret`, `BallotsDoNotAddUp`, `NoSuchSum`,
    `TooMuch`, `DoesNotStand`, `DecisionReversed`, `NotHeld`, `MinutesApproved`, `TextTooLong`, `LineTooLong`,
    `CprNumberFound`, `EditConflict`.
    """
    meeting = to_write(item.meeting)
    words = text(said.text)
    if not words:
        raise NothingDecided
    if item.kind != ItemKind.DECISION or item.removed_at:
        raise NotForDecision
    votes = _votes(item, meeting, said)
    fields = (
        {"text": words, "way": Way(said.way)} | _ballots(said) | _money(meeting, said) | {"reverses": said.reverses}
    )
    refuse_reversed(item)
    _refuse_not_standing(item, meeting, said.reverses)
    told = {} if noted is None else {"noted": text(noted)}
    item.save_changes(expected_version=expected_version, now=now, **told)
    made, new = BoardDecision.objects.update_or_create(
        item=item,
        defaults=fields | {"updated_at": now},
        create_defaults=fields | {"created_at": now, "updated_at": now},
    )
    made.votes.all().delete()
    Vote.objects.bulk_create(Vote(decision=made, attendance_id=key, choice=Choice(one)) for key, one in votes.items())
    refuse_too_much(meeting.board, made)
    record_history(record=meeting, action="decided" if new else "decision_changed", by=by, now=now)
    return made


def refuse_reversed(item: AgendaItem) -> None:
    """Raise `DecisionReversed` for an item whose decision was replaced by one that was decided."""
    board = item.meeting.board
    if any(one.reversed_by for one in register(board) if one.decision.item_id == item.pk):
        raise DecisionReversed


def refuse_replaced_meanwhile(item: AgendaItem) -> None:
    """Raise `DoesNotStand` for an item put back that would replace what another decision has replaced by now."""
    one = BoardDecision.objects.filter(item=item).with_votes().first()
    if one and outcomes([one])[one.pk].decided:
        _refuse_not_standing(item, item.meeting, one.reverses)


def refuse_too_much(board: Board, last: BoardDecision | None) -> None:
    """Raise `TooMuch` where decisions use more of a sum than there is; asked once the last one is written."""
    for earmark, left in left_by_earmark(board).items():
        if left < 0:
            own = last.kroner or 0 if last and last.earmark_id == earmark else 0
            raise TooMuch(left + own)


def _votes(item: AgendaItem, meeting: BoardMeeting, said: Proposal) -> dict[int, str]:
    """Return the votes of those who take part, once the board is able to decide."""
    part = {one.pk for one in in_room(item, meeting.attendances.all())}
    there = quorum_for(meeting, len(part))
    if there is None:
        raise NoRules
    if not there.reached:
        raise NotAbleToDecide(there)
    if said.way == Way.SECRET:
        rules = rules_on(meeting.board, meeting.day)
        if rules is None or not rules.secret_ballot:
            raise NotSecret
        if said.ballots is None or said.ballots.cast != len(part):
            raise BallotsDoNotAddUp(len(part))
    if said.way != Way.VOTE:
        return {}
    if set(said.votes) - part:
        raise MayNotVote(_names(meeting, set(said.votes) - part))
    if missing := part - set(said.votes):
        raise VoteMissing(_names(meeting, missing))
    return dict(said.votes)


def _ballots(said: Proposal) -> dict[str, int | None]:
    """Return how many ballots there were of each; nothing where the vote was not secret."""
    told = said.ballots if said.way == Way.SECRET else None
    return {
        "ballots_for": told.for_it if told else None,
        "ballots_against": told.against if told else None,
        "ballots_blank": told.abstain if told else None,
    }


def _names(meeting: BoardMeeting, keys: set[int]) -> str:
    """Return who filled seats of a meeting, to be named in a sentence."""
    return ", ".join(one.sitter.shown_name for one in meeting.attendances.filter(pk__in=keys).for_page())


def _money(meeting: BoardMeeting, said: Proposal) -> dict[str, object]:
    """Return what of which sum is used for what."""
    purpose = line(said.purpose, LONGEST_PURPOSE)
    if said.earmark is None and not said.kroner and not purpose:
        return {"earmark": None, "kroner": None, "purpose": ""}
    if said.earmark is None or not said.kroner or said.kroner < 1 or not purpose:
        raise NoSuchSum
    if said.earmark.board_id != meeting.board_id or not open_on(said.earmark, meeting):
        raise NoSuchSum
    return {"earmark": said.earmark, "kroner": said.kroner, "purpose": purpose}


def open_on(earmark: Earmark, meeting: BoardMeeting) -> bool:
    """Return whether a sum is there on the day of a meeting."""
    begun = earmark.archived_at is None and earmark.from_on <= meeting.day
    return begun and (earmark.to_on is None or meeting.day <= earmark.to_on)


def _refuse_not_standing(item: AgendaItem, meeting: BoardMeeting, old: BoardDecision | None) -> None:
    """Raise `DoesNotStand` for a decision that this one cannot take the place of."""
    if old is None:
        return
    told = next((one for one in register(meeting.board) if one.decision.pk == old.pk), None)
    if told is None or not told.outcome.decided:
        raise DoesNotStand
    by_another = told.reversed_by is not None and told.reversed_by.item_id != item.pk
    before = told.decision.item
    if by_another or (before.meeting.starts_at, before.at) >= (meeting.starts_at, item.at):
        raise DoesNotStand

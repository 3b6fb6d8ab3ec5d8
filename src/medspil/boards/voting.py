"""The one place that says who takes part in an item, and what came of a vote.

**Who takes part.** Those who are at the meeting, in their own seat or as a substitute, and have not left the room for
the item. Whoever has an interest of her or his own in it (a contract, a job, a relative, a club that gets the money) is
disqualified: she says so herself, leaves the room before the item is talked about, does not vote, and is not counted
among those who are there when the quorum is asked for. How many must be there stays what the rules say of the whole
board: a board that cannot decide without those who are disqualified brings the item again, with their substitutes.

**What came of it.** A result is stored nowhere. It follows from the votes, from who was there, and from the rules of
procedure that held on the day of the meeting; once the minutes are approved, from what they say, whatever is corrected
of seats and rules later. Whoever leads the meeting has the casting vote, where the rules give one, as she voted
herself; where she abstains or has left the room, equal votes are no majority. Of a secret ballot only the numbers are
known: there is no casting vote in it, and equal votes are no majority either.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.boards.models import (
    AgendaItem,
    ApprovedMinutes,
    Attendance,
    BoardDecision,
    BoardMeeting,
    BoardMember,
    Choice,
    Majority,
    RulesOfProcedure,
    Way,
)
from medspil.boards.quorum import Quorum, quorum
from medspil.boards.rules import rules_on
from medspil.boards.standing import seated


class Result(models.TextChoices):
    """What came of what was put to the board."""

    DECIDED = "decided", _("decided")
    FELL = "fell", _("not decided: too few were for it")
    NOT_ABLE = "not_able", _("the board was not able to decide")


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes of those who took part."""

    for_it: int
    against: int
    abstain: int

    @property
    def cast(self) -> int:
        """Return how many votes there are."""
        return self.for_it + self.against + self.abstain


def secret_tally(decision: BoardDecision) -> Tally | None:
    """Return the ballots of a secret ballot; None of any other decision."""
    if decision.way != Way.SECRET:
        return None
    return Tally(decision.ballots_for or 0, decision.ballots_against or 0, decision.ballots_blank or 0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result with what it follows from; `casting` says that the vote of whoever led the meeting decided."""

    result: Result
    tally: Tally
    quorum: Quorum | None
    casting: bool = False

    @property
    def decided(self) -> bool:
        """Whether it was decided."""
        return self.result is Result.DECIDED


def in_room(item: AgendaItem, there: Iterable[Attendance]) -> list[Attendance]:
    """Return who takes part in an item, of those who are at the meeting. One query, or none where it was prefetched."""
    out = {one.attendance_id for one in item.out_of_room.all()}
    return [one for one in there if one.is_there and one.pk not in out]


def quorum_for(meeting: BoardMeeting, present: int) -> Quorum | None:
    """Return the quorum of a meeting with so many there; None where no rules hold on its day. Two queries."""
    rules = rules_on(meeting.board, meeting.day)
    return quorum(rules, seated=len(seated(meeting.board, meeting.day)), present=present) if rules else None


def outcomes(decisions: Iterable[BoardDecision]) -> dict[int, Outcome]:
    """Return what came of decisions, by their keys. The decisions come `with_votes`. Three queries."""
    rows = list(decisions)
    approved = _approved(one.item.meeting_id for one in rows)
    boards = {one.item.meeting.board_id for one in rows}
    rules: dict[int, list[RulesOfProcedure]] = defaultdict(list)
    for each in RulesOfProcedure.objects.filter(board__in=boards).order_by("-holds_from", "-number"):
        rules[each.board_id].append(each)
    members: dict[int, list[BoardMember]] = defaultdict(list)
    for member in BoardMember.objects.filter(constituency__board__in=boards).members().select_related("constituency"):
        members[member.constituency.board_id].append(member)
    found = {}
    for one in rows:
        meeting = one.item.meeting
        if one.item_id in approved:
            found[one.pk] = approved[one.item_id]
            continue
        holding = next((each for each in rules[meeting.board_id] if each.holds_from <= meeting.day), None)
        sits = sum(each.sits(meeting.day) for each in members[meeting.board_id])
        found[one.pk] = outcome(one, holding, sits)
    return found


def _approved(meetings: Iterable[int]) -> dict[int, Outcome]:
    """Return by item what approved minutes say came of a decision. One query."""
    found = {}
    for content in ApprovedMinutes.objects.filter(meeting__in=set(meetings)).values_list("content", flat=True):
        for item in content.get("items", ()):
            if told := item["decision"]:
                count = Counter(vote["choice"] for vote in told["votes"])
                tally = Tally(count[Choice.FOR], count[Choice.AGAINST], count[Choice.ABSTAIN])
                if ballots := told.get("ballots"):
                    tally = Tally(ballots["for"], ballots["against"], ballots["blank"])
                there = Quorum(**item["quorum"]) if item["quorum"] else None
                found[item["key"]] = Outcome(Result(told["result"]), tally, there, told["casting"])
    return found


def outcome(decision: BoardDecision, rules: RulesOfProcedure | None, sits: int) -> Outcome:
    """Return what came of a decision by the rules of its day, of a board on which so many sat."""
    meeting = decision.item.meeting
    part = in_room(decision.item, meeting.attendances.all())
    voted = {one.attendance_id: one.choice for one in decision.votes.all()}
    count = Counter(voted[one.pk] for one in part if one.pk in voted)
    open_ = Tally(count[Choice.FOR], count[Choice.AGAINST], count[Choice.ABSTAIN])
    tally = secret_tally(decision) or open_
    if rules is None:
        return Outcome(Result.NOT_ABLE, tally, None)
    there = quorum(rules, seated=sits, present=len(part))
    if not there.reached:
        return Outcome(Result.NOT_ABLE, tally, there)
    if decision.way == Way.AGREED:
        return Outcome(Result.DECIDED, tally, there)
    led = next((voted.get(one.pk) for one in part if _sits_in(one) == meeting.chaired_by_id), None)
    carried, casting = _carried(tally, rules, led, len(part))
    return Outcome(Result.DECIDED if carried else Result.FELL, tally, there, casting)


def _carried(tally: Tally, rules: RulesOfProcedure, led: str | None, part: int) -> tuple[bool, bool]:
    """Tell whether something is carried, and whether by the casting vote of whoever led the meeting."""
    equal = tally.for_it == tally.against
    casts = rules.casting_vote and equal and tally.for_it > 0 and led in (Choice.FOR, Choice.AGAINST)
    match Majority(rules.majority):
        case Majority.SIMPLE:
            return (led == Choice.FOR, True) if casts else (tally.for_it > tally.against, False)
        case Majority.ABSOLUTE:
            if casts and 2 * tally.for_it == part:
                return led == Choice.FOR, True
            return 2 * tally.for_it > part, False
        case Majority.TWO_THIRDS:
            return tally.for_it > 0 and 3 * tally.for_it >= 2 * (tally.for_it + tally.against), False
        case Majority.NOBODY_AGAINST:
            return tally.for_it > 0 and tally.against == 0, False


def _sits_in(row: Attendance) -> int:
    """Return the key of who filled a seat."""
    return row.substitute_id or row.member_id

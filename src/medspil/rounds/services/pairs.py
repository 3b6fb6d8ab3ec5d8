"""What people say about single pairs: lock, ban, let go, move to another, and take the last change back.

Everything that is said about pairs of one board at the same time is a conflict, by two people or in two windows of one:
what either saw the price of was the whole board. The later one gets `EditConflict`, and the choice can be sent again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.allocation import ProblemInvalid
from medspil.areas.changes import Part, change
from medspil.rounds.answering import answer
from medspil.rounds.building import PERSON
from medspil.rounds.differences import Differences, differences
from medspil.rounds.models import Demand, PairKind, PairOrigin, PairRule, Proposal, Round, Supply
from medspil.rounds.naming import labels_of, refer
from medspil.rounds.sentences import Names, notice_line
from medspil.rounds.services.creation import refuse_closed
from medspil.rounds.services.running import TooLarge, snapshot
from medspil.rounds.services.seen import refuse_unseen
from medspil.rounds.sheet import Barred, Held, Sheet


class NotThere(Exception):
    """What was to be moved is not on the board any more."""

    def __init__(self) -> None:
        super().__init__(_("The board has changed: there is no longer so much to move. Look at it again."))


class NothingToUndo(Exception):
    """Nobody has changed anything yet."""

    def __init__(self) -> None:
        super().__init__(_("There is no change to take back."))


@dataclass(frozen=True, slots=True)
class Said:
    """One pair and what is said about it; no kind lets go of lock and ban."""

    demand: int
    supply: int
    kind: PairKind | None
    amount: int | None = None


def moved(proposal: Proposal | None, *, demand: int, old: int, new: int, amount: int) -> list[Said]:
    """Return what a move says: so many go to the new giver, the rest stays where it is. Raises `NotThere`."""
    has = {
        int(pair["giver"]): int(pair["amount"])
        for pair in (proposal.answer["pairs"] if proposal else [])
        if pair["asker"] == str(demand)
    }
    if old == new or not 1 <= amount <= has.get(old, 0):
        raise NotThere
    rest = has[old] - amount
    left = Said(demand, old, PairKind.LOCK, rest) if rest else Said(demand, old, PairKind.BAN)
    return [Said(demand, new, PairKind.LOCK, has.get(new, 0) + amount), left]


def decide(
    *,
    round_: Round,
    said: Iterable[Said],
    expected_version: int,
    by: User,
    now: datetime,
    reason: str = "",
) -> Round:
    """Say something about pairs. Raises `RoundClosed`, `EditConflict`, `CprNumberFound`, Django's `ValidationError`."""
    wanted = {(one.demand, one.supply): one for one in said}

    def parts(current: Round) -> Mapping[str, Part]:
        refuse_closed(current)
        rules = {(one.demand_id, one.supply_id): one for one in PairRule.objects.filter(round=current)}
        names = _names(current, wanted)
        fresh = {
            pair: one
            for pair, one in wanted.items()
            if (there := rules.get(pair)) is None or (there.kind, there.amount) != (one.kind, one.amount)
        }
        gone = [rules[pair] for pair in fresh if pair in rules]
        made = [
            PairRule(
                round=current,
                demand_id=one.demand,
                supply_id=one.supply,
                kind=one.kind,
                amount=one.amount,
                reason=reason.strip(),
                origin=PairOrigin.PERSON,
                by=by,
                at=now,
            )
            for one in fresh.values()
            if one.kind
        ]
        for rule in made:
            rule.clean_fields()
        old = [_told(names[one.demand_id, one.supply_id], one) for one in gone]
        new = [_told(names[one.demand_id, one.supply_id], one) for one in made]

        def write() -> None:
            PairRule.objects.filter(pk__in=[one.pk for one in gone]).delete()
            PairRule.objects.bulk_create(made)

        if not gone and not made:
            return {}
        refuse_unseen(current, since=expected_version, names={"pairs"})
        return {"pairs": Part(old, [*new, reason.strip()] if reason.strip() else new, write)}

    return change(round_, expected_version=expected_version, by=by, now=now, parts=parts)


def undo(*, round_: Round, expected_version: int, by: User, now: datetime) -> Round:
    """Take back the last thing that was said about pairs. Raises `NothingToUndo`, `RoundClosed`, `EditConflict`."""
    shown = round_.proposal
    if shown is None:
        raise NothingToUndo

    def parts(current: Round) -> Mapping[str, Part]:
        refuse_closed(current)
        refuse_unseen(current, since=expected_version, names={"pairs"})
        rules = list(PairRule.objects.filter(round=current).order_by("demand", "supply"))
        # What was said since the proposal on the board goes first; otherwise back to the one before it.
        said_since = snapshot(rules) != shown.pair_rules
        target = shown if said_since else shown.replaces
        if target is None:
            raise NothingToUndo
        back = [_rule(current, one) for one in target.pair_rules]

        def write() -> None:
            PairRule.objects.filter(round=current).delete()
            PairRule.objects.bulk_create(back)

        return {"pairs": Part("", f"← {target.number}", write)}

    return change(round_, expected_version=expected_version, by=by, now=now, parts=parts)


def price(*, proposal: Proposal, sheet: Sheet, said: Iterable[Said]) -> tuple[Differences, list[str]]:
    """Return what it would do to the board to say this, and what of it could not be kept; nothing is written.

    Where the proposal is of an earlier question, it is laid beside what the next run would be without it.
    Raises `TooLarge`.
    """
    changed = with_said(sheet, said)
    before, asked = proposal.answer, proposal.question
    try:
        if proposal.fingerprint != sheet.fingerprint:
            before, asked = answer(sheet, standing=proposal.answer["pairs"]), sheet.plain()
        found = answer(changed, standing=before["pairs"])
    except ProblemInvalid as trouble:
        raise TooLarge from trouble
    question = changed.plain()
    labels = labels_of(proposal.round_id)
    names = Names(question, labels)
    told = differences(
        before=before,
        after=found,
        question_before=asked,
        question_after=question,
        labels=labels,
    )
    there = {str(one) for one in before["notices"]}
    return told, [notice_line(one, names) for one in found["notices"] if str(one) not in there]


def with_said(sheet: Sheet, said: Iterable[Said]) -> Sheet:
    """Return the question as it would be."""
    told = {(str(one.demand), str(one.supply)): one for one in said}
    held = [one for one in sheet.held if (one.asker, one.giver) not in told]
    barred = [one for one in sheet.barred if (one.asker, one.giver) not in told or one.why != PERSON]
    held += [Held(*pair, one.amount) for pair, one in told.items() if one.kind == PairKind.LOCK]
    there = {(one.asker, one.giver) for one in barred}
    barred += [Barred(*pair, PERSON) for pair, one in told.items() if one.kind == PairKind.BAN and pair not in there]
    return sheet.with_pairs(held=tuple(held), barred=tuple(barred))


def _names(round_: Round, pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """Return how the history refers to pairs, whose rows must be of this round."""
    asked, given = {demand for demand, _supply in pairs}, {supply for _demand, supply in pairs}
    demands = set(Demand.objects.filter(round=round_, pk__in=asked).values_list("pk", flat=True))
    supplies = set(Supply.objects.filter(round=round_, pk__in=given).values_list("pk", flat=True))
    if asked != demands or given != supplies:
        raise NotThere
    return {pair: f"{refer(pair[0], asks=True)} – {refer(pair[1], asks=False)}" for pair in pairs}


def _told(names: str, rule: PairRule) -> str:
    amount = f" ({rule.amount})" if rule.amount else ""
    return f"{names}: {PairKind(rule.kind).label}{amount}"


def _rule(round_: Round, told: Mapping[str, Any]) -> PairRule:
    return PairRule(
        round=round_,
        demand_id=told["demand"],
        supply_id=told["supply"],
        kind=told["kind"],
        amount=told["amount"],
        reason=told["reason"],
        origin=told["origin"],
        by_id=told["by"],
        at=datetime.fromisoformat(told["at"]),
    )

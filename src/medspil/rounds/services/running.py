"""Run a round: the question as it stands now, its answer, stored once; small ones at once, large ones by the worker."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import monotonic
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.allocation import ProblemInvalid
from medspil.rounds.answering import Tell, answer, silent
from medspil.rounds.building import Rows, rows_of, sheet_of_round, sheet_of_rows
from medspil.rounds.lock_costs import lock_costs
from medspil.rounds.models import PairRule, Proposal, Round, Solving, SolvingState
from medspil.rounds.services.creation import refuse_closed
from medspil.rounds.sheet import Sheet

AT_ONCE = 100_000
"""Pairs that may be judged while somebody waits: some seconds at most. More are the worker's."""
SILENCE = timedelta(minutes=5)

Clock = Callable[[], datetime]


class NothingToShare(Exception):
    """One side of the round is empty."""

    def __init__(self) -> None:
        super().__init__(_("Both sides need at least one row before there is something to share out."))


class TooLarge(Exception):
    """More than one round can be."""

    def __init__(self) -> None:
        super().__init__(_("This is more than one allocation can hold. Share the rows out over several."))


class AlreadyRunning(Exception):
    """The worker is at it."""

    def __init__(self) -> None:
        super().__init__(_("This allocation is being worked out already. Wait until it is done."))


@dataclass(frozen=True, slots=True)
class Standing:
    """A round as it stands: its rows, the question they make, and whether the proposal on the board answers it."""

    rows: Rows
    sheet: Sheet
    current: bool


def standing(round_: Round, *, on: date) -> Standing:
    """Return the round's rows and question, and whether its proposal is of this very question."""
    rows = rows_of(round_, on=on)
    sheet = sheet_of_rows(round_, rows, on=on)
    shown = round_.proposal
    return Standing(rows, sheet, shown is not None and shown.fingerprint == sheet.fingerprint)


def is_large(sheet: Sheet) -> bool:
    """Return whether a question takes longer than somebody should wait for a page."""
    return len(sheet.askers) * len(sheet.givers) > AT_ONCE


def run(*, round_: Round, by: User | None, now: datetime, tell: Tell = silent, taking_back: bool = False) -> Proposal:
    """Return the proposal for the round as it stands; the same question finds the proposal that is there.

    It goes on the board unless the round has changed meanwhile. `taking_back` says that it is the one before.
    Raises `NothingToShare`, `TooLarge`, `RoundClosed`.
    """
    refuse_closed(round_)
    on = timezone.localdate(now)
    sheet = sheet_of_round(round_, on=on)
    if not sheet.askers or not sheet.givers:
        raise NothingToShare
    proposal = Proposal.objects.filter(round=round_, fingerprint=sheet.fingerprint).first()
    if proposal is None:
        try:
            shown = round_.proposal
            found = answer(sheet, standing=shown.answer["pairs"] if shown else (), tell=tell)
        except ProblemInvalid as trouble:
            raise TooLarge from trouble
        if sheet.held:
            found["lock_costs"] = lock_costs(sheet, found, elapsed=_stop_watch())
        proposal = _stored(round_, sheet, found, by=by, now=now)
    elif sheet.held and "lock_costs" not in proposal.answer:
        proposal.answer["lock_costs"] = lock_costs(sheet, proposal.answer, elapsed=_stop_watch())
        Proposal.objects.filter(pk=proposal.pk).update(answer=proposal.answer)
    _put_on_board(round_, proposal, on=on, taking_back=taking_back)
    return proposal


def start(*, round_: Round, by: User, now: datetime) -> Solving:
    """Ask the worker for a long run; a run that fell silent is given up for it. Raises `AlreadyRunning`."""
    refuse_closed(round_)
    with transaction.atomic():
        under_way = Solving.objects.filter(round=round_).under_way()
        under_way.filter(alive_until__lt=now).update(state=SolvingState.FAILED, trouble=str(_FELL_SILENT))
        if under_way.exists():
            raise AlreadyRunning
        try:
            with transaction.atomic():
                return Solving.objects.create(round=round_, by=by, asked_at=now, alive_until=now + SILENCE)
        except IntegrityError:
            raise AlreadyRunning from None


def work(*, solving: Solving, clock: Clock, tell: Tell = silent) -> None:
    """Do a long run that waits; its trouble stands on it. Only one worker does it."""
    now = clock()
    mine = Solving.objects.filter(pk=solving.pk, state=SolvingState.WAITING)
    if not mine.update(state=SolvingState.RUNNING, alive_until=now + SILENCE):
        return
    said_at = now

    def told(phase: str, done: int, total: int) -> None:
        nonlocal said_at
        moment = clock()
        if moment - said_at > SILENCE / 10:
            said_at = moment
            Solving.objects.filter(pk=solving.pk).update(alive_until=moment + SILENCE)
        tell(phase, done, total)

    state, trouble = SolvingState.FAILED, str(_FELL_SILENT)
    try:
        run(round_=solving.round, by=solving.by, now=now, tell=told)
        state, trouble = SolvingState.DONE, ""
    except (NothingToShare, TooLarge) as problem:
        trouble = str(problem)
    finally:
        Solving.objects.filter(pk=solving.pk, state=SolvingState.RUNNING).update(state=state, trouble=trouble)


def snapshot(rules: list[PairRule]) -> list[dict[str, Any]]:
    """Return locks and bans as they stand, to go back to."""
    return [
        {
            "demand": one.demand_id,
            "supply": one.supply_id,
            "kind": one.kind,
            "amount": one.amount,
            "reason": one.reason,
            "origin": one.origin,
            "by": one.by_id,
            "at": one.at.isoformat(),
        }
        for one in rules
    ]


_FELL_SILENT = _("The work stopped before it was done. Start it again.")


def _stop_watch() -> Callable[[], float]:
    """Return a function that tells the seconds since now: no time of the day, only how long somebody has waited."""
    began = monotonic()
    return lambda: monotonic() - began


def _stored(round_: Round, sheet: Sheet, found: dict[str, Any], *, by: User | None, now: datetime) -> Proposal:
    """Store an answer, or find the one that somebody was faster with."""
    rules = list(PairRule.objects.filter(round=round_).order_by("demand", "supply"))
    with transaction.atomic():
        Round.objects.select_for_update().get(pk=round_.pk)
        there = Proposal.objects.filter(round=round_, fingerprint=sheet.fingerprint).first()
        if there:
            return there
        last = Proposal.objects.filter(round=round_).aggregate(last=Max("number"))["last"] or 0
        return Proposal.objects.create(
            round=round_,
            number=last + 1,
            by=by,
            at=now,
            fingerprint=sheet.fingerprint,
            question=sheet.plain(),
            answer=found,
            pair_rules=snapshot(rules),
            replaces=Round.objects.get(pk=round_.pk).proposal,
        )


def _put_on_board(round_: Round, proposal: Proposal, *, on: date, taking_back: bool) -> None:
    """Show a proposal on the board if the round still asks its question."""
    fresh = Round.objects.select_related("proposal").get(pk=round_.pk)
    before = fresh.proposal
    if before == proposal or sheet_of_round(fresh, on=on).fingerprint != proposal.fingerprint:
        round_.proposal = before
        return
    Round.objects.filter(pk=round_.pk, proposal=before).update(proposal=proposal)
    if before and proposal.number < before.number and not taking_back:
        # An earlier question was asked again: what stood before it now is what it is compared with and taken back to.
        Proposal.objects.filter(pk=proposal.pk).update(replaces=before)
    round_.proposal = proposal

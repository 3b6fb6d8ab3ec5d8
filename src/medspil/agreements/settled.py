"""What becomes of a version that all have confirmed: in force, paused, taken up again, ended with what came of it."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.agreements.models import LONGEST_TEXT, SETTLED, Agreement, AgreementState
from medspil.agreements.states import By, StepNotAllowed, refuse_step
from medspil.agreements.writing import TextTooLong
from medspil.common.privacy import refuse_cpr
from medspil.partnerships import standing
from medspil.partnerships.models import EndReason, Partnership, Standing

LONGEST_WHY = 300


class ReasonMissing(Exception):
    """Something is stopped without a word of why, or with too many."""

    def __init__(self) -> None:
        super().__init__(_("Say why, in at most 300 characters."))


class ReviewMissing(Exception):
    """An agreement is ended without looking back."""

    def __init__(self) -> None:
        super().__init__(_("Write what came of it: what was reached, what was not, and what you would do again."))


def newest_settled(partnership: Partnership, *, on: date) -> Agreement | None:
    """Return the version that counts on a day, whether in force, paused or ended; None before the first. One query."""
    return Agreement.objects.of(partnership).settled(on).first()


def settled_versions(partnership: Partnership, *, on: date) -> tuple[Agreement | None, list[Agreement]]:
    """Return the version that counts on a day, and those that all have confirmed whose first day lies ahead. One query.

    Of one that a newer one replaces before its day has come nothing is left to say.
    """
    found = list(Agreement.objects.of(partnership).filter(state__in=SETTLED).order_by("-number"))
    counts = next((one for one in found if one.starts_on and one.starts_on <= on), None)
    ahead: list[Agreement] = []
    for one in found:
        if one == counts:
            break
        if one.state != AgreementState.ENDED and not any(_starts_first(newer, one) for newer in ahead):
            ahead.append(one)
    return counts, ahead[::-1]


def _starts_first(one: Agreement, other: Agreement) -> bool:
    """Whether a version is in force no later than another."""
    return bool(one.starts_on and other.starts_on and one.starts_on <= other.starts_on)


def in_force(partnership: Partnership, *, on: date) -> Agreement | None:
    """Return the version in force on a day: all have confirmed it, its day has come, and it is not paused or ended."""
    found = newest_settled(partnership, on=on)
    return found if found and found.state == AgreementState.CONFIRMED else None


@transaction.atomic
def pause(
    *, agreement: Agreement, why: str, expected_version: int, by: User, now: datetime, partnership_too: bool = False
) -> Agreement:
    """Let a version rest, with the reason; the partnership with it if that is said.

    Raises `ReasonMissing`, `StepNotAllowed`, `EditConflict`, and what `partnerships.standing.pause` raises.
    """
    reason = _reason(why)
    whole = _locked(agreement)
    done = _move(agreement, AgreementState.PAUSED, By.PAUSING, expected_version, by=by, now=now, state_why=reason)
    if partnership_too and whole.standing == Standing.GOING:
        day = timezone.localdate(now)
        standing.pause(partnership=whole, on=day, why=reason, expected_version=whole.version, by=by, now=now)
    return done


@transaction.atomic
def go_on(*, agreement: Agreement, expected_version: int, by: User, now: datetime) -> Agreement:
    """Take a version up again that was paused, or ended by mistake, and a partnership that does not go on with it.

    Raises `StepNotAllowed`, `EditConflict`, and what `partnerships.standing.take_up` raises.
    """
    whole = _locked(agreement)
    way = By.BRINGING_BACK if agreement.state == AgreementState.ENDED else By.GOING_ON
    done = _move(agreement, AgreementState.CONFIRMED, way, expected_version, by=by, now=now, state_why="")
    if whole.standing != Standing.GOING:
        day = timezone.localdate(now)
        standing.take_up(partnership=whole, on=day, expected_version=whole.version, by=by, now=now)
    return done


@transaction.atomic
def end(
    *,
    agreement: Agreement,
    why: str,
    review: str,
    expected_version: int,
    by: User,
    now: datetime,
    partnership_ends: EndReason | str = "",
) -> Agreement:
    """End a version, with the reason and what came of it; the partnership with it where a reason for that is named.

    Raises `ReasonMissing`, `ReviewMissing`, `TextTooLong`, `StepNotAllowed`, `EditConflict`, `CprNumberFound`, and what
    `partnerships.standing.end` raises.
    """
    looked_back = review.strip()
    if not looked_back:
        raise ReviewMissing
    if len(looked_back) > LONGEST_TEXT:
        raise TextTooLong(len(looked_back))
    refuse_cpr(looked_back)
    words = {"state_why": _reason(why), "review": looked_back}
    whole = _locked(agreement)
    done = _move(agreement, AgreementState.ENDED, By.ENDING, expected_version, by=by, now=now, **words)
    if partnership_ends and whole.standing != Standing.ENDED:
        said = standing.Review(reason=EndReason(partnership_ends), why=words["state_why"], worked=looked_back)
        day = timezone.localdate(now)
        standing.end(partnership=whole, on=day, review=said, expected_version=whole.version, by=by, now=now)
    return done


def _locked(agreement: Agreement) -> Partnership:
    """Return the partnership, which nobody moves before this is done: it is always taken before its agreements."""
    return Partnership.objects.select_for_update().get(pk=agreement.partnership_id)


def _reason(why: str) -> str:
    """Return a reason as it is stored. Raises `ReasonMissing`, `CprNumberFound`."""
    reason = why.strip()
    if not 0 < len(reason) <= LONGEST_WHY:
        raise ReasonMissing
    refuse_cpr(reason)
    return reason


@transaction.atomic
def _move(
    agreement: Agreement,
    after: AgreementState,
    way: By,
    expected_version: int,
    *,
    by: User,
    now: datetime,
    **words: str,
) -> Agreement:
    """Write a step of the version that counts; an older one is moved no more."""
    refuse_step(agreement.state, after, way)
    if Agreement.objects.of(agreement.partnership).filter(number__gt=agreement.number, state__in=SETTLED).exists():
        raise StepNotAllowed
    day = timezone.localdate(now)
    agreement.save_changes(expected_version=expected_version, now=now, state=after, state_on=day, **words)
    record_history(record=agreement, action=f"agreement_{way.value}", by=by, now=now)
    return agreement

"""Pause a partnership, take it up again, end it with its reason and what was learned, put it away and bring it back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.areas.changes import set_archived
from medspil.common.privacy import refuse_cpr
from medspil.linking.asking import refuse_ahead
from medspil.partnerships.editing import cleaned, refuse_put_away
from medspil.partnerships.models import EndReason, Partnership, Standing
from medspil.partnerships.questions import drop_open

LONGEST_WHY = 300
# From where each step can be taken: one table.
MAY_FOLLOW = frozenset(
    {
        (Standing.GOING, Standing.PAUSED),
        (Standing.GOING, Standing.ENDED),
        (Standing.PAUSED, Standing.GOING),
        (Standing.PAUSED, Standing.ENDED),
        (Standing.ENDED, Standing.GOING),
        (Standing.ENDED, Standing.ENDED),  # what was learned is written later, or better
    }
)


class CannotFollow(Exception):
    """A step that does not follow from how the partnership stands."""

    def __init__(self) -> None:
        super().__init__(_("This cannot be done with the partnership as it stands now. Load the page again."))


class WhyMissing(Exception):
    """A pause without saying why."""

    def __init__(self) -> None:
        super().__init__(_("Say why, in at most 300 characters."))


class BeforeItBegan(Exception):
    """A day before the partnership began."""

    def __init__(self) -> None:
        super().__init__(_("The day lies before the partnership began."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What the sides say when a partnership ends."""

    reason: EndReason
    why: str = ""
    worked: str = ""
    again: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A step that a partnership has just taken, for rooms above: from where, and why it stood there."""

    partnership: Partnership
    before: Standing
    why_before: str
    to: Standing
    on: date
    by: User
    now: datetime


Following = Callable[[Moved], None]
_also: list[Following] = []


def also_moves(follow: Following) -> Following:
    """Have a function of a room above follow each step of a partnership, in the same transaction.

    Named once, when the room is loaded (`AppConfig.ready`). Whatever is done by pages or other rooms comes by here.
    """
    if follow not in _also:
        _also.append(follow)
    return follow


@transaction.atomic
def pause(
    *, partnership: Partnership, on: date, why: str, expected_version: int, by: User, now: datetime
) -> Partnership:
    """Let a partnership pause from a day on. Raises `WhyMissing` and what `end` raises."""
    if not why.strip():
        raise WhyMissing
    return _move(
        partnership,
        Standing.PAUSED,
        {"standing_why": _why(why)},
        on=on,
        expected_version=expected_version,
        by=by,
        now=now,
    )


@transaction.atomic
def take_up(*, partnership: Partnership, on: date, expected_version: int, by: User, now: datetime) -> Partnership:
    """Let a partnership go on that paused or had ended; what was learned at an earlier end stays. Raises as `end`."""
    return _move(
        partnership,
        Standing.GOING,
        {"standing_why": "", "end_reason": ""},
        on=on,
        expected_version=expected_version,
        by=by,
        now=now,
    )


@transaction.atomic
def end(
    *, partnership: Partnership, on: date, review: Review, expected_version: int, by: User, now: datetime
) -> Partnership:
    """End a partnership with its reason and what was learned; questions that wait are taken back. Nothing is deleted.

    Raises `CannotFollow`, `DayAhead`, `BeforeItBegan`, `WhyMissing`, `TextTooLong`, `PartnershipPutAway`,
    `CprNumberFound`, `EditConflict`.
    """
    fields = {
        "end_reason": EndReason(review.reason).value,
        "standing_why": _why(review.why),
        "worked": cleaned(review.worked),
        "again": cleaned(review.again),
    }
    refuse_cpr(*fields.values())
    drop_open(partnership, now=now)
    return _move(partnership, Standing.ENDED, fields, on=on, expected_version=expected_version, by=by, now=now)


def put_away(*, partnership: Partnership, away: bool, by: User, now: datetime) -> bool:
    """Put a partnership away or bring it back; False when it was so already."""
    return set_archived(record=partnership, away=away, by=by, now=now)


def _move(
    partnership: Partnership,
    to: Standing,
    fields: dict[str, Any],
    *,
    on: date,
    expected_version: int,
    by: User,
    now: datetime,
) -> Partnership:
    refuse_put_away(partnership)
    if (Standing(partnership.standing), to) not in MAY_FOLLOW:
        raise CannotFollow
    refuse_ahead(on, now)
    if on < partnership.begun_on:
        raise BeforeItBegan
    before, why_before = Standing(partnership.standing), partnership.standing_why
    partnership.save_changes(expected_version=expected_version, now=now, standing=to.value, standing_on=on, **fields)
    told = {"standing": [before.value, to.value]} | (
        {"end_reason": fields["end_reason"]} if fields.get("end_reason") else {}
    )
    record_history(record=partnership, action=f"standing_{to.value}", by=by, now=now, changes=told)
    if before != to:
        moved = Moved(partnership=partnership, before=before, why_before=why_before, to=to, on=on, by=by, now=now)
        for follow in _also:
            follow(moved)
    return partnership


def _why(text: str) -> str:
    why = " ".join(text.split())
    if len(why) > LONGEST_WHY:
        raise WhyMissing
    refuse_cpr(why)
    return why

"""Plan a walk, change when and where, note that it was held, cancel it; each can be taken back.

Whoever was invited hears of every change at once: a new time or place, that it is cancelled, that it is on after all.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.common.models import EditConflict
from medspil.common.once import once
from medspil.common.privacy import refuse_cpr
from medspil.linking.asking import DayAhead, LinkPutAway
from medspil.linking.models import Link, LinkState
from medspil.mapping.places import Placed
from medspil.partnerships.models import Partnership, Standing
from medspil.walks.days import is_over, refuse_day, refuse_move
from medspil.walks.inviting import Address, tell_cancelled, tell_change
from medspil.walks.models import Walk, WalkState
from medspil.walks.ordering import locked, settled


class NotGoingOn(Exception):
    """The link was turned down or its partnership has ended: nobody plans a walk for it."""

    def __init__(self) -> None:
        super().__init__(_("This does not go on any more, so no walk is planned for it."))


class NowhereToMeet(Exception):
    """A walk without a meeting point."""

    def __init__(self) -> None:
        super().__init__(_("Write where you meet."))


class NotPlanned(EditConflict):
    """The walk was held or cancelled."""

    sentence = _("The walk was held or cancelled. Take that back first to change it.")


def plan_walk(
    *,
    link: Link,
    starts_at: datetime,
    meeting: Placed,
    walked: bool = False,
    creation_key: UUID,
    by: User,
    now: datetime,
) -> Walk:
    """Plan a walk for a link that goes on, or for the partnership it became; the same key again returns the walk.

    One on which people have been already (`walked`) is noted as held. Raises `LinkPutAway`, `NotGoingOn`,
    `NowhereToMeet`, `DayOver`, `DayAhead`, `LongAgo`, `CprNumberFound`.
    """

    def make() -> Walk:
        partnership = Partnership.objects.filter(link=link).first()
        _refuse_over(link, partnership)
        refuse_day(starts_at, walked=walked, now=now)
        made = Walk.objects.create(
            link=link, partnership=partnership, starts_at=starts_at, planned_by=by, creation_key=creation_key,
            state=WalkState.HELD if walked else WalkState.PLANNED, created_at=now, updated_at=now, **_meeting(meeting),
        )  # fmt: skip
        told = {"starts_at": ["", _written(starts_at)]}
        record_history(record=made, action="walk_noted" if walked else "walk_planned", by=by, now=now, changes=told)
        return made

    return once(Walk.objects.filter(creation_key=creation_key), make)


@transaction.atomic
def change_walk(
    *,
    walk: Walk,
    starts_at: datetime,
    meeting: Placed,
    expected_version: int,
    by: User,
    now: datetime,
    address: Address | None = None,
) -> Walk:
    """Say otherwise when or where people meet; whoever was invited is told, unless that day is over. The same again
    changes nothing.

    Raises `NowhereToMeet`, `NotPlanned`, `MovedBack`, `LongAgo`, `CprNumberFound`, `EditConflict`.
    """
    _refuse_unless_planned(walk)
    refuse_move(walk.starts_at, starts_at, now=now)
    fields = {"starts_at": starts_at} | _meeting(meeting)
    before = {name: getattr(walk, name) for name in fields}
    if before == fields:
        return walk
    walk.save_changes(expected_version=expected_version, now=now, sequence=walk.sequence + 1, **fields)
    moved = before["starts_at"] != starts_at
    told = {"starts_at": [_written(before["starts_at"]), _written(starts_at)]} if moved else {}
    record_history(record=walk, action="walk_moved" if moved else "walk_changed", by=by, now=now, changes=told)
    if (before["x"], before["y"]) != (walk.x, walk.y):
        settled(locked(walk), now)
    if not is_over(starts_at, now):
        tell_change(walk=walk, by=by, now=now, address=address)
    return walk


@transaction.atomic
def hold_walk(*, walk: Walk, expected_version: int, by: User, now: datetime) -> Walk:
    """Note that a walk was held, on its day or after it. Raises `DayAhead`, `NotPlanned`, `EditConflict`."""
    if walk.state == WalkState.HELD:
        return walk
    _refuse_unless_planned(walk)
    if _day(walk.starts_at) > timezone.localdate(now):
        raise DayAhead
    walk.save_changes(expected_version=expected_version, now=now, state=WalkState.HELD)
    record_history(record=walk, action="walk_held", by=by, now=now)
    return walk


@transaction.atomic
def cancel_walk(*, walk: Walk, why: str, expected_version: int, by: User, now: datetime) -> Walk:
    """Cancel a walk; whoever was invited is told, not why. Raises `NotPlanned`, `CprNumberFound`, `EditConflict`."""
    if walk.state == WalkState.CANCELLED:
        return walk
    _refuse_unless_planned(walk)
    refuse_cpr(why)
    state = {"state": WalkState.CANCELLED, "why": " ".join(why.split())[:300], "sequence": walk.sequence + 1}
    walk.save_changes(expected_version=expected_version, now=now, **state)
    record_history(record=walk, action="walk_cancelled", by=by, now=now)
    tell_cancelled(walk=walk, by=by, now=now)
    return walk


@transaction.atomic
def plan_again(*, walk: Walk, expected_version: int, by: User, now: datetime, address: Address | None = None) -> Walk:
    """Take back that a walk was held or cancelled; after a cancelling whoever was invited is told that it is on.

    Raises `EditConflict`.
    """
    if walk.state == WalkState.PLANNED:
        return walk
    was = walk.state
    more: dict[str, Any] = {"why": "", "sequence": walk.sequence + 1} if was == WalkState.CANCELLED else {}
    walk.save_changes(expected_version=expected_version, now=now, state=WalkState.PLANNED, **more)
    action = "walk_on_again" if was == WalkState.CANCELLED else "walk_not_held"
    record_history(record=walk, action=action, by=by, now=now)
    if was == WalkState.CANCELLED:
        tell_change(walk=walk, by=by, now=now, address=address)
    return walk


def _refuse_over(link: Link, partnership: Partnership | None) -> None:
    if link.archived_at:
        raise LinkPutAway
    ended = partnership is not None and (partnership.standing == Standing.ENDED or partnership.archived_at)
    if ended or link.state == LinkState.TURNED_DOWN:
        raise NotGoingOn


def _refuse_unless_planned(walk: Walk) -> None:
    if walk.state != WalkState.PLANNED:
        raise NotPlanned


def _meeting(meeting: Placed) -> dict[str, Any]:
    place = " ".join(meeting.address.split())[:200]
    if not place:
        raise NowhereToMeet
    refuse_cpr(place)
    return {"meeting_place": place, "x": meeting.x, "y": meeting.y}


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def _written(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"

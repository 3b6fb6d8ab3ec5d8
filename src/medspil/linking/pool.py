"""The open needs of the whole site, made ready for the engine once and kept until one of them changes.

What a need asks by itself does not depend on who looks or on any company, so one pool serves all: who may see which
needs is said with each question (`among`). What is known of the company in hand comes with the question too.
"""

import threading
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Max, Sum

from medspil import matching
from medspil.areas.models import Need
from medspil.language import ANALYSER_VERSION
from medspil.linking.affinities import affinities
from medspil.linking.consequences import Case, case_of
from medspil.linking.question import asked_by, need_alone
from medspil.matching import Index, NeedPool
from medspil.register.index import open_index

PORTION = 1_000
Stamp = tuple[object, ...]
_STAMPED = (
    "version",
    "area", "area__version", "area__owner", "area__x", "area__y",
    "challenge", "challenge__version", "challenge__theme",
)  # fmt: skip


class Asked(NamedTuple):
    """What a need asks, and which records in which versions it was read from."""

    stamp: Stamp
    need: matching.Need
    area: int
    owner: int
    case: Case


class OpenNeeds(NamedTuple):
    """The pool for the engine, and by the needs' own numbers what each asks and whose it is."""

    pool: NeedPool
    asked: dict[int, Asked]


_lock = threading.Lock()
_kept: "tuple[Index, tuple[Any, ...], OpenNeeds] | None" = None


def open_needs(on: date) -> OpenNeeds:
    """Return the open needs of a day. One query while nothing has changed; else only what changed is read anew.

    Raises `medspil.matching.IndexUnusable`.
    """
    global _kept  # noqa: PLW0603  (one per process, as the index)
    index = open_index()
    with _lock:
        state = _state(on)
        if _kept is not None and _kept[0] is index and _kept[1] == state:
            return _kept[2]
        asked = _read(on, _kept[2].asked if _kept is not None and _kept[1][0] == state[0] else {})
        pool = NeedPool.of(index, {pk: one.need for pk, one in asked.items()}, affinities())
        _kept = (index, state, OpenNeeds(pool, asked))
        return _kept[2]


def _state(on: date) -> tuple[Any, ...]:
    """Return what differs as soon as a need, its area or its challenge does: every change counts a version up."""
    known = Need.objects.open(on).aggregate(
        number=Count("pk"),
        keys=Sum("pk"),
        needs=Sum("version"),
        areas=Sum("area__version"),
        owners=Sum("area__owner"),  # a merge moves them and counts no version up
        challenges=Sum("challenge__version"),
        newest=Max("updated_at"),
        newest_area=Max("area__updated_at"),
        newest_challenge=Max("challenge__updated_at"),
    )
    return ((ANALYSER_VERSION, affinities().version), *known.values())


def _read(on: date, before: dict[int, Asked]) -> dict[int, Asked]:
    """Return what the needs ask; those whose records are as they were are not read again."""
    rows = Need.objects.open(on).order_by("pk")
    stamps: dict[int, Stamp] = {row[0]: row[1:] for row in rows.values_list("pk", *_STAMPED)}
    found = {pk: before[pk] for pk, stamp in stamps.items() if pk in before and before[pk].stamp == stamp}
    changed = [pk for pk in stamps if pk not in found]
    for start in range(0, len(changed), PORTION):
        some = Need.objects.filter(pk__in=changed[start : start + PORTION])
        for need in some.select_related("area", "challenge").prefetch_related("resources"):
            asked, _notes = asked_by(need)
            found[need.pk] = Asked(stamps[need.pk], need_alone(asked), need.area_id, need.area.owner_id, case_of(need))
    return {pk: found[pk] for pk in stamps if pk in found}

"""Begin a round, change its title and rules, put it away, and begin the next one from it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.changes import Part, change
from medspil.areas.creation import create_once
from medspil.areas.models import Area
from medspil.organisations.models import Organisation
from medspil.rounds.building import earlier_pairs
from medspil.rounds.models import Demand, PairKind, PairOrigin, PairRule, Round, RoundState, Supply
from medspil.rounds.programmes import PROGRAMMES, Rule, programme
from medspil.rounds.services.seen import refuse_unseen


class RoundClosed(Exception):
    """The round was made into links or put away; nothing in it changes until it is opened again."""

    def __init__(self) -> None:
        super().__init__(_("This allocation is closed. Open it again before you change anything."))


class UnknownProgramme(Exception):
    """Nobody knows this kind of allocation."""

    def __init__(self) -> None:
        super().__init__(_("Choose a kind of allocation from the list."))


def create_round(
    *,
    organisation: Organisation,
    kind: str,
    title: str,
    areas: Iterable[Area],
    creation_key: UUID,
    by: User,
    now: datetime,
    follows: Round | None = None,
) -> Round:
    """Begin a round; the same key again returns the one that is there.

    With `follows` the rows of the earlier round come along, and what was paired there is locked if the rules say so.
    Raises `UnknownProgramme`, `CprNumberFound`.
    """
    if kind not in PROGRAMMES or (follows and follows.programme != kind):
        raise UnknownProgramme
    rules = {rule.value: value for rule, value in programme(kind).rules.items()} | (follows.rules if follows else {})
    with transaction.atomic():
        there = Round.objects.filter(creation_key=creation_key).first()
        made = create_once(
            Round(organisation=organisation, programme=kind, title=title.strip(), rules=rules, follows=follows),
            creation_key=creation_key,
            by=by,
            now=now,
        )
        if there is None:
            made.areas.set(areas)
            if follows:
                _bring_along(follows, made, by=by, now=now)
    return made


def edit_round(
    *,
    round_: Round,
    title: str,
    areas: Iterable[Area],
    rules: Mapping[str, Any],
    expected_version: int,
    by: User,
    now: datetime,
) -> Round:
    """Change title, areas and rules; areas that the person cannot see stay as they are.

    Raises `RoundClosed`, `EditConflict`, `CprNumberFound`.
    """
    known = {rule.value for rule in programme(round_.programme).rules}
    stated = {name: value for name, value in rules.items() if name in known}
    chosen = list(areas)

    def parts(current: Round) -> Mapping[str, Part]:
        refuse_closed(current)
        unseen = current.areas.exclude(pk__in=Area.objects.visible_to(by).values("pk"))
        wanted = sorted({area.pk for area in (*chosen, *unseen)})
        old = sorted(current.areas.values_list("pk", flat=True))
        moved = {name for name, value in fields.items() if getattr(current, name) != value}
        refuse_unseen(current, since=expected_version, names=moved | ({"areas"} if old != wanted else set()))
        return {"areas": Part(old, wanted, lambda: current.areas.set(wanted))}

    fields = {"title": title.strip(), "rules": {**round_.rules, **stated}}
    return change(round_, expected_version=expected_version, by=by, now=now, fields=fields, parts=parts)


def archive_round(*, round_: Round, by: User, now: datetime) -> Round:
    """Put a round away; its links stay."""
    return change(round_, expected_version=None, by=by, now=now, fields={"archived_at": round_.archived_at or now})


def restore_round(*, round_: Round, by: User, now: datetime) -> Round:
    """Bring a round back that was put away."""
    return change(round_, expected_version=None, by=by, now=now, fields={"archived_at": None})


def reopen_round(*, round_: Round, by: User, now: datetime) -> Round:
    """Open a round that was made into links, to change it and make links of what came to it."""
    return change(
        round_,
        expected_version=None,
        by=by,
        now=now,
        fields={"state": RoundState.DRAFT, "applied_at": None},
    )


def refuse_closed(round_: Round) -> None:
    """Raise `RoundClosed` for a round in which nothing may be changed."""
    if not round_.open:
        raise RoundClosed


def _bring_along(before: Round, after: Round, *, by: User, now: datetime) -> None:
    """Copy the standing rows, and lock what was together."""
    asking = _copied(Demand.objects.filter(round=before).standing(), after)
    giving = _copied(Supply.objects.filter(round=before).standing().select_related("offer"), after)
    if not after.rules.get(Rule.KEEP_EARLIER):
        return
    PairRule.objects.bulk_create(
        PairRule(
            round=after,
            demand_id=asking[asker],
            supply_id=giving[giver],
            kind=PairKind.LOCK,
            origin=PairOrigin.EARLIER,
            by=by,
            at=now,
        )
        for asker, giver in earlier_pairs(after)
        if asker in asking and giver in giving
    )


def _copied(rows: Any, after: Round) -> dict[int, int]:
    """Copy rows into a round; returns {key of the earlier row: key of its copy}."""
    found: dict[int, int] = {}
    for row in rows:
        earlier = row.pk
        row.pk, row.round, row.follows_id, row.batch = None, after, earlier, None
        row._state.adding = True
        row.save(force_insert=True)
        found[earlier] = row.pk
    return found

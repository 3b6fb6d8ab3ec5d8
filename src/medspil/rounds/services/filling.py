"""Rows of a round: chosen among open needs and offers, typed or pasted, changed, taken out and brought back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.changes import Part, change
from medspil.areas.models import Area, Challenge, Need
from medspil.areas.privacy import refuse_cpr
from medspil.offers.models import Offer
from medspil.organisations.models import Organisation
from medspil.register.models import Unit
from medspil.rounds.lines import Draft
from medspil.rounds.models import Demand, Round, Supply
from medspil.rounds.naming import name_of_offer, reference
from medspil.rounds.programmes import programme
from medspil.rounds.services.creation import refuse_closed
from medspil.rounds.services.seen import refuse_unseen

AMOUNTS = frozenset({"wanted", "least", "capacity", "whole", "reach_km"})


class LeastOverWanted(Exception):
    """A row that needs more at least than it wants."""

    def __init__(self) -> None:
        super().__init__(_("The least must not be more than what is wanted."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What rows that ask stand for: their area, and the need or challenge a link of theirs would be about."""

    area: Area | None = None
    need: Need | None = None
    challenge: Challenge | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """A row as it was read, with the records its words were found to mean."""

    draft: Draft
    area: Area | None = None
    organisation: Organisation | None = None
    unit: Unit | None = None


def add_rows(
    *,
    round_: Round,
    asks: bool,
    rows: Sequence[Filled],
    batch: UUID,
    by: User,
    now: datetime,
    answers: Answers | None = None,
) -> Round:
    """Add rows to one side, all of them or none; the same batch again adds nothing. Raises `RoundClosed`."""
    what = answers or Answers()

    def parts(current: Round) -> Mapping[str, Part]:
        refuse_closed(current)
        model = Demand if asks else Supply
        if model._default_manager.filter(round=current, batch=batch).exists():
            return {}
        start = _last(current, asks=asks)
        made = [
            _demand(current, one, what, batch, start + at) if asks else _supply(current, one, batch, start + at)
            for at, one in enumerate(rows, start=1)
        ]
        return _added(asks=asks, made=made)

    return change(round_, expected_version=None, by=by, now=now, parts=parts)


def choose_needs(*, round_: Round, needs: Iterable[Need], by: User, now: datetime) -> Round:
    """Let open needs ask in a round; one that asks already is left as it is. Raises `RoundClosed`."""

    def parts(current: Round) -> Mapping[str, Part]:
        refuse_closed(current)
        there = set(Demand.objects.filter(round=current).standing().values_list("need", flat=True))
        start = _last(current, asks=True)
        fresh = [one for one in needs if one.pk not in there]
        made = [_demand_of(current, one, start + at) for at, one in enumerate(fresh, start=1)]
        return _added(asks=True, made=made)

    return change(round_, expected_version=None, by=by, now=now, parts=parts)


def choose_offers(*, round_: Round, offers: Iterable[Offer], by: User, now: datetime) -> Round:
    """Let open offers give in a round; one that was taken out comes back. Raises `RoundClosed`."""
    chosen = list(offers)

    def parts(current: Round) -> Mapping[str, Part]:
        refuse_closed(current)
        rows = Supply.objects.filter(round=current, offer__in=chosen)
        there = set(rows.values_list("offer", flat=True))
        back = list(rows.exclude(archived_at=None))
        start = _last(current, asks=False)
        fresh = [one for one in chosen if one.pk not in there]
        made: list[Supply] = [_supply_of(current, one, start + at) for at, one in enumerate(fresh, start=1)]

        added = _added(asks=False, made=made, before=back)

        def write() -> None:
            rows.update(archived_at=None)
            for part in added.values():
                part.write()

        return {name: Part(part.old, part.new, write) for name, part in added.items()}

    return change(round_, expected_version=None, by=by, now=now, parts=parts)


def edit_row(*, row: Demand | Supply, expected_version: int, by: User, now: datetime, **fields: Any) -> Round:
    """Change a row. Raises `RoundClosed`, `EditConflict` if it was changed, `LeastOverWanted`."""
    refuse_cpr(*fields.values(), *(value for value in (fields.get("facts") or {}).values()))
    asks = isinstance(row, Demand)

    def parts(current: Round) -> Mapping[str, Part]:
        refuse_closed(current)
        stored = type(row)._default_manager.get(pk=row.pk, round=current)
        if asks and fields.get("least", 0) > fields.get("wanted", row.wanted if isinstance(row, Demand) else 0):
            raise LeastOverWanted
        old = {name: getattr(stored, name) for name in fields}
        moved = [name for name, value in fields.items() if old[name] != value]
        if moved:
            refuse_unseen(current, since=expected_version, names={f"{_side(asks=asks)}_{row.pk}"})

        def write() -> None:
            type(row)._default_manager.filter(pk=row.pk).update(**fields)

        # Amounts are told; a name, a place or a fact may be somebody's and is only said to have changed.
        amounts = [name for name in moved if name in AMOUNTS]
        told = [f"{reference(stored)}: {_told(getattr(stored, name))}" for name in amounts]
        new = [f"{reference(stored)}: {_told(fields[name])}" for name in amounts] or [reference(stored)]
        return {f"{_side(asks=asks)}_{row.pk}": Part(told, new, write)} if moved else {}

    return change(row.round, expected_version=expected_version, by=by, now=now, parts=parts)


def take_out(*, row: Demand | Supply, by: User, now: datetime) -> Round:
    """Take a row out of its round; it can be brought back. Raises `RoundClosed`."""
    return _set_out(row, at=now, by=by, now=now)


def bring_back(*, row: Demand | Supply, by: User, now: datetime) -> Round:
    """Bring a row back that was taken out. Raises `RoundClosed`."""
    return _set_out(row, at=None, by=by, now=now)


def _set_out(row: Demand | Supply, *, at: datetime | None, by: User, now: datetime) -> Round:
    def parts(current: Round) -> Mapping[str, Part]:
        refuse_closed(current)
        stored = type(row)._default_manager.get(pk=row.pk, round=current)
        if (stored.archived_at is None) == (at is None) or (at is None and stored.forgotten_at):
            return {}

        def write() -> None:
            type(row)._default_manager.filter(pk=row.pk).update(archived_at=at)

        name = f"{_side(asks=isinstance(row, Demand))}_{row.pk}"
        said = reference(stored)
        return {name: Part(said if at else "", "" if at else said, write)}

    return change(row.round, expected_version=None, by=by, now=now, parts=parts)


def _added(*, asks: bool, made: Sequence[Any], before: Iterable[Any] = ()) -> Mapping[str, Part]:
    """Return the change that adds rows, beside those that come back; what it tells is known once they have a key."""
    model = Demand if asks else Supply
    told = [reference(one) for one in before]

    def write() -> None:
        told.extend(reference(one) for one in model._default_manager.bulk_create(made))

    return {f"{_side(asks=asks)}_rows": Part(None, told, write)} if made or told else {}


def _side(*, asks: bool) -> str:
    return "demand" if asks else "supply"


def _last(round_: Round, *, asks: bool) -> int:
    model = Demand if asks else Supply
    return model._default_manager.filter(round=round_).aggregate(last=Max("position"))["last"] or 0


def _demand(round_: Round, one: Filled, what: Answers, batch: UUID, position: int) -> Demand:
    draft, kind = one.draft, programme(round_.programme)
    wanted = draft.amount or kind.wanted
    area = one.area or what.area
    fits = area is not None and what.area is not None and area.pk == what.area.pk
    return Demand(
        **_filled(round_, one, batch, position),
        wanted=wanted,
        least=min(kind.least, wanted) if draft.least is None else draft.least,
        area=area,
        need=what.need if fits else None,
        challenge=what.challenge if fits else None,
    )


def _supply(round_: Round, one: Filled, batch: UUID, position: int) -> Supply:
    draft = one.draft
    return Supply(
        **_filled(round_, one, batch, position),
        capacity=draft.amount or 1,
        whole=draft.whole,
        reach_km=draft.reach_km,
        unit=one.unit,
    )


def _filled(round_: Round, one: Filled, batch: UUID, position: int) -> dict[str, Any]:
    """Return what a row of either side is told by a filled-in line."""
    draft = one.draft
    return {
        "round": round_,
        "label": draft.label,
        "place": draft.place,
        "x": draft.x,
        "y": draft.y,
        "facts": dict(draft.facts),
        "organisation": one.organisation,
        "batch": batch,
        "position": position,
    }


def _demand_of(round_: Round, need: Need, position: int) -> Demand:
    """Return the row of a need: as many as it asks for of the kinds that are shared out here."""
    kind = programme(round_.programme)
    asked = [one.quantity for one in need.resources.all() if one.kind in kind.kinds and one.quantity]
    wanted = sum(asked) or kind.wanted
    return Demand(
        round=round_,
        label=need.title,
        place=need.place,
        area=need.area,
        need=need,
        organisation=need.host,
        wanted=wanted,
        least=min(kind.least, wanted),
        position=position,
    )


def _supply_of(round_: Round, offer: Offer, position: int) -> Supply:
    return Supply(
        round=round_,
        label=name_of_offer(offer),
        place=offer.place,
        x=offer.x,
        y=offer.y,
        offer=offer,
        organisation=offer.organisation,
        capacity=offer.quantity or 1,
        reach_km=offer.reach_km,
        position=position,
    )


def _told(value: Any) -> str:
    return "" if value is None else str(getattr(value, "pk", value))

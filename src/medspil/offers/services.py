"""Make, change, renew, take over, withdraw, end and reopen offers: one function each, one transaction."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.accounts.one_time_links import revoke_about
from medspil.areas.changes import Part, change
from medspil.areas.creation import create_once
from medspil.areas.models import Area
from medspil.areas.privacy import refuse_cpr
from medspil.areas.services import UnknownKind
from medspil.catalogue.vocabulary import vocabulary
from medspil.geography.places import towns_within
from medspil.offers.models import Offer, OfferState
from medspil.organisations.models import Organisation
from medspil.organisations.subjects import of_organisation

FARTHEST_TOWN_M = 20_000.0


class OfferClosed(Exception):
    """The offer was withdrawn or ended; it must be opened again before anything else."""

    def __init__(self) -> None:
        super().__init__(_("This offer is withdrawn or ended. Open it again first."))


class SourceMissing(Exception):
    """Somebody notes down what others said, and does not say who said it when."""

    def __init__(self) -> None:
        super().__init__(_("Say who said it, and when."))


class SaidLater(Exception):
    """Nobody can have said it on a day that is still to come."""

    def __init__(self) -> None:
        super().__init__(_("The day it was said cannot lie in the future."))


class ProtectedGiver(Exception):
    """The giver is protected from advertising, and somebody else would show its offer to everybody."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The company is protected from advertising. Its own people may show the offer to everybody; you may "
                "offer it to the areas that the company named."
            )
        )


LONGEST_REASON = 300


class NobodySees(Exception):
    """An offer that is neither public nor made to any area."""

    def __init__(self) -> None:
        super().__init__(_("Choose the areas it is offered to, or let everybody see it."))


def make_offer(
    *,
    organisation: Organisation,
    kind: str,
    title: str,
    creation_key: UUID,
    by: User,
    now: datetime,
    areas: Collection[Area] = (),
    recorded_by_organisation: Organisation | None = None,
    source: str = "",
    said_on: date | None = None,
    **facts: Any,
) -> Offer:
    """Make an offer in the giver's own name, or note it down for the giver; the same key again returns what is there.

    `facts` as `edit_offer` takes them. Without a place it is that of the giver's entry in the register. Raises
    `UnknownKind`, `SourceMissing`, `SaidLater`, `ProtectedGiver`, `NobodySees`, `CprNumberFound`, Django's
    `ValidationError`.
    """
    today = timezone.localdate(now)
    if recorded_by_organisation is not None:
        _check_source(source, said_on, today)
    offer = Offer(
        organisation=organisation,
        recorded_by_organisation=recorded_by_organisation,
        source=source.strip() if recorded_by_organisation else "",
        said_on=said_on if recorded_by_organisation else None,
        kind=kind,
        title=title.strip(),
        renewed_on=said_on if recorded_by_organisation and said_on else today,
        **_placed(organisation, facts),
    )
    _check_kind(kind, "")
    _check_seen(public=offer.public, areas=areas)
    _check_protected(offer, public=offer.public)
    with transaction.atomic():
        made = create_once(offer, creation_key=creation_key, by=by, now=now)
        if made is offer:
            made.areas.set(areas)
    return made


def edit_offer(
    *,
    offer: Offer,
    expected_version: int,
    by: User,
    now: datetime,
    areas: Collection[Area] | None = None,
    **facts: Any,
) -> Offer:
    """Change some of kind, title, text, themes, quantity, unit, rhythm, dates, place, municipality, x, y, reach_km,
    whole_country, conditions, public, source, said_on; and the areas it is offered to.

    Raises `EditConflict`, `OfferClosed` and what `make_offer` raises.
    """
    if offer.state != OfferState.OPEN:
        raise OfferClosed
    if "kind" in facts:
        _check_kind(facts["kind"], offer.kind)
    if {"place", "x"} <= set(facts):
        facts = _placed(offer.organisation, facts)
    if offer.noted_down and {"source", "said_on"} & set(facts):
        told = (facts.get("source", offer.source), facts.get("said_on", offer.said_on))
        _check_source(*told, timezone.localdate(now))
    public = facts.get("public", offer.public)
    if public and not offer.public:
        _check_protected(offer, public=True)
    if areas is not None or "public" in facts:
        _check_seen(public=public, areas=offer.areas.all() if areas is None else areas)

    def parts(current: Offer) -> Mapping[str, Part]:
        if areas is None:
            return {}
        new = sorted(areas, key=lambda area: area.pk)
        return {"areas": Part(_names(current.areas.all()), _names(new), lambda: current.areas.set(new))}

    return change(offer, expected_version=expected_version, by=by, now=now, fields=facts, parts=parts)


def renew_offer(
    *, offer: Offer, by: User | None, now: datetime, source: str = "", said_on: date | None = None
) -> Offer:
    """Note that an offer still stands. Who only noted it down says again who said so, and when."""
    today = timezone.localdate(now)
    fields: dict[str, Any] = {"renewed_on": today}
    if offer.noted_down and said_on is not None:
        _check_source(source, said_on, today)
        fields = {"renewed_on": said_on, "source": source.strip(), "said_on": said_on}
    return _change_open(offer, by=by, now=now, fields=fields)


def take_over_offer(*, offer: Offer, by: User, now: datetime) -> Offer:
    """Make an offer that others noted down the giver's own: from now on only the giver's people change it."""
    today = timezone.localdate(now)
    if not offer.noted_down:
        return offer
    return _change_open(offer, by=by, now=now, fields={"taken_over_on": today, "renewed_on": today})


def withdraw_offer(*, offer: Offer, reason: str, by: User | None, now: datetime) -> Offer:
    """Take an offer back. Nobody's leave is needed; what it was used in stays, and says so."""
    return _close(offer, OfferState.WITHDRAWN, reason, by=by, now=now)


def end_offer(*, offer: Offer, reason: str, by: User, now: datetime) -> Offer:
    """Note that an offer is over: it was given, or its time has passed."""
    return _close(offer, OfferState.ENDED, reason, by=by, now=now)


def reopen_offer(*, offer: Offer, by: User, now: datetime) -> Offer:
    """Let an offer that was withdrawn or ended stand again."""
    fields: dict[str, Any] = {"state": OfferState.OPEN.value, "closed_on": None}
    if not offer.noted_down:
        fields["renewed_on"] = timezone.localdate(now)
    with transaction.atomic():
        return _worded(change(offer, expected_version=None, by=by, now=now, fields=fields), closed_reason="")


@transaction.atomic
def take_words_away(*, offer: Offer, by: User, now: datetime) -> Offer:
    """Take away for good what the giver wrote: when asked, and why the offer was withdrawn. Twice is once."""
    words = Offer.objects.filter(pk=offer.pk).exclude(said="", closed_reason="")
    if words.update(said="", closed_reason=""):
        record_history(record=offer, action="words_taken_away", by=by, now=now)
    return Offer.objects.get(pk=offer.pk)


def note_words(*, offer: Offer, text: str) -> Offer:
    """Keep what a giver wrote when asked, in the caller's transaction, unless it stands as why the offer was closed."""
    return _worded(offer, said="" if text.strip() == offer.closed_reason else text.strip())


def _worded(offer: Offer, **words: str) -> Offer:
    """Write words of the giver with an offer that has just been changed: the history does not keep them."""
    for name, text in words.items():
        setattr(offer, name, text)
    Offer.objects.filter(pk=offer.pk).update(**words)
    return offer


def _close(offer: Offer, state: OfferState, reason: str, *, by: User | None, now: datetime) -> Offer:
    refuse_cpr(reason)
    fields = {"state": state.value, "closed_on": timezone.localdate(now)}
    with transaction.atomic():
        current = Offer.objects.select_for_update().get(pk=offer.pk)
        if current.state == state:
            return current  # a double click
        revoke_about(record=current, now=now)
        closed = change(current, expected_version=None, by=by, now=now, fields=fields)
        return _worded(closed, closed_reason=reason.strip()[:LONGEST_REASON])


def _change_open(offer: Offer, *, by: User | None, now: datetime, fields: Mapping[str, Any]) -> Offer:
    with transaction.atomic():
        current = Offer.objects.select_for_update().get(pk=offer.pk)
        if current.state != OfferState.OPEN:
            raise OfferClosed
        return change(current, expected_version=None, by=by, now=now, fields=fields)


def _placed(organisation: Organisation, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts with the place of the giver's entry in the register where none is given, and the municipality
    of whatever place it is."""
    found = dict(facts)
    unit = organisation.unit or of_organisation(organisation).units().order_by("number").first()
    home = unit.municipality if unit else organisation.municipality
    if found.get("place") or found.get("x") is not None:
        home = _municipality_at(found.get("x"), found.get("y")) or home
    elif unit is not None:
        found |= {"x": unit.x, "y": unit.y}
    return found if found.get("municipality") else {**found, "municipality": home}


def _municipality_at(x: float | None, y: float | None) -> str:
    """Return the municipality of the nearest postal town; empty far from all of them, as at sea."""
    towns = towns_within(x, y, FARTHEST_TOWN_M) if x is not None and y is not None else []
    return min(towns, key=lambda town: town[1])[0].municipality if towns else ""


def _check_kind(kind: str, before: str) -> None:
    if kind != before and kind not in vocabulary().resource_kinds:
        raise UnknownKind


def _check_source(source: str, said_on: date | None, today: date) -> None:
    refuse_cpr(source)
    if not source.strip() or said_on is None:
        raise SourceMissing
    if said_on > today:
        raise SaidLater


def _check_seen(*, public: bool, areas: Collection[Area]) -> None:
    if not public and not areas:
        raise NobodySees


def _check_protected(offer: Offer, *, public: bool) -> None:
    """What a protected company itself shows is its own affair; others must not carry its name around."""
    if not (public and offer.noted_down):
        return
    if of_organisation(offer.organisation).units().filter(protected=True).exists():
        raise ProtectedGiver


def _names(areas: Iterable[Area]) -> list[str]:
    return sorted(area.name for area in areas)

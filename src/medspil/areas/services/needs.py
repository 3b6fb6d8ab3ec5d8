"""Describe what an area lacks: the need itself, the kinds of resources it asks for, how much, and from how far."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.changes import Part, change
from medspil.areas.creation import create_once
from medspil.areas.hosting import refuse_opening
from medspil.areas.models import Area, Challenge, Need, NeededResource
from medspil.areas.privacy import refuse_cpr
from medspil.catalogue.vocabulary import vocabulary


class ChallengeElsewhere(Exception):
    """A need must answer a challenge of its own area."""

    def __init__(self) -> None:
        super().__init__(_("Choose a challenge of this area."))


class StartsNowhere(Exception):
    """A need answers no challenge and does not say why."""

    def __init__(self) -> None:
        super().__init__(_("A need starts from a challenge. Choose one, or write in a few words why it answers none."))


class UnknownKind(Exception):
    """Nobody knows this kind of resource."""

    def __init__(self) -> None:
        super().__init__(_("Choose kinds of resources from the list."))


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of a kind is needed, of what, and how often."""

    quantity: int | None = None
    unit: str = ""
    rhythm: str = ""


def create_need(
    *,
    area: Area,
    title: str,
    creation_key: UUID,
    by: User,
    now: datetime,
    challenge: Challenge | None = None,
    **facts: Any,
) -> Need:
    """Create a need from a challenge, or with `no_challenge_reason`; the same key again returns the one that is there.

    `facts` as `edit_need` takes them. Raises `StartsNowhere`, `ChallengeElsewhere`, `CprNumberFound`.
    """
    _check_challenge(area.pk, challenge)
    if challenge:
        facts["no_challenge_reason"] = ""
    elif not facts.get("no_challenge_reason", "").strip():
        raise StartsNowhere
    need = Need(area=area, title=title.strip(), challenge=challenge, **facts)
    return create_once(need, creation_key=creation_key, by=by, now=now)


def edit_need(*, need: Need, expected_version: int, by: User, now: datetime, **facts: Any) -> Need:
    """Change some of a need's fields: title, text, challenge, no_challenge_reason, target_group, ages, people, place,
    dates, helpers, host (an organisation) or host_name, host_capacity, good_day, hosted_on, open_to_companies.

    A need that says where it starts must go on saying so; one made before that was asked may stay without.
    Raises `EditConflict`, `CprNumberFound`, `ChallengeElsewhere`, `StartsNowhere`, `NoHostYet`, Django's
    `ValidationError`.
    """
    if "challenge" in facts:
        challenge = facts.pop("challenge")
        _check_challenge(need.area_id, challenge)
        facts["challenge_id"] = challenge.pk if challenge else None
        if challenge:
            facts["no_challenge_reason"] = ""
    if "host" in facts:
        host = facts.pop("host")
        facts["host_id"] = host.pk if host else None

    def check(current: Need) -> Mapping[str, Part]:
        _check_start(current, facts)
        refuse_opening(current, fields=facts)
        return {}

    return change(need, expected_version=expected_version, by=by, now=now, fields=facts, parts=check)


def set_reach(
    *,
    need: Need,
    expected_version: int,
    by: User,
    now: datetime,
    own_municipality_only: bool = False,
    reach_km: int | None = None,
    whole_country: bool = False,
) -> Need:
    """Say how far away a company may be; nothing at all takes the answer back."""
    fields = {"own_municipality_only": own_municipality_only, "reach_km": reach_km, "whole_country": whole_country}
    return change(need, expected_version=expected_version, by=by, now=now, fields=fields)


def set_kinds(*, need: Need, kinds: Iterable[str], expected_version: int, by: User, now: datetime) -> Need:
    """Choose the kinds of resources; a kind that stays keeps its amount.

    Raises `UnknownKind`, `EditConflict`, and `NoHostYet` when companies see the need and nobody receives the
    volunteers that it would ask for.
    """
    chosen = dict.fromkeys(kinds)
    before = {one.kind for one in NeededResource.objects.filter(need=need)}
    if any(kind not in vocabulary().resource_kinds and kind not in before for kind in chosen):
        raise UnknownKind

    def parts(current: Need) -> Mapping[str, Part]:
        refuse_opening(current, kinds=chosen)
        rows = NeededResource.objects.filter(need=current)
        old = set(rows.values_list("kind", flat=True))
        new = set(chosen)

        def write() -> None:
            rows.exclude(kind__in=new).delete()
            NeededResource.objects.bulk_create(
                NeededResource(need=current, kind=kind) for kind in chosen if kind not in old
            )

        return {"resources": Part(sorted(old), sorted(new), write)}

    return change(need, expected_version=expected_version, by=by, now=now, parts=parts)


def set_amounts(*, need: Need, amounts: Mapping[str, Amount], expected_version: int, by: User, now: datetime) -> Need:
    """Say how much and how often of kinds the need asks for; kinds it does not ask for are left out."""
    refuse_cpr(*(amount.unit for amount in amounts.values()))

    def parts(current: Need) -> Mapping[str, Part]:
        rows = {row.kind: row for row in NeededResource.objects.filter(need=current)}
        found: dict[str, Part] = {}
        for kind, amount in amounts.items():
            if row := rows.get(kind):
                old = Amount(row.quantity, row.unit, row.rhythm)
                found[f"amount.{kind}"] = Part(_told(old), _told(amount), partial(_write, row, amount))
        return found

    return change(need, expected_version=expected_version, by=by, now=now, parts=parts)


def _write(row: NeededResource, amount: Amount) -> None:
    row.quantity, row.unit, row.rhythm = amount.quantity, amount.unit, amount.rhythm
    row.save(update_fields=["quantity", "unit", "rhythm"])


def _told(amount: Amount) -> list[Any]:
    return [amount.quantity, amount.unit, amount.rhythm]


def _check_start(current: Need, facts: Mapping[str, Any]) -> None:
    """Raise `StartsNowhere` when a need would lose both its challenge and the reason why it has none."""
    said = current.challenge_id or current.no_challenge_reason
    says = facts.get("challenge_id", current.challenge_id) or facts.get(
        "no_challenge_reason", current.no_challenge_reason
    )
    if said and not says:
        raise StartsNowhere


def _check_challenge(area_pk: int, challenge: Challenge | None) -> None:
    if challenge and challenge.area_id != area_pk:
        raise ChallengeElsewhere

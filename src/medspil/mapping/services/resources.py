"""Add a resource with one line, change it, say where it is, confirm it, put it away."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.changes import Part, change, set_archived
from medspil.areas.creation import create_once
from medspil.areas.models import Area
from medspil.areas.privacy import refuse_cpr
from medspil.mapping.facts import REVIEW_MONTHS, AlreadyWithdrawn, ResourceRefused, checked, review_on
from medspil.mapping.models import PERSON, Consent, HowGiven, Resource, Scope
from medspil.mapping.places import Placed, PlaceFinder, from_position

Position = tuple[float, float]
"""Latitude and longitude (WGS84), as a phone tells them."""
LONGEST_AGO = date(2000, 1, 1)


class ConsentMissing(Exception):
    """A person cannot be stored without her own consent."""

    def __init__(self) -> None:
        super().__init__(_("A person can only be added with her own consent: say how and when she gave it."))


class ConsentRefused(Exception):
    """A consent cannot be as it is told."""

    def __init__(self) -> None:
        super().__init__(_("A consent was given today or earlier. Correct the day."))


@dataclass(frozen=True, slots=True)
class ConsentSaid:
    """What a person said yes to, how and when."""

    how: HowGiven
    given_on: date
    scope: Collection[Scope] = field(default_factory=frozenset)

    def fields(self) -> dict[str, Any]:
        """Return it as fields of a consent."""
        said = {one.value: one in self.scope for one in Scope}
        return {"how": self.how.value, "given_on": self.given_on, **said}


def add_resource(
    *,
    area: Area,
    kind: str,
    name: str,
    creation_key: UUID,
    by: User,
    now: datetime,
    place: str = "",
    position: Position | None = None,
    placed: Placed | None = None,
    confirmed_on: date | None = None,
    consent: ConsentSaid | None = None,
    **facts: Any,
) -> Resource:
    """Add something an area has; the same key again returns the resource that is there.

    `place` is words, `position` that of a phone, which is more exact, `placed` a place that was found before; `facts`
    as `edit_resource` takes them. Raises `ResourceRefused`, `ConsentMissing`, `ConsentRefused`, `PositionRefused`,
    `CprNumberFound`, Django's `ValidationError`.
    """
    refuse_cpr(place)
    told = checked({"kind": kind, "name": name, **facts})
    today = timezone.localdate(now)
    refuse_without_consent(kind, consent, today)
    where = placed or _placed(area, place, position)
    made = build(area=area, facts=told, placed=where, confirmed_on=confirmed_on, consent=consent, today=today)
    with transaction.atomic():
        try:
            resource = create_once(made, creation_key=creation_key, by=by, now=now)
        except IntegrityError as trouble:  # somebody picked the company up at the same moment
            raise ResourceRefused("unit", _("This company is already among the area's resources.")) from trouble
        if consent and resource.is_person and not resource.consents.exists():
            Consent.objects.create(resource=resource, said_to=by, **consent.fields())
    return resource


def edit_resource(
    *,
    resource: Resource,
    expected_version: int,
    by: User,
    now: datetime,
    place: str | None = None,
    position: Position | None = None,
    **facts: Any,
) -> Resource:
    """Change some of kind, name, can_do, kinds, gifts, ambassador, themes, target_groups, when, organisation, unit,
    source, review_months, and where it is.

    Raises `ResourceRefused`, `EditConflict`, `AlreadyWithdrawn`, `PositionRefused`, `CprNumberFound`, Django's
    `ValidationError`.
    """
    fields = checked(facts, before=resource)
    for name in ("organisation", "unit"):
        if name in fields:
            linked = fields.pop(name)
            fields[f"{name}_id"] = linked.pk if linked else None
    if "review_months" in fields:
        since = resource.confirmed_on or timezone.localdate(resource.created_at)
        fields["review_on"] = review_on(since, fields["review_months"])
    if position or (place is not None and " ".join(place.split()) != resource.address):
        refuse_cpr(place)
        fields |= _placed(resource.area, place or resource.address, position).fields
    return change(
        resource, expected_version=expected_version, by=by, now=now, fields=fields, parts=_nothing_of_who_withdrew
    )


def confirm(*, resource: Resource, by: User, now: datetime, on: date | None = None) -> Resource:
    """Note that what stands here was right on a day, today unless told; the next review counts from there.

    Raises `AlreadyWithdrawn`.
    """
    today = timezone.localdate(now)
    day = min(max(on or today, LONGEST_AGO), today)
    if resource.confirmed_on and day < resource.confirmed_on:
        return resource
    fields = {"confirmed_on": day, "review_on": review_on(day, resource.review_months)}
    return change(resource, expected_version=None, by=by, now=now, fields=fields, parts=_nothing_of_who_withdrew)


def put_away(*, resource: Resource, reason: str, by: User, now: datetime) -> bool:
    """Put a resource away with the reason why; returns False when it was away already. Raises `AlreadyWithdrawn`."""
    refuse_cpr(reason)
    with transaction.atomic():
        _nothing_of_who_withdrew(Resource.objects.select_for_update().get(pk=resource.pk))
        if not set_archived(record=resource, away=True, by=by, now=now):
            return False
        resource.archive_reason = " ".join(reason.split())[:200]
        Resource.objects.filter(pk=resource.pk).update(archive_reason=resource.archive_reason)
    return True


def bring_back(*, resource: Resource, by: User, now: datetime) -> bool:
    """Bring a resource back; returns False when it was there. Raises `ResourceRefused` for a company that is there
    a second time by now."""
    try:
        with transaction.atomic():
            if not set_archived(record=resource, away=False, by=by, now=now):
                return False
            Resource.objects.filter(pk=resource.pk).update(archive_reason="")
    except IntegrityError as trouble:
        raise ResourceRefused("unit", _("This company is already among the area's resources.")) from trouble
    resource.archive_reason = ""
    return True


def build(
    *,
    area: Area,
    facts: dict[str, Any],
    placed: Placed,
    confirmed_on: date | None,
    consent: ConsentSaid | None,
    today: date,
) -> Resource:
    """Return a resource that is not stored yet, from facts that were checked."""
    confirmed = min(confirmed_on, today) if confirmed_on else None
    months = facts.get("review_months") or REVIEW_MONTHS
    return Resource(
        area=area,
        **facts,
        **placed.fields,
        confirmed_on=confirmed,
        review_on=review_on(confirmed or today, months),
        consented_on=consent.given_on if consent and facts["kind"] == PERSON else None,
    )


def refuse_without_consent(kind: str, consent: ConsentSaid | None, today: date) -> None:
    """Raise `ConsentMissing` for a person without one, `ConsentRefused` for one of another day than can be."""
    if kind == PERSON and consent is None:
        raise ConsentMissing
    if consent and not LONGEST_AGO <= consent.given_on <= today:
        raise ConsentRefused


def _nothing_of_who_withdrew(current: Resource) -> Mapping[str, Part]:
    """Raise `AlreadyWithdrawn` for a row that must stay bare, as it stands now and locked; there are no parts."""
    if current.withdrawn_on:
        raise AlreadyWithdrawn
    return {}


def _placed(area: Area, place: str, position: Position | None) -> Placed:
    if position:
        return from_position(latitude=position[0], longitude=position[1], address=place)
    return PlaceFinder(area).find(place) if place.strip() else Placed()

"""Note what is known of an area besides its own fields: figures, official lists, organisations that take part."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas import figures
from medspil.areas.changes import Part, change
from medspil.areas.models import Area, AreaStatus, Figure
from medspil.areas.privacy import refuse_cpr
from medspil.organisations.models import Organisation


class AlreadyListed(Exception):
    """The area is noted on that list for that day."""

    def __init__(self) -> None:
        super().__init__(_("This status is already noted for that day."))


class OwnerIsNoPartner(Exception):
    """The organisation that answers for an area takes part in it anyway."""

    def __init__(self) -> None:
        super().__init__(_("This organisation already answers for the area."))


def set_figures(
    *,
    area: Area,
    counted_on: date,
    source: str,
    values: Mapping[str, Decimal | None],
    expected_version: int,
    by: User,
    now: datetime,
) -> Area:
    """Note figures for a day by their measure; None takes a figure of that day back: it is not stated, not 0.

    Raises `FigureRefused`, `EditConflict`, `CprNumberFound`. Figures of other days stay as they are.
    """
    refuse_cpr(source)
    for code, value in values.items():
        if value is not None:
            figures.check(code, value)

    def parts(current: Area) -> Mapping[str, Part]:
        rows = {row.measure: row for row in Figure.objects.filter(area=current, counted_on=counted_on)}
        found: dict[str, Part] = {}
        for code, value in values.items():
            row = rows.get(code)
            old = _told(row.value, counted_on, row.source) if row else None
            new = _told(value, counted_on, source) if value is not None else None
            found[f"figure.{code}"] = Part(old, new, partial(_note, current, code, counted_on, value, source))
        return found

    return change(area, expected_version=expected_version, by=by, now=now, parts=parts)


def _told(value: Decimal, counted_on: date, source: str) -> list[Any]:
    return [float(value), counted_on.isoformat(), source]


def _note(area: Area, measure: str, counted_on: date, value: Decimal | None, source: str) -> None:
    rows = Figure.objects.filter(area=area, measure=measure, counted_on=counted_on)
    if value is None:
        rows.delete()
    elif not rows.update(value=value, source=source):
        Figure.objects.create(area=area, measure=measure, counted_on=counted_on, value=value, source=source)


def add_status(*, area: Area, kind: str, listed_on: date, by: User, now: datetime, source: str = "") -> Area:
    """Note that an area stood on an official list; raises `AlreadyListed`, `CprNumberFound`."""
    refuse_cpr(source)
    if AreaStatus.objects.filter(area=area, kind=kind, listed_on=listed_on).exists():
        raise AlreadyListed

    def parts(current: Area) -> Mapping[str, Part]:
        def write() -> None:
            AreaStatus.objects.create(area=current, kind=kind, listed_on=listed_on, source=source)

        return {"statuses": Part(None, [kind, listed_on.isoformat(), source], write)}

    return change(area, expected_version=None, by=by, now=now, parts=parts)


def remove_status(*, status: AreaStatus, by: User, now: datetime) -> Area:
    """Take a status back that was noted by mistake; the history keeps it."""

    def parts(_current: Area) -> Mapping[str, Part]:
        rows = AreaStatus.objects.filter(pk=status.pk)
        old = [status.kind, status.listed_on.isoformat(), status.source] if rows.exists() else None
        return {"statuses": Part(old, None, rows.delete)}

    return change(status.area, expected_version=None, by=by, now=now, parts=parts)


def add_partner(*, area: Area, organisation: Organisation, by: User, now: datetime) -> Area:
    """Let an organisation take part: its people see the area, and work on challenges and needs by their roles."""
    if organisation.pk == area.owner_id:
        raise OwnerIsNoPartner

    def parts(current: Area) -> Mapping[str, Part]:
        there = current.partners.filter(pk=organisation.pk).exists()
        new = organisation.name
        return {"partners": Part(new if there else None, new, lambda: current.partners.add(organisation))}

    return change(area, expected_version=None, by=by, now=now, parts=parts)


def remove_partner(*, area: Area, organisation: Organisation, by: User, now: datetime) -> Area:
    """Let an organisation take part no longer."""

    def parts(current: Area) -> Mapping[str, Part]:
        there = current.partners.filter(pk=organisation.pk).exists()
        old = organisation.name if there else None
        return {"partners": Part(old, None, lambda: current.partners.remove(organisation))}

    return change(area, expected_version=None, by=by, now=now, parts=parts)

"""What should be confirmed, in one line for each area: for the area's own page and the first page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import ngettext

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.mapping.reminders import ToConfirm, to_confirm


@dataclass(frozen=True, slots=True)
class ConfirmLine:
    """What waits in one area, in words, and the page where it is done."""

    area: Area
    said: str
    url: str


def confirm_lines(areas: Collection[Area], *, user: User, today: date) -> list[ConfirmLine]:
    """Return a line for each area in which something waits. Two queries."""
    found = to_confirm(areas, user=user, on=today)
    return [
        ConfirmLine(area, _said(found[area.pk]), reverse("mapping:review", args=[area.pk]))
        for area in areas
        if area.pk in found
    ]


def _said(one: ToConfirm) -> str:
    told = [
        (one.answers, ngettext("%(number)d answer waits for you", "%(number)d answers wait for you", one.answers)),
        (one.stale, ngettext("%(number)d to be confirmed again", "%(number)d to be confirmed again", one.stale)),
        (one.never, ngettext("%(number)d never confirmed", "%(number)d never confirmed", one.never)),
    ]
    return " · ".join(text % {"number": number} for number, text in told if number)

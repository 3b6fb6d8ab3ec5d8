"""Words for walks: what they are called, how long they take, and what the history tells."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from medspil.walks.models import WalkState

Words = str | Promise

BADGES: Mapping[str, str] = {WalkState.PLANNED: "info", WalkState.HELD: "success", WalkState.CANCELLED: "warning"}
# What the services write as `action` in the history.
ACTIONS: Mapping[str, Words] = {
    "walk_planned": gettext_lazy("planned the walk"),
    "walk_noted": gettext_lazy("noted a walk that was held"),
    "walk_moved": gettext_lazy("moved the walk"),
    "walk_changed": gettext_lazy("changed the meeting point"),
    "walk_held": gettext_lazy("noted that it was held"),
    "walk_not_held": gettext_lazy("took back that it was held"),
    "walk_cancelled": gettext_lazy("cancelled the walk"),
    "walk_on_again": gettext_lazy("took back the cancelling"),
    "walk_invited": gettext_lazy("sent invitations"),
    "stops_added": gettext_lazy("added stops"),
    "stop_changed": gettext_lazy("changed a stop"),
    "stop_taken_out": gettext_lazy("took a stop out"),
    "stop_put_back": gettext_lazy("put a stop back"),
    "stops_ordered": gettext_lazy("chose the order"),
    "stops_proposed": gettext_lazy("took the short round"),
    "attendee_added": gettext_lazy("noted who comes"),
    "attendee_left": gettext_lazy("noted that somebody does not come"),
    "attendee_back": gettext_lazy("noted that somebody comes after all"),
    "attendee_answered": gettext_lazy("somebody who was invited answered"),
    "noted_on_the_way": gettext_lazy("noted something on the way"),
    "note_on_the_way_changed": gettext_lazy("changed a note"),
    "note_on_the_way_removed": gettext_lazy("took a note away"),
}


def when(moment: datetime) -> str:
    """Return day of the week, day and time."""
    here = timezone.localtime(moment)
    day = f"{date_format(here, 'l')} {date_format(here, 'DATE_FORMAT')}"
    return _("{day}, {time}").format(day=day, time=clock(moment))


def clock(moment: datetime) -> str:
    """Return the time of a moment here."""
    return date_format(timezone.localtime(moment), "TIME_FORMAT")


def metres(number: int) -> str:
    """Return a distance: in metres, from a kilometre on in kilometres."""
    if number < 1000:
        return _("{number} m").format(number=number)
    return _("{number} km").format(number=number_format(number / 1000, 1))


def minutes(number: int) -> str:
    """Return a time in hours and minutes."""
    hours, rest = divmod(number, 60)
    if not hours:
        return ngettext("{number} minute", "{number} minutes", number).format(number=number)
    if not rest:
        return ngettext("{number} hour", "{number} hours", hours).format(number=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=rest)

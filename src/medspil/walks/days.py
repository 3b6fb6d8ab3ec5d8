"""On which days a walk can be: planned for a day to come, or noted afterwards while its people are still remembered."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.linking.asking import DayAhead
from medspil.partnerships.forgetting import KEPT_FOR


class DayOver(Exception):
    """A walk is planned for a day that is over."""

    def __init__(self) -> None:
        super().__init__(_("That day is over. Is the year right? If you have been on the walk already, say so below."))


class MovedBack(Exception):
    """A walk that is still to come is moved to a day that is over."""

    def __init__(self) -> None:
        super().__init__(_("That day is over. Is the year right?"))


class LongAgo(Exception):
    """A walk of so long ago that its people would be forgotten at once."""

    def __init__(self) -> None:
        super().__init__(_("That is more than two years ago. What is that old is forgotten here, so it is not noted."))


def is_over(moment: datetime, now: datetime) -> bool:
    """Tell whether the day of a moment is over."""
    return timezone.localdate(moment) < timezone.localdate(now)


def refuse_day(starts_at: datetime, *, walked: bool, now: datetime) -> None:
    """Raise `DayOver` for a plan of a day that is over; `DayAhead` or `LongAgo` for a walk that was not or is gone."""
    if not walked and is_over(starts_at, now):
        raise DayOver
    if walked and timezone.localdate(starts_at) > timezone.localdate(now):
        raise DayAhead
    if starts_at < now - KEPT_FOR:
        raise LongAgo


def refuse_move(was: datetime, to: datetime, *, now: datetime) -> None:
    """Raise `MovedBack` where a walk to come moves to a day that is over; one that is over may have been another day.

    Raises `LongAgo` besides.
    """
    if was == to:
        return
    if is_over(to, now) and not is_over(was, now):
        raise MovedBack
    if to < now - KEPT_FOR:
        raise LongAgo

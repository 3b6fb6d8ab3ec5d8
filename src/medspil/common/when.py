"""A day and a time as people write them, as a moment: right also on the two days on which the clocks change."""

from datetime import UTC, date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class NoSuchTime(Exception):
    """A time that the clocks jump over."""

    def __init__(self) -> None:
        super().__init__(_("That time does not exist on that day: the clocks are put forward. Choose another."))


def moment(day: date, at: time) -> datetime:
    """Return the moment of a time on a day; of one that comes twice the first. Raises `NoSuchTime`."""
    written = datetime.combine(day, at.replace(tzinfo=None, fold=0))
    found = timezone.make_aware(written)
    if timezone.make_naive(found.astimezone(UTC)) != written:
        raise NoSuchTime
    return found

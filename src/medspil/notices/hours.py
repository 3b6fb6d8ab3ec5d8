"""From which hour on the clock writes to people by itself: nobody is written to before people come to work."""

from datetime import datetime

from django.utils import timezone

FIRST_HOUR = 7


def too_early(now: datetime) -> bool:
    """Tell whether it is before the first hour here."""
    return timezone.localtime(now).hour < FIRST_HOUR

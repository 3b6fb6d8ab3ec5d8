"""What was chosen: how often the sides of a partnership are asked, and which sides want no mails about news."""

from collections.abc import Iterable

from medspil.partnerships.models import Partner, Partnership
from medspil.pulses.models import NewsOff, Pulse


def rhythm_of(partnership: Partnership) -> Pulse | None:
    """Return what was chosen for a partnership; none where nobody has chosen."""
    return Pulse.objects.filter(partnership=partnership).first()


def mails_off(partners: Iterable[Partner]) -> frozenset[int]:
    """Return the keys of those sides that want no mails about news."""
    keys = [one.pk for one in partners]
    return frozenset(NewsOff.objects.filter(partner__in=keys).values_list("partner", flat=True))

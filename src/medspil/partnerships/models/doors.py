"""Who sees what is written about links here: those of the link's area, and its broker; never the sides themselves."""

from datetime import date

from django.db.models import Q

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.linking.models import Brokerage


def works_near(user: User, on: date) -> Q:
    """Return the condition that a record's link is in a person's areas, or has her as its broker on a day."""
    brokered = Brokerage.objects.of(user, on).values("link")
    return Q(link__area__in=Area.objects.visible_to(user)) | Q(link__in=brokered)

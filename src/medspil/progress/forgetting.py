"""Forgets what colleagues wrote each other about a link: in time, and when a person in it takes the consent back."""

from datetime import datetime, timedelta

from medspil.linking.models import LinkParty
from medspil.mapping.withdrawal import also_forgets
from medspil.progress.models import Referral

KEPT_FOR = timedelta(days=730)  # the privacy page tells this number


def forget_old_referrals(*, now: datetime) -> int:
    """Forget the words of referrals of two years ago; return how many."""
    old = Referral.objects.filter(created_at__lt=now - KEPT_FOR).exclude(text="", answer="")
    return old.update(text="", answer="")


@also_forgets
def forget_with_people(resources: list[int], _now: datetime) -> None:
    """Forget the words of referrals of links in which people take part who took their consent back."""
    links = LinkParty.objects.filter(resource__in=resources).values("link")
    Referral.objects.filter(link__in=links).update(text="", answer="")

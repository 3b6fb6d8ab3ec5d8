"""The records of the room `progress`."""

from medspil.progress.models.digest import CalendarFeed, Digest, Rhythm
from medspil.progress.models.moment import Moment, MomentKind, MomentQuerySet
from medspil.progress.models.patience import Patience, PatienceQuerySet
from medspil.progress.models.referral import Referral, ReferralQuerySet, ReferralState

__all__ = [
    "CalendarFeed",
    "Digest",
    "Moment",
    "MomentKind",
    "MomentQuerySet",
    "Patience",
    "PatienceQuerySet",
    "Referral",
    "ReferralQuerySet",
    "ReferralState",
    "Rhythm",
]

"""The records of the room `progress`."""

from medspil.progress.models.patience import Patience, PatienceQuerySet
from medspil.progress.models.referral import Referral, ReferralQuerySet, ReferralState

__all__ = ["Patience", "PatienceQuerySet", "Referral", "ReferralQuerySet", "ReferralState"]

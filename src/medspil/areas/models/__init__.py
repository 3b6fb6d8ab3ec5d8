"""Places and what happens there: border, programme, official status, figures, challenges and needs."""

from medspil.areas.models.area import Area, AreaQuerySet, AreaStatus, Figure
from medspil.areas.models.need import Challenge, ChallengeQuerySet, Need, NeededResource, NeedQuerySet, Rhythm

__all__ = [
    "Area",
    "AreaQuerySet",
    "AreaStatus",
    "Challenge",
    "ChallengeQuerySet",
    "Figure",
    "Need",
    "NeedQuerySet",
    "NeededResource",
    "Rhythm",
]

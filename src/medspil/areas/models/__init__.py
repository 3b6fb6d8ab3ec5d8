"""Places and what happens there: border, programme, official status, figures, challenges and needs."""

from medspil.areas.models.area import Area, AreaQuerySet, AreaStatus, Figure, areas_where
from medspil.areas.models.need import Challenge, ChallengeQuerySet, Need, NeededResource, NeedQuerySet, Rhythm
from medspil.areas.models.news import NewsRead, NewsReadQuerySet

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
    "NewsRead",
    "NewsReadQuerySet",
    "Rhythm",
    "areas_where",
]

"""The records of the room `pulses`."""

from medspil.pulses.models.news import News, NewsOff, NewsQuerySet, NewsTold
from medspil.pulses.models.pulse import Pulse, PulseAnswer, PulseAsk, PulseRound, Rhythm, Step

__all__ = [
    "News",
    "NewsOff",
    "NewsQuerySet",
    "NewsTold",
    "Pulse",
    "PulseAnswer",
    "PulseAsk",
    "PulseRound",
    "Rhythm",
    "Step",
]

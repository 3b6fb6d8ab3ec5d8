"""The records of the room `walks`."""

from medspil.walks.models.noted import StopNote, StopNoteQuerySet
from medspil.walks.models.skipping import Skipping, SkippingQuerySet, SkipReason
from medspil.walks.models.stop import WalkStop, WalkStopQuerySet
from medspil.walks.models.walk import Attendee, AttendeeQuerySet, Coming, Walk, WalkQuerySet, WalkState

__all__ = [
    "Attendee",
    "AttendeeQuerySet",
    "Coming",
    "SkipReason",
    "Skipping",
    "SkippingQuerySet",
    "StopNote",
    "StopNoteQuerySet",
    "Walk",
    "WalkQuerySet",
    "WalkState",
    "WalkStop",
    "WalkStopQuerySet",
]

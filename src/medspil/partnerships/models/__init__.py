"""The records of the room `partnerships`."""

from medspil.partnerships.models.pitch import AddressFrom, Pitch, PitchQuerySet, PitchState

__all__ = ["AddressFrom", "Pitch", "PitchQuerySet", "PitchState"]

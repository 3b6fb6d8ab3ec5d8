"""The records of the room `alignment`."""

from medspil.alignment.models.difference import Difference, DifferenceKind, DifferenceQuerySet, Outcome, Verdict
from medspil.alignment.models.invitation import Invitation, InvitationQuerySet, Why
from medspil.alignment.models.sheet import Edition, EditionQuerySet, HandedIn, Sheet

__all__ = [
    "Difference",
    "DifferenceKind",
    "DifferenceQuerySet",
    "Edition",
    "EditionQuerySet",
    "HandedIn",
    "Invitation",
    "InvitationQuerySet",
    "Outcome",
    "Sheet",
    "Verdict",
    "Why",
]

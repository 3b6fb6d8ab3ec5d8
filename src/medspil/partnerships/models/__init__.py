"""The records of the room `partnerships`."""

from medspil.partnerships.models.conversation import Channel, Conversation, ConversationQuerySet, Pledge, PledgeQuerySet
from medspil.partnerships.models.partnership import (
    Partner,
    PartnerQuerySet,
    Partnership,
    PartnershipQuerySet,
    Standing,
)
from medspil.partnerships.models.pitch import AddressFrom, Pitch, PitchQuerySet, PitchState

__all__ = [
    "AddressFrom",
    "Channel",
    "Conversation",
    "ConversationQuerySet",
    "Partner",
    "PartnerQuerySet",
    "Partnership",
    "PartnershipQuerySet",
    "Pitch",
    "PitchQuerySet",
    "PitchState",
    "Pledge",
    "PledgeQuerySet",
    "Standing",
]

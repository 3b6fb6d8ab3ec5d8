"""The records of the room `partnerships`."""

from medspil.partnerships.models.conversation import Channel, Conversation, ConversationQuerySet, Pledge, PledgeQuerySet
from medspil.partnerships.models.gain import PartnerGain, PartnerGainQuerySet, When
from medspil.partnerships.models.partnership import (
    EndReason,
    Partner,
    PartnerQuerySet,
    Partnership,
    PartnershipQuerySet,
    Standing,
    partnerships_seen,
)
from medspil.partnerships.models.people import Part, PartnerPerson, PartnerPersonQuerySet
from medspil.partnerships.models.pitch import AddressFrom, Pitch, PitchQuerySet, PitchState
from medspil.partnerships.models.question import Question, QuestionQuerySet

__all__ = [
    "AddressFrom",
    "Channel",
    "Conversation",
    "ConversationQuerySet",
    "EndReason",
    "Part",
    "Partner",
    "PartnerGain",
    "PartnerGainQuerySet",
    "PartnerPerson",
    "PartnerPersonQuerySet",
    "PartnerQuerySet",
    "Partnership",
    "PartnershipQuerySet",
    "Pitch",
    "PitchQuerySet",
    "PitchState",
    "Pledge",
    "PledgeQuerySet",
    "Question",
    "QuestionQuerySet",
    "Standing",
    "When",
    "partnerships_seen",
]

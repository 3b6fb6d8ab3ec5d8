"""The records of the room `agreements`."""

from medspil.agreements.models.agreement import (
    LONGEST_TEXT,
    OPEN,
    SETTLED,
    Agreement,
    AgreementField,
    AgreementQuerySet,
    AgreementState,
    CheckAnswer,
    FieldCode,
)
from medspil.agreements.models.signed import (
    Confirmation,
    ConfirmationRequest,
    ConfirmationRequestQuerySet,
    FrozenText,
    Paper,
    Way,
)

__all__ = [
    "LONGEST_TEXT",
    "OPEN",
    "SETTLED",
    "Agreement",
    "AgreementField",
    "AgreementQuerySet",
    "AgreementState",
    "CheckAnswer",
    "Confirmation",
    "ConfirmationRequest",
    "ConfirmationRequestQuerySet",
    "FieldCode",
    "FrozenText",
    "Paper",
    "Way",
]

"""What people can do with what an area has: one function each, one transaction, told who and when."""

from medspil.mapping.facts import AlreadyWithdrawn
from medspil.mapping.services.inquiries import (
    AnswerMissing,
    Asked,
    CannotAsk,
    Question,
    answer_inquiry,
    ask_still_right,
    dealt_with,
    question_of,
)
from medspil.mapping.services.people import (
    ContactGone,
    NoContactAllowed,
    add_contact,
    delete_contact,
    edit_contact,
    give_consent,
    use_contact,
)
from medspil.mapping.services.resources import (
    ConsentMissing,
    ConsentRefused,
    ConsentSaid,
    add_resource,
    bring_back,
    confirm,
    edit_resource,
    put_away,
)
from medspil.mapping.withdrawal import withdraw_consent

__all__ = [
    "AlreadyWithdrawn",
    "AnswerMissing",
    "Asked",
    "CannotAsk",
    "ConsentMissing",
    "ConsentRefused",
    "ConsentSaid",
    "ContactGone",
    "NoContactAllowed",
    "Question",
    "add_contact",
    "add_resource",
    "answer_inquiry",
    "ask_still_right",
    "bring_back",
    "confirm",
    "dealt_with",
    "delete_contact",
    "edit_contact",
    "edit_resource",
    "give_consent",
    "put_away",
    "question_of",
    "use_contact",
    "withdraw_consent",
]

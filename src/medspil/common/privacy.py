"""Keeps civil registration numbers out of free text: Medspil needs none and stores none."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Ten digits, written together or with a dash after the sixth; a telephone number with + before it is none.
_LIKE_CPR = re.compile(r"(?<![\d+])\d{6}[-–]?\d{4}(?!\d)")
SENTENCE = _(
    "The text holds ten digits that look like a CPR number. Leave it out: Medspil keeps no numbers of persons. "
    "If it is another number, write it with spaces."
)


class CprNumberFound(Exception):
    """A text holds what looks like a civil registration number; nothing was saved."""

    def __init__(self) -> None:
        super().__init__(SENTENCE)


def looks_like_cpr(text: str) -> bool:
    """Return whether a text holds ten digits written like a civil registration number."""
    return bool(_LIKE_CPR.search(text))


def refuse_cpr(*values: Any) -> None:
    """Raise `CprNumberFound` if one of the values is a text with such a number; other values pass."""
    if any(isinstance(value, str) and looks_like_cpr(value) for value in values):
        raise CprNumberFound


def no_cpr(text: str) -> None:
    """Check a field of a form."""
    if looks_like_cpr(text):
        raise ValidationError(SENTENCE, code="cpr")

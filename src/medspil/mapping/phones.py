"""What a telephone number looks like: enough digits, and nothing but signs that people write between them."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FEWEST_DIGITS = 8
_SIGNS = re.compile(r"\+?[0-9 ().\-/]+")


def is_phone(text: str) -> bool:
    """Return whether a text can be a telephone number: at least eight digits, with + before and signs between."""
    return bool(_SIGNS.fullmatch(text.strip())) and sum(sign.isdigit() for sign in text) >= FEWEST_DIGITS


def check_phone(text: str) -> None:
    """Refuse what cannot be a telephone number; nothing is fine. Raises `ValidationError`."""
    if text and not is_phone(text):
        raise ValidationError(_("Write a telephone number with at least 8 digits. + and spaces are fine."))

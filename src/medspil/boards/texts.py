"""Texts of a board in the shape in which they are kept: trimmed, not too long, without numbers of persons."""

from django.utils.translation import gettext_lazy as _

from medspil.common.privacy import refuse_cpr
from medspil.partnerships.editing import TextTooLong, cleaned

__all__ = ["LineTooLong", "TextTooLong", "line", "text"]


class LineTooLong(Exception):
    """A name of the length of a text."""

    def __init__(self, most: int) -> None:
        super().__init__(_("Use at most %(most)d characters here.") % {"most": most})


def line(value: str, most: int) -> str:
    """Return words on one line. Raises `LineTooLong`, `CprNumberFound`."""
    found = " ".join(value.split())
    refuse_cpr(found)
    if len(found) > most:
        raise LineTooLong(most)
    return found


def text(value: str) -> str:
    """Return a longer text. Raises `TextTooLong`, `CprNumberFound`."""
    found = cleaned(value)
    refuse_cpr(found)
    return found

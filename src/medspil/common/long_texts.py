"""Refuses a text that is longer than there is room for: it is told, and never cut off unseen."""

from django.utils.translation import gettext_lazy as _

SENTENCE = _(
    "That is %(show_value)s characters, and there is room for %(limit_value)s. Nothing is lost: shorten it here."
)


class LongerThanRoom(Exception):
    """A text for which there is no room; nothing was saved."""

    def __init__(self, length: int, most: int) -> None:
        super().__init__(str(SENTENCE) % {"show_value": length, "limit_value": most})


def longer(text: str, *, most: int) -> str:
    """Return the sentence that says that a text is too long; blank of one that is not."""
    return str(LongerThanRoom(len(text), most)) if len(text) > most else ""


def refuse_longer(text: str, *, most: int) -> None:
    """Raise `LongerThanRoom` for a text of more characters than `most`."""
    if len(text) > most:
        raise LongerThanRoom(len(text), most)

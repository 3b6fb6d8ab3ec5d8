"""The first words of a letter, made of what the data say; a person changes them before anything is sent."""

import re

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from medspil.partnerships.told import Told

LONGEST_SUBJECT, LONGEST_LETTER = 160, 10_000
_GAPS = re.compile(r"\n{3,}")


def first_subject(told: Told) -> str:
    """Return the subject of a letter."""
    with translation.override(told.language):
        subject = _("{area}: will you be part of it?").format(area=told.area)
        longer = _("{area}: {wish} – will you be part of it?").format(area=told.area, wish=told.wish)
    line = " ".join((longer if told.wish and len(longer) <= LONGEST_SUBJECT else subject).split())
    return line[:LONGEST_SUBJECT]


def first_text(told: Told) -> str:
    """Return the text of a letter: plain lines, no mark-up, nothing of the data is run."""
    with translation.override(told.language):
        text = render_to_string("partnerships/letter.txt", {"told": told})
    return _GAPS.sub("\n\n", text).strip()[:LONGEST_LETTER]

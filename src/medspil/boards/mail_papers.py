"""The papers of a board that go with a mail: the agenda as it was when the mail was written, the minutes as approved.

The agenda can change between the writing of a mail and its going, so what it says is kept with the text of the mail and
goes with it. Approved minutes do not change: their paper is made of what was frozen, and is the one that the page of
the meeting gives, byte by byte.
"""

import json
from datetime import datetime

from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from medspil.boards.models import BoardMeeting
from medspil.boards.papers import agenda_data, made, minutes_data, minutes_pdf
from medspil.notices.models import Message
from medspil.notices.papers import Paper

_PLAIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
_LONGEST_NAME = 80


def agenda_paper(meeting: BoardMeeting, language: str, *, now: datetime) -> str:
    """Return what the agenda is made of when the mail goes."""
    with translation.override(language):
        data = agenda_data(meeting, language, now=now)
        told = {"template": "agenda.typ", "name": _named(_("agenda"), meeting), "data": data}
    return json.dumps(told, ensure_ascii=False)


def draft_paper(meeting: BoardMeeting, language: str) -> str:
    """Return what minutes that are not approved are made of when the mail goes, of a meeting loaded `for_page`."""
    with translation.override(language):
        told = {
            "template": "minutes.typ",
            "name": _named(pgettext("of a meeting", "minutes"), meeting),
            "data": minutes_data(meeting, None, [], language),
        }
    return json.dumps(told, ensure_ascii=False)


def paper_of(message: Message) -> Paper | None:
    """Return the paper that was written down with a mail; the same bytes each time it is tried."""
    if not message.paper:
        return None
    told = json.loads(message.paper)
    return Paper(told["name"], made(told["template"], told["data"], created=message.created_at))


def minutes_paper(meeting: BoardMeeting, language: str, *, now: datetime) -> Paper:
    """Return the minutes of a meeting loaded `for_page`."""
    with translation.override(language):
        name = _named(pgettext("of a meeting", "minutes"), meeting)
    return Paper(name, minutes_pdf(meeting, language, now=now))


def _named(what: str, meeting: BoardMeeting) -> str:
    """Return a name of plain letters that says what is in the file."""
    words = f"{what} {meeting.board.name} {meeting.day:%Y-%m-%d}"
    return f"{slugify(words.casefold().translate(_PLAIN))[:_LONGEST_NAME]}.pdf"

"""What an answer of a profile can say, question by question."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.catalogue.vocabulary import vocabulary
from medspil.organisations.models import AnswerSource, Known, Topic

LONGEST_TEXT, LONGEST_LINE, MOST_ROWS = 2_000, 200, 30
THEMES, PARTNERSHIPS, PARENT = "themes", "partnerships", "parent_cvr"
PARTNERSHIP_FIELDS = ("with_whom", "what", "when", "source", "link")

NO_ADDRESS = _("Write an address on the web, such as https://example.org.")
_web_address = URLValidator(schemes=["http", "https"])
# Which questions are answered with yes, no or unknown; the others by what is written.
YES_OR_NO = frozenset({Topic.CSR, Topic.GLOBAL_COMPACT, Topic.VOLUNTEERING, Topic.GROUP})


class AnswerRefused(Exception):
    """An answer cannot stand; `field` says which part."""

    def __init__(self, field_: str, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.field = field_


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What is said: yes, no or unknown, a text, and details by the question."""

    known: str = ""
    text: str = ""
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing is said at all: so an answer is taken back."""
        return not (self.known or self.text or self.details)


def checked(topic: Topic, said: Content) -> Content:
    """Return what is said in the shape in which it is kept; raises `AnswerRefused`."""
    text = said.text.strip()
    if len(text) > LONGEST_TEXT:
        raise AnswerRefused("text", _("The text is too long. Use at most 2,000 characters."))
    if said.known and said.known not in Known:
        raise AnswerRefused("known", _("Choose yes, no or that you could not find out."))
    if topic is Topic.THEMES:
        return _themes(said)
    if topic is Topic.PARTNERSHIPS:
        return _partnerships(said)
    if topic is Topic.CORE_SERVICES:
        return Content(text=text)
    parent = str(said.details.get(PARENT, "")) if topic is Topic.GROUP else ""
    if parent and not re.fullmatch(r"[0-9]{8}", parent):
        raise AnswerRefused(PARENT, _("A CVR number has eight digits."))
    if (text or parent) and not said.known:
        raise AnswerRefused("known", _("Choose yes, no or that you could not find out."))
    return Content(known=said.known, text=text, details={PARENT: parent} if parent else {})


def _themes(said: Content) -> Content:
    """Keep what a strategy says by theme; none at all is an answer too."""
    found = {code: str(text).strip() for code, text in said.details.get(THEMES, {}).items()}
    if not set(found) <= set(vocabulary().themes):
        raise AnswerRefused(THEMES, _("Choose one of the themes."))
    if any(len(text) > LONGEST_TEXT for text in found.values()):
        raise AnswerRefused(THEMES, _("The text is too long. Use at most 2,000 characters."))
    if found:
        return Content(known=Known.YES, details={THEMES: found})
    return Content(known=Known.NO if said.known == Known.NO else "")


def _partnerships(said: Content) -> Content:
    """Keep the earlier partnerships; each has at least somebody it was with."""
    rows = [_partnership(row) for row in said.details.get(PARTNERSHIPS, [])]
    if len(rows) > MOST_ROWS:
        raise AnswerRefused(PARTNERSHIPS, _("Write at most 30 partnerships."))
    if rows:
        return Content(known=Known.YES, details={PARTNERSHIPS: rows})
    return Content(known=Known.NO if said.known == Known.NO else "")


def refuse_link(field_: str, link: str) -> None:
    """Raise `AnswerRefused` for an address that is none of the web: it stands as a link on pages."""
    try:
        _web_address(link)
    except ValidationError as trouble:
        raise AnswerRefused(field_, NO_ADDRESS) from trouble


def _partnership(row: dict[str, Any]) -> dict[str, str]:
    told = {name: str(row.get(name, "")).strip() for name in PARTNERSHIP_FIELDS}
    if not told["with_whom"]:
        raise AnswerRefused(PARTNERSHIPS, _("Write with whom each partnership was."))
    if told["source"] not in AnswerSource:
        raise AnswerRefused(PARTNERSHIPS, _("Say where you know each partnership from."))
    if any(len(text) > LONGEST_TEXT for text in told.values()):
        raise AnswerRefused(PARTNERSHIPS, _("The text is too long. Use at most 2,000 characters."))
    if told["link"]:
        refuse_link(PARTNERSHIPS, told["link"])
    return told


def texts_of(content: Content) -> list[str]:
    """Return every free text of an answer, to be looked through for what must not stand there; addresses are none."""
    free = ("with_whom", "what", "when")
    rows = [row[name] for row in content.details.get(PARTNERSHIPS, []) for name in free]
    return [content.text, *content.details.get(THEMES, {}).values(), *rows]

"""Words of the profile pages: the questions, where an answer comes from, what an answer says in one line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from medspil.catalogue.vocabulary import vocabulary
from medspil.organisations.answers import PARENT, PARTNERSHIPS, THEMES
from medspil.organisations.models import AnswerSource, Known, Topic

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a profile as it is asked, and what helps to answer it."""

    ask: Words
    hint: Words


QUESTIONS: dict[Topic, Question] = {
    Topic.CORE_SERVICES: Question(
        gettext_lazy("What does the company live by?"),
        gettext_lazy("Its core services in a few plain words. They count when a need is compared with companies."),
    ),
    Topic.CSR: Question(
        gettext_lazy("Does it have a strategy for social responsibility (CSR)?"),
        gettext_lazy("Look on its website or in the annual report. A strategy can open the door to a partnership."),
    ),
    Topic.THEMES: Question(
        gettext_lazy("What does it say about your themes?"),
        gettext_lazy("Pick the themes it speaks of and write in your own words what it says."),
    ),
    Topic.GLOBAL_COMPACT: Question(
        gettext_lazy("Has it joined the UN Global Compact?"),
        gettext_lazy("The list of members is public; larger companies often name it in the annual report."),
    ),
    Topic.VOLUNTEERING: Question(
        gettext_lazy("May its employees volunteer in working hours?"),
        gettext_lazy("Write how many hours and for what, if you know."),
    ),
    Topic.PARTNERSHIPS: Question(
        gettext_lazy("Which partnerships has it had before?"),
        gettext_lazy(
            "With schools, associations, housing areas or the municipality. A known way of working is easiest."
        ),
    ),
    Topic.GROUP: Question(
        gettext_lazy("Does it belong to a group of companies?"),
        gettext_lazy("Then the parent company may be the one that decides, and may have the strategy."),
    ),
}


def theme_name(code: str) -> str:
    """Return the name of a theme in the language of the page."""
    entry = vocabulary().themes.get(code)
    return entry.name(get_language() or "da") if entry else code


def known_word(known: str) -> str:
    """Return yes, no or that nobody found out."""
    return str(Known(known).label) if known in Known else ""


def source_word(source: str) -> str:
    """Return where an answer comes from."""
    return str(AnswerSource(source).label) if source in AnswerSource else source


def came_from(*, source: str, on: date, by: str) -> str:
    """Return where an answer comes from, of which day, and who looked."""
    day = date_format(on, "DATE_FORMAT")
    words = {"source": source_word(source), "day": day, "who": by}
    return _("%(source)s, %(day)s, %(who)s") % words if by else _("%(source)s, %(day)s") % words


def group_line(text: str, parent: str) -> str:
    """Return the name and the number of a parent company."""
    number = _("CVR %(number)s") % {"number": parent} if parent else ""
    return ", ".join(part for part in (text, number) if part)


def answer_line(topic: str, said: Mapping[str, Any]) -> str:
    """Return an answer as the history keeps it in one line; a question that was taken back has none."""
    parts = [known_word(str(said.get("known", "")))] if topic not in {Topic.THEMES, Topic.PARTNERSHIPS} else []
    parts += [group_line(str(said.get("text", "")), str(said.get(PARENT, "")))]
    parts += [f"{theme_name(code)}: {text}".rstrip(": ") for code, text in said.get(THEMES, {}).items()]
    parts += [partnership_line(row) for row in said.get(PARTNERSHIPS, [])]
    if topic in {Topic.THEMES, Topic.PARTNERSHIPS} and said.get("known") == Known.NO:
        parts.append(_("Looked, and found none"))
    source = source_word(str(said.get("source", "")))
    text = " · ".join(part for part in parts if part)
    return f"{text} ({source})" if source and text else text


def partnership_line(row: Mapping[str, str]) -> str:
    """Return an earlier partnership in one line."""
    return " · ".join(part for part in (row.get("with_whom"), row.get("what"), row.get("when")) if part)

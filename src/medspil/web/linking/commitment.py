"""What is known of a company's commitment, in sentences: each fact with its source, its day and who looked."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medspil.organisations.models import CHECK_AGAIN_AFTER, Known, Topic
from medspil.web.organisations.profile_words import came_from, known_word, theme_name


def commitment_lines(profile: dict[str, Any]) -> list[str]:
    """Return one sentence for each question that was answered, in the order of the questions."""
    told = profile.get("told", {})
    return [_sentence(_what(topic, told[topic], profile), told[topic]) for topic in Topic if topic in told]


def _sentence(what: str, said: dict[str, Any]) -> str:
    """Return a fact with where it comes from; one that is older than a year asks to be looked at again."""
    words = {"what": what, "from": _from(said)}
    if timezone.localdate() - date.fromisoformat(said["on"]) > CHECK_AGAIN_AFTER:
        return _("%(what)s (%(from)s; check again).") % words
    return _("%(what)s (%(from)s).") % words


def _what(topic: Topic, said: dict[str, Any], profile: dict[str, Any]) -> str:
    if topic is Topic.PARTNERSHIPS and (number := profile.get("earlier_partnerships", 0)):
        return ngettext("%(number)s earlier partnership", "%(number)s earlier partnerships", number) % {
            "number": number
        }
    if topic is Topic.THEMES and profile.get("themes"):
        answer = ", ".join(theme_name(code) for code in profile["themes"])
    elif topic in {Topic.THEMES, Topic.PARTNERSHIPS} and said["known"] == Known.NO:
        answer = _("looked, and found none")
    else:
        word = known_word(said["known"])
        answer = word[:1].lower() + word[1:]
    return _("%(question)s: %(answer)s") % {"question": topic.label, "answer": answer}


def _from(said: dict[str, Any]) -> str:
    """Return where a fact comes from; who of the company wrote its own words is nobody's business."""
    who = "" if said["own"] else said.get("by_name", "")
    return came_from(source=said["source"], on=date.fromisoformat(said["on"]), by=who)

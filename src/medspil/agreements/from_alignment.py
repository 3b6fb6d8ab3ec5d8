"""What the sides said in the alignment, put where an agreement has it: a first text that people read and change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from medspil.agreements.canonical import party_name
from medspil.alignment.questions import FOCUS, HORIZON, NEVER, RESOURCES, SUCCESS, questions
from medspil.alignment.readiness import agreed_words, ready
from medspil.partnerships.models import Partner, Partnership


@dataclass(frozen=True, slots=True)
class Agreed:
    """Texts for the fields of a draft; empty where nobody has said anything."""

    effects: str
    activities: str
    success: str
    timeline: str


def agreed(partnership: Partnership, partners: Iterable[Partner]) -> Agreed:
    """Return what the sides said and settled, each with its name, in the language that is active. Six queries or so."""
    answers, settled = agreed_words(partnership)
    named = [(party_name(one), answers.get(one.pk, {})) for one in partners]
    effects = _each(named, FOCUS)
    if settled:
        effects += [gettext("This is settled:"), *settled]
    if never := _each(named, NEVER):
        effects += [gettext("This must not happen:"), *never]
    return Agreed(
        effects="\n".join(effects),
        activities="\n".join(_each(named, RESOURCES)),
        success="\n".join(_each(named, SUCCESS)),
        timeline="\n".join(_each(named, HORIZON)),
    )


def not_aligned(partnership: Partnership, partners: Iterable[Partner]) -> list[str]:
    """Return in words what is missing in the alignment before an agreement; no resident is named."""
    names = {one.pk: party_name(one) for one in partners}
    return [one.sentence(names) for one in ready(partnership)]


def _each(named: Iterable[tuple[str, Mapping[str, str]]], code: str) -> list[str]:
    asked = questions()[code]
    language = "en" if get_language() == "en" else "da"
    said = [(name, answers.get(code, "").strip()) for name, answers in named]
    return [f"{name}: {asked.shown(text, language)}" for name, text in said if text]

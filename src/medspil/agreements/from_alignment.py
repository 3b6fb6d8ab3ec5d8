"""What the sides said in the alignment, put where an agreement has it: a first text that people read and change.

And where an agreement has other numbers by now than the alignment had: people may have meant it, so it is only told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from medspil.agreements.canonical import party_name
from medspil.agreements.models import Agreement, FieldCode
from medspil.alignment.comparing import COUNTING
from medspil.alignment.numbers import Counted, counted
from medspil.alignment.questions import FOCUS, HORIZON, HORIZON_WORDS, NEVER, RESOURCES, SUCCESS, questions
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
    """Return what the sides said and settled, each with its name, in the language that is active. Six queries or so.

    What settles a difference stands in the field of the question that it was about. A sentence about the time stands in
    place of the times that each side had named: an agreement has one. Elsewhere it stands below what the sides said.
    """
    answers, sentences = agreed_words(partnership)
    named = [(party_name(one), answers.get(one.pk, {})) for one in partners]
    settled: dict[str, list[str]] = {}
    for one in sentences:
        settled.setdefault(one.question, []).append(one.sentence)
    known = {RESOURCES, SUCCESS, HORIZON, HORIZON_WORDS, NEVER}
    others = [text for question, texts in settled.items() if question not in known for text in texts]
    never = [*_each(named, NEVER), *settled.get(NEVER, ())]
    times = settled.get(HORIZON) or _each(named, HORIZON)
    return Agreed(
        effects=_lines(_each(named, FOCUS), _under(gettext("This is settled:"), others),
                       _under(gettext("This must not happen:"), never)),
        activities=_lines(_each(named, RESOURCES), settled.get(RESOURCES, ())),
        success=_lines(_each(named, SUCCESS), settled.get(SUCCESS, ())),
        timeline=_lines(times, _each(named, HORIZON_WORDS), settled.get(HORIZON_WORDS, ())),
    )  # fmt: skip


def not_aligned(partnership: Partnership, partners: Iterable[Partner]) -> list[str]:
    """Return in words what is missing in the alignment before an agreement; no resident is named."""
    names = {one.pk: party_name(one) for one in partners}
    return [one.sentence(names) for one in ready(partnership)]


@dataclass(frozen=True, slots=True)
class Departure:
    """Of something the alignment says one number, and the agreement another."""

    who: str
    before: str
    now: str


def departures(agreement: Agreement, partners: Iterable[Partner]) -> list[Departure]:
    """Return where goals, activities and success criteria say other numbers than any side or settlement did. Of a
    version whose fields came with it six queries or so, none where it counts nothing."""
    texts = [field.text for field in agreement.fields.all() if field.code in _COUNTED]
    now = _by_stem(("", one) for text in texts for one in counted(text))
    if not now:
        return []
    answers, sentences = agreed_words(agreement.partnership)
    names = {one.pk: party_name(one) for one in partners}
    said = [(names[pk], each.get(code, "")) for pk, each in answers.items() if pk in names for code in COUNTING]
    said += [(gettext("What settled a difference"), one.sentence) for one in sentences]
    before = _by_stem((who, one) for who, text in said for one in counted(text))
    found = []
    for stem, here in now.items():
        there = before.get(stem, [])
        if there and not {one.number for _who, one in here} & {one.number for _who, one in there}:
            found.append(Departure(there[0][0], there[0][1].words, here[0][1].words))
    return found


_COUNTED = (FieldCode.EFFECTS, FieldCode.ACTIVITIES, FieldCode.SUCCESS)


def _by_stem(rows: Iterable[tuple[str, Counted]]) -> dict[str, list[tuple[str, Counted]]]:
    found: dict[str, list[tuple[str, Counted]]] = {}
    for who, one in rows:
        found.setdefault(one.stem, []).append((who, one))
    return found


def _lines(*groups: Iterable[str]) -> str:
    return "\n".join(line for group in groups for line in group)


def _under(heading: str, lines: Iterable[str]) -> list[str]:
    """Return lines below what they are; nothing where there are none."""
    there = list(lines)
    return [heading, *there] if there else []


def _each(named: Iterable[tuple[str, Mapping[str, str]]], code: str) -> list[str]:
    asked = questions()[code]
    language = "en" if get_language() == "en" else "da"
    said = [(name, answers.get(code, "").strip()) for name, answers in named]
    return [f"{name}: {asked.shown(text, language)}" for name, text in said if text]

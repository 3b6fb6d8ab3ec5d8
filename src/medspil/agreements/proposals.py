"""What the first draft of an agreement says: from the need, the alignment, what the sides bring, the nearest case.

Everything is a proposal that a person reads and changes. Amounts of money, and people who decide, are proposed by
nobody.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language, gettext

from medspil.agreements.canonical import party_name
from medspil.agreements.from_alignment import agreed
from medspil.agreements.models import FieldCode
from medspil.agreements.rows import Row
from medspil.areas.models import Need, NeededResource
from medspil.catalogue.models import Case
from medspil.catalogue.nearest import nearest_case
from medspil.catalogue.vocabulary import vocabulary
from medspil.linking.models import Link
from medspil.partnerships.facts import HOURS
from medspil.partnerships.models import Partner, Partnership

MOST_FROM_CASE = 3
Proposal = tuple[str, list[Row]]


def proposed(partnership: Partnership, partners: Sequence[Partner]) -> dict[FieldCode, Proposal]:
    """Return text and rows for each field, in the language that is active. A dozen queries at most."""
    link = partnership.link
    need = link.need
    asked = sorted(need.resources.all(), key=lambda one: one.pk) if need else []
    case = _case(link, asked, partnership.model)
    said = agreed(partnership, partners)
    return {
        FieldCode.EFFECTS: (_both(_effects(partnership, need), said.effects), []),
        FieldCode.ACTIVITIES: (said.activities, _activities(link, asked, partners)),
        FieldCode.SUCCESS: (said.success or _success(need, case), []),
        FieldCode.TIMELINE: (said.timeline, _timeline(need)),
        FieldCode.BUDGET: ("", []),
        FieldCode.DECIDES: ("", _per_side(partners)),
        FieldCode.RESPONSIBLE: ("", _per_side(partners, brings=True)),
    }


def _both(one: str, other: str) -> str:
    return "\n\n".join(text for text in (one, other) if text)


def _case(link: Link, asked: Sequence[NeededResource], model: str) -> Case | None:
    challenge = link.challenge or (link.need.challenge if link.need else None)
    found = nearest_case(
        Case.objects.published(),
        kinds=[one.kind for one in asked],
        themes=[challenge.theme] if challenge and challenge.theme else [],
        target_groups=[link.need.target_group] if link.need and link.need.target_group else [],
        model=model,
    )
    return found.case if found else None


def _effects(partnership: Partnership, need: Need | None) -> str:
    link = partnership.link
    challenge = link.challenge or (need.challenge if need else None)
    parts = [partnership.idea or link.sentence]
    if challenge:
        parts.append(gettext("It is to change this: {challenge}.").format(challenge=challenge.title.rstrip(".")))
    if need and need.text:
        parts.append(need.text)
    return "\n".join(part.strip() for part in parts if part.strip())


def _activities(link: Link, asked: Sequence[NeededResource], partners: Sequence[Partner]) -> list[Row]:
    """Return a row for each thing that the need asks for; whoever says it brings something has a row besides."""
    others = [one for one in partners if one.side.organisation_id != link.area.owner_id]
    giver = others[0].pk if len(others) == 1 else None
    found: list[Row] = [
        {
            "what": _asked(one),
            "hours": one.quantity if one.unit.strip().casefold().rstrip(".") in HOURS else None,
            "rhythm": str(one.rhythm),
            "partner": giver,
        }
        for one in asked
    ]
    if not found:
        found = [
            {"what": " ".join(one.side.brings.split())[:200], "hours": None, "rhythm": "", "partner": one.pk}
            for one in partners
            if one.side.brings.strip()
        ]
    return found[:12]


def _asked(one: NeededResource) -> str:
    kind = vocabulary().resource_kinds.get(one.kind)
    name = kind.name(get_language() or "da") if kind else one.kind
    if one.quantity and one.unit.strip().casefold().rstrip(".") not in HOURS:
        return f"{name}: {one.quantity} {one.unit}".strip()[:200]
    return name[:200]


def _success(need: Need | None, case: Case | None) -> str:
    lines = []
    if need and need.people:
        lines.append(gettext("{people} people take part.").format(people=need.people))
    if need and need.good_day:
        lines.append(need.good_day)
    if case:
        language = "da" if (get_language() or "da").startswith("da") else "en"
        gains = list(case.gains.get(f"area_{language}") or [])[:MOST_FROM_CASE]
        name = case.name_da if language == "da" else case.name_en
        lines += [gettext("As in {case}: {gain}").format(case=name, gain=gain) for gain in gains]
    return "\n".join(lines)


def _timeline(need: Need | None) -> list[Row]:
    days = ((need.starts_on, gettext("We begin")), (need.ends_on, gettext("We end and look back"))) if need else ()
    return [{"on": day.isoformat(), "what": words} for day, words in days if day]


def _per_side(partners: Sequence[Partner], *, brings: bool = False) -> list[Row]:
    """Return a row for each side; a resident who takes part as a person decides for nobody else."""
    rows: list[dict[str, Any]] = []
    for one in partners:
        if party_name(one):
            what = " ".join(one.side.brings.split())[:200] if brings else ""
            rows.append({"partner": one.pk, "who": "", "what": what})
    return rows[:12]

"""What the first draft of an agreement says: from the need, the alignment, what the sides bring, the nearest case.

Everything is a proposal that a person reads and changes. Who decides is each side's contact person, with what that
person may decide; what something costs is proposed by nobody.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext

from medspil.agreements.from_alignment import agreed
from medspil.agreements.models import FieldCode
from medspil.agreements.rows import MOST_ROWS, Row
from medspil.areas.models import Need, NeededResource
from medspil.catalogue.models import Case
from medspil.catalogue.nearest import nearest_case
from medspil.catalogue.vocabulary import vocabulary
from medspil.linking.deleted_sentences import sentence_for_outsiders
from medspil.linking.models import Link
from medspil.partnerships.facts import in_hours
from medspil.partnerships.models import Part, Partner, PartnerPerson, Partnership

MOST_FROM_CASE = 3
Proposal = tuple[str, list[Row]]


def proposed(partnership: Partnership, partners: Sequence[Partner], *, on: date) -> dict[FieldCode, Proposal]:
    """Return text and rows for each field, in the language that is active. A dozen queries at most."""
    link = partnership.link
    need = link.need
    asked = sorted(need.resources.all(), key=lambda one: one.pk) if need else []
    case = _case(link, asked, partnership.model)
    said, contacts = agreed(partnership, partners), _contacts(partners, on)
    return {
        FieldCode.EFFECTS: (_both(_effects(partnership, need), said.effects), []),
        FieldCode.ACTIVITIES: (said.activities, _activities(link, asked, partners)),
        FieldCode.SUCCESS: (said.success or _success(need, case), []),
        FieldCode.TIMELINE: (said.timeline, _timeline(need)),
        FieldCode.BUDGET: ("", []),
        FieldCode.DECIDES: ("", _per_side(partners, contacts, decides=True)),
        FieldCode.RESPONSIBLE: ("", _per_side(partners, contacts)),
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
    parts = [partnership.idea or sentence_for_outsiders(link)]
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
            "hours": one.quantity if in_hours(one) else None,
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
    return found[:MOST_ROWS]


def _asked(one: NeededResource) -> str:
    kind = vocabulary().resource_kinds.get(one.kind)
    name = kind.name(get_language() or "da") if kind else one.kind
    if one.quantity and not in_hours(one):
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


def _contacts(partners: Sequence[Partner], on: date) -> dict[int, PartnerPerson]:
    """Return the contact person of each side on a day. One query."""
    found = PartnerPerson.objects.standing(on).filter(partner__in=partners, part=Part.CONTACT, forgotten_at=None)
    return {one.partner_id: one for one in found.for_page()}


def _per_side(
    partners: Sequence[Partner], contacts: Mapping[int, PartnerPerson], *, decides: bool = False
) -> list[Row]:
    """Return a row for each side with its contact person: up to what she decides, or what she answers for."""
    rows: list[Row] = []
    for one in partners:
        person = contacts.get(one.pk)
        what = _may_decide(person) if decides else " ".join(one.side.brings.split())
        rows.append({"partner": one.pk, "who": _named(person), "what": what[:200]})
    return rows[:MOST_ROWS]


def _named(person: PartnerPerson | None) -> str:
    if person is None:
        return ""
    name = person.user.name if person.user else person.name
    return ", ".join(part for part in (name, person.function) if part)[:120]


def _may_decide(person: PartnerPerson | None) -> str:
    if person is None:
        return ""
    kroner = person.may_decide_kroner
    words = ""
    if kroner is not None:
        words = gettext("up to {kroner} kr.").format(kroner=number_format(kroner, use_l10n=True, force_grouping=True))
    return "; ".join(part for part in (words, " ".join(person.may_decide_topics.split())) if part)

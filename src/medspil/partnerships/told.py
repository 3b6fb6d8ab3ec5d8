"""What the data say, in words: the same for the letter, the card for the call, the paper and the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medspil.accounts.models import User
from medspil.areas.models import NeededResource, Rhythm
from medspil.catalogue.models import Case
from medspil.catalogue.vocabulary import Entry, vocabulary
from medspil.geography.places import municipality
from medspil.linking.deleted_sentences import sentence_for_outsiders
from medspil.linking.models import Link
from medspil.linking.permissions import parties
from medspil.organisations.models import Membership, Organisation
from medspil.partnerships.facts import PitchFacts

LONGEST_TEXT = 400
MOST_EFFORT, MOST_CASE_GAINS = 3, 2


@dataclass(frozen=True, slots=True)
class ToldCase:
    """A case from elsewhere: what it was, what it took, what it gave the company."""

    name: str
    where: str
    summary: str
    effort: list[str]
    gains: list[str]


@dataclass(frozen=True, slots=True)
class Told:
    """All that is said to a company, in one language."""

    language: str
    company: str
    organisation: str
    area: str
    town: str
    wish: str
    about: str
    sentence: str
    """What they can do together; blank where it was deleted."""
    gains: list[str]
    area_gains: list[str]
    asks: list[str]
    hours: int | None
    unsaid: str
    """What is said of what we ask where the data say nothing of it; else blank."""
    case: ToldCase | None
    contact: str
    contact_email: str
    reached: str
    """How everybody reaches the organisation, as it says itself; often blank."""


def told(facts: PitchFacts, *, language: str, contact: User, hours: int | None) -> Told:
    """Return what is said to a side, in a language. Two queries."""
    link = facts.link
    town = municipality(link.area.municipality) if link.area.municipality else None
    wanted = link.need or link.challenge
    ours = organisation_for(link, contact)
    wish = ", ".join(part for part in (wanted.title if wanted else "", link.subject) if part)
    with translation.override(language):
        asks = _asks(facts)
        return Told(
            language=language,
            company=facts.name,
            organisation=ours.name,
            area=link.area.name,
            town=town.name if town else "",
            wish=wish,
            about=shortened((link.need.text if link.need else "") or (link.challenge.seen if link.challenge else "")),
            sentence=sentence_for_outsiders(link),
            gains=[one.rule.text(language) for one in facts.gains],
            area_gains=[one.rule.text(language) for one in facts.area_gains],
            asks=asks,
            hours=hours,
            unsaid="" if asks or hours else _("What we ask of you, we tell when we meet: it has to fit you, too."),
            case=_case(facts.nearest.case, language) if facts.nearest else None,
            contact=str(contact),
            contact_email=contact.email,
            reached=", ".join(part for part in (ours.public_phone, ours.public_email) if part),
        )


def organisation_for(link: Link, contact: User) -> Organisation:
    """Return the organisation for which a person writes: one of the area's, the owner first; else her own as broker."""
    hers = set(Membership.objects.current().filter(user=contact).values_list("organisation", flat=True))
    ours = [one for one in parties(link.area) if one.pk in hers]
    if ours:
        return ours[0]
    brokerage = link.brokerages.filter(user=contact, called_off_at=None).select_related("organisation").first()
    return brokerage.organisation if brokerage else link.area.owner


def _asks(facts: PitchFacts) -> list[str]:
    """Return what is asked for, line by line: kinds with how much and how often, how many people, when, where."""
    need = facts.link.need
    lines = [_line(one) for one in facts.asked]
    if need is None:
        return [*lines, *([facts.party.brings] if facts.party.brings else [])]
    if need.helpers:
        words = ngettext("{number} person from you at a time", "{number} people from you at a time", need.helpers)
        lines.append(words.format(number=number_format(need.helpers)))
    if need.starts_on or need.ends_on:
        lines.append(_("When: {period}").format(period=_period(need.starts_on, need.ends_on)))
    if need.place:
        lines.append(_("Where: {place}").format(place=need.place))
    if need.people or need.target_group:
        lines.append(_("For whom: {group}").format(group=_group(need.people, need.target_group)))
    return lines


def _line(one: NeededResource) -> str:
    amount = " ".join(part for part in ("" if one.quantity is None else number_format(one.quantity), one.unit) if part)
    often = str(dict(Rhythm.choices)[one.rhythm]) if one.rhythm else ""
    rest = ", ".join(part for part in (amount, often) if part)
    kind = _name(vocabulary().resource_kinds, one.kind)
    return f"{kind}: {rest}" if rest else kind


def _group(people: int | None, code: str) -> str:
    name = _name(vocabulary().target_groups, code) if code else _("residents")
    return f"{number_format(people)} {name[:1].lower()}{name[1:]}" if people else name


def _period(start: Any, end: Any) -> str:
    if not end:
        return _("from {day}").format(day=date_format(start))
    if not start:
        return _("until {day}").format(day=date_format(end))
    return f"{date_format(start)} – {date_format(end)}"


def _name(entries: Mapping[str, Entry], code: str) -> str:
    entry = entries.get(code)
    return entry.name(translation.get_language() or "da") if entry else code


def _case(case: Case, language: str) -> ToldCase:
    tongue = "da" if language.startswith("da") else "en"
    effort = [
        f"{number_format(one['number'])} {one[f'unit_{tongue}']} ({one[f'what_{tongue}']})"
        for one in case.effort[:MOST_EFFORT]
    ]
    return ToldCase(
        name=case.name_da if tongue == "da" else case.name_en,
        where=", ".join(part for part in (case.area, case.years) if part),
        summary=shortened(case.summary_da if tongue == "da" else case.summary_en),
        effort=effort,
        gains=list(case.gains.get(f"company_{tongue}", []))[:MOST_CASE_GAINS],
    )


def shortened(text: str) -> str:
    """Return a text of a length that a letter can carry, cut after a sentence, else after a word."""
    plain = " ".join(text.split())
    if len(plain) <= LONGEST_TEXT:
        return plain
    begun = plain[:LONGEST_TEXT]
    sentences, stop, _rest = begun.rpartition(". ")
    if len(sentences) > LONGEST_TEXT // 2:
        return f"{sentences}{stop.strip()}"
    return f"{begun.rpartition(' ')[0] or begun} …"

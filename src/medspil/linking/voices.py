"""What profiles say of one company to many needs at once: the same facts as `profiles.facts_by_unit`, asked from the
company's side."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.db.models import Q

from medspil.areas.models import Area, Need
from medspil.linking.profiles import SCORED, Facts, together, told_of
from medspil.organisations.models import Profile, ProfileAnswer, ProfileWord
from medspil.organisations.subjects import private_kinds
from medspil.register.models import Unit


class Voice(NamedTuple):
    """One profile about the company: who speaks, what it says, and whether of this very place or of the whole."""

    said_by: int
    own: bool
    of_place: bool
    facts: Facts
    words: dict[str, dict[str, float]]  # {question: {term: weight}}


def voices_about(unit: Unit) -> list[Voice]:
    """Return the profiles about a unit, the newest first. Two queries, one when there is none."""
    of_company = Q(about__cvr=unit.cvr) & (Q(about__unit=None) | Q(about__kind__in=private_kinds()))
    about = Q(about__unit=unit) | of_company if unit.cvr else Q(about__unit=unit)
    rows = list(
        Profile.objects.standing()
        .filter(about)
        .exclude(facts={})
        .order_by("-updated_at", "pk")
        .values_list("pk", "said_by", "about", "about__cvr", "about__unit", "about__kind", "facts")
    )
    words: dict[int, dict[str, dict[str, float]]] = {}
    if rows:
        spoken = ProfileWord.objects.filter(profile__in=[row[0] for row in rows])
        for pk, topic, term, weight in spoken.values_list("profile", "topic", "term", "weight"):
            words.setdefault(pk, {}).setdefault(topic, {})[term] = weight
    return [
        Voice(
            said_by=said_by,
            own=said_by == subject,
            of_place=not (cvr and (place is None or kind in private_kinds())),
            facts=facts,
            words=words.get(pk, {}),
        )
        for pk, said_by, subject, cvr, place, kind, facts in rows
    ]


def facts_for(voices: list[Voice], *, owner: int, partners: Collection[int], terms: Mapping[str, float]) -> Facts:
    """Return what the voices heard in an area say to a need with these words: own words, the owner's, a partner's."""
    heard = [voice for voice in voices if voice.own or voice.said_by == owner or voice.said_by in partners]
    heard.sort(key=lambda voice: 0 if voice.own else 1 if voice.said_by == owner else 2)
    whole, place = (
        together(_with_words(voice, terms) for voice in heard if voice.of_place == of_place)
        for of_place in (False, True)
    )
    return whole | place


def _with_words(voice: Voice, terms: Mapping[str, float]) -> Facts:
    facts = dict(voice.facts)
    for topic, words in voice.words.items():
        said = {term: weight for term, weight in words.items() if term in terms}
        if said:
            facts[topic] = {**facts.get(topic, {"known": ""}), "terms": said}
    return facts


def told_to(needs: Collection[Need], unit: Unit) -> dict[int, Facts]:
    """Return by need what counted of one company and where it comes from, as `profiles.told_by_unit`. Two queries."""
    about = Q(profile__about__unit=unit)
    if unit.cvr:
        about |= Q(profile__about__cvr=unit.cvr)
    said = ProfileAnswer.objects.filter(about, profile__in=Profile.objects.standing(), topic__in=SCORED)
    answers = list(said.select_related("profile__about").order_by("pk"))
    if not answers:
        return {}
    links = Area.partners.through._default_manager.filter(area__in={need.area_id for need in needs})
    partners = set(links.values_list("area", "organisation"))
    found = {}
    for need in needs:
        heard = [answer for answer in answers if _heard(answer.profile, need, partners)]
        whole, place = ([one for one in heard if _of_place(one.profile) == own] for own in (False, True))
        if told := told_of(need, whole) | told_of(need, place):
            found[need.pk] = told
    return found


def _heard(profile: Profile, need: Need, partners: Collection[tuple[int, int]]) -> bool:
    ours = profile.said_by_id == need.area.owner_id or (need.area_id, profile.said_by_id) in partners
    return profile.own or ours


def _of_place(profile: Profile) -> bool:
    company = profile.about
    return not (company.cvr and (company.unit_id is None or company.kind in private_kinds()))

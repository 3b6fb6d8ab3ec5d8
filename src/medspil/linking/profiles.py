"""What profiles of companies say to a need: the facts the engine scores with, and where each of them comes from.

A question hears the company's own words and the checks of the organisations that own the need's area or take part in
it; checks of others are not used and leave no trace. Question by question the company's own words count before a
check, the owner's check before a partner's, and whoever knows before whoever could not find out.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.db.models import Case, F, Q, QuerySet, TextField, When
from django.db.models.functions import Cast

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.organisations.digest import ANALYSER
from medspil.organisations.models import Known, Profile, ProfileAnswer, ProfileWord, Topic
from medspil.organisations.subjects import private_kinds
from medspil.register.models import Unit

Facts = dict[str, Any]
SCORED = (Topic.CSR, Topic.THEMES, Topic.GLOBAL_COMPACT, Topic.VOLUNTEERING, Topic.PARTNERSHIPS)
"""The questions whose answers count as commitment."""


def heard(area: Area) -> QuerySet[Profile]:
    """Return the profiles that count for an area's needs."""
    partners = Area.partners.through._default_manager.filter(area=area).values("organisation")
    ours = Q(said_by=area.owner_id) | Q(said_by__in=partners)
    return Profile.objects.standing().filter(ours | Q(said_by=F("about")))


def facts_by_unit(need: Need, terms: Mapping[str, float]) -> dict[int, Facts]:
    """Return what profiles say of units, by P-number, as arguments of the engine's `Profile`. Three queries at most.

    Of the words only those that the need asks with are read; of the units only those it may reach.
    """
    voices = _voices(need, terms)
    by_cvr: dict[str, list[Facts]] = {}
    by_number: dict[int, list[Facts]] = {}
    for facts, cvr, number, kind in voices:
        if cvr and (number is None or kind in private_kinds()):
            by_cvr.setdefault(cvr, []).append(facts)
        elif number is not None:
            by_number.setdefault(number, []).append(facts)
    found: dict[int, Facts] = {}
    if by_cvr:
        companies: dict[str, Facts] = {}
        with_profile = heard(need.area).exclude(about__cvr="").values("about__cvr")
        units = Unit.objects.filter(reached(need), cvr__in=with_profile).values_list("number", "cvr")
        for number, cvr in units:
            if cvr in by_cvr and cvr not in companies:
                companies[cvr] = together(by_cvr[cvr])
            if companies.get(cvr):
                found[number] = companies[cvr]
    for number, told in by_number.items():
        place = together(told)
        if place:  # what is known of the very place counts before what is known of the whole
            found[number] = found.get(number, {}) | place
    return found


def _voices(need: Need, terms: Mapping[str, float]) -> list[tuple[Facts, str, int | None, str]]:
    """Return the facts of profiles with whom they are about, in the order in which they are heard. Two queries."""
    order = Case(When(said_by=F("about"), then=0), When(said_by=need.area.owner_id, then=1), default=2)
    listened = heard(need.area).exclude(facts={})
    rows = list(
        listened.order_by(order, "-updated_at", "pk").values_list(
            "pk", Cast("facts", TextField()), "about__cvr", "about__unit__number", "about__kind"
        )
    )
    if not rows:
        return []
    words: dict[int, dict[str, dict[str, float]]] = {}
    spoken = ProfileWord.objects.filter(term__in=list(terms), profile__in=listened.values("pk"))
    for pk, topic, term, weight in spoken.values_list("profile", "topic", "term", "weight"):
        words.setdefault(pk, {}).setdefault(topic, {})[term] = weight
    return [(_with_words(_read(told), words.get(pk)), cvr, number, kind) for pk, told, cvr, number, kind in rows]


@lru_cache(maxsize=4_096)
def _read(told: str) -> Facts:
    """Return facts as they were written; many companies have the same few, which are read once. Not to be changed."""
    facts: Facts = json.loads(told)
    return facts


def _with_words(facts: Facts, words: Mapping[str, Mapping[str, float]] | None) -> Facts:
    if not words:
        return facts
    said = {topic: {**facts.get(topic, {"known": ""}), "terms": terms} for topic, terms in words.items()}
    return {**facts, **said}


def reached(need: Need) -> Q:
    """Return the condition of the units that may lie within the need's reach: those around it, or with no place."""
    x, y = need.area.x, need.area.y
    if not need.reach_km or x is None or y is None:
        return Q()
    far = need.reach_km * 1000.0
    return Q(x=None) | Q(x__range=(x - far, x + far), y__range=(y - far, y + far))


def together(voices: Iterable[Facts]) -> Facts:
    """Return what several profiles of one company say together, question by question the first that knows.

    They come in the order in which they are heard.
    """
    first: dict[str, Facts] = {}
    for voice in voices:
        for topic, said in voice.items():
            if topic != ANALYSER and (topic not in first or first[topic]["known"] == Known.UNKNOWN != said["known"]):
                first[topic] = said
    found: Facts = {}
    csr = first.get(Topic.CSR, {}).get("known")
    if csr in {Known.YES, Known.NO}:
        found["csr"] = csr == Known.YES
    if themes := first.get(Topic.THEMES, {}).get("themes"):
        found["themes"] = themes
    for topic, name in ((Topic.GLOBAL_COMPACT, "global_compact"), (Topic.VOLUNTEERING, "volunteering")):
        if first.get(topic, {}).get("known") == Known.YES:
            found[name] = True
    if number := first.get(Topic.PARTNERSHIPS, {}).get("number"):
        found["earlier_partnerships"] = number
    words: dict[str, float] = {}
    for said in first.values():
        for term, weight in said.get("terms", {}).items():
            words[term] = words.get(term, 0.0) + weight
    if words:
        found["terms"] = dict(sorted(words.items()))
    return found


def told_by_unit(need: Need, units: Collection[Facts]) -> dict[int, Facts]:
    """Return for listed units what counted and where it comes from: {number: {question: answer}}. One query.

    People are kept by their key and not by name: a name that must be forgotten then stands in no stored answer.
    """
    numbers, cvrs = {unit["number"] for unit in units}, {unit.get("cvr") or None for unit in units} - {None}
    about = Q(profile__about__cvr__in=cvrs) | Q(profile__about__unit__number__in=numbers)
    answers = (
        ProfileAnswer.objects.filter(about, profile__in=heard(need.area).values("pk"), topic__in=SCORED)
        .select_related("profile__about__unit")
        .order_by("pk")
    )
    whole: dict[str, list[ProfileAnswer]] = {}
    place: dict[int, list[ProfileAnswer]] = {}
    for answer in answers:
        organisation = answer.profile.about
        if organisation.cvr and (organisation.unit is None or organisation.kind in private_kinds()):
            whole.setdefault(organisation.cvr, []).append(answer)
        elif organisation.unit:
            place.setdefault(organisation.unit.number, []).append(answer)
    return {
        unit["number"]: told
        for unit in units
        if (told := told_of(need, whole.get(unit.get("cvr", ""), [])) | told_of(need, place.get(unit["number"], [])))
    }


def told_of(need: Need, answers: list[ProfileAnswer]) -> Facts:
    """Return of answers that a need hears the one that counts for each question, and where it comes from."""
    by_topic: dict[str, list[ProfileAnswer]] = {}
    for answer in answers:
        by_topic.setdefault(answer.topic, []).append(answer)
    found: Facts = {}
    for topic, said in sorted(by_topic.items()):
        ordered = sorted((one for one in said if one.told), key=lambda one: _rank(need, one))
        if ordered:
            first = ordered[0]
            found[topic] = {
                "known": first.known,
                "own": first.profile.own,
                "source": first.source,
                "on": first.checked_on.isoformat(),
                "by": first.checked_by_id,
            }
    return found


def _rank(need: Need, answer: ProfileAnswer) -> tuple[bool, int, float, int]:
    """Return the order in which `facts_by_unit` hears the voices, so that the source shown is that of the fact."""
    profile = answer.profile
    voice = 0 if profile.own else 1 if profile.said_by_id == need.area.owner_id else 2
    return answer.known == Known.UNKNOWN, voice, -profile.updated_at.timestamp(), profile.pk


def names_in(rows: Iterable[Facts]) -> dict[int, str]:
    """Return the names of those who checked, by their keys, for rows of an answer. One query, or none."""
    told = [said for row in rows for said in row.get("profile", {}).get("told", {}).values()]
    keys = {said["by"] for said in told if said.get("by")}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=keys)} if keys else {}


def named(row: Facts, names: Mapping[int, str]) -> Facts:
    """Return a row with the names of those who checked, as they are today; the stored row stays as it is."""
    told = row.get("profile", {}).get("told")
    if not told:
        return row
    said = {topic: {**one, "by_name": names.get(one["by"], "")} for topic, one in told.items()}
    return {**row, "profile": {**row["profile"], "told": said}}

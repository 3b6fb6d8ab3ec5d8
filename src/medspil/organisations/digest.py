"""What rankings read of profiles, made when answers are saved: facts by question, and words as the analyser cuts them.

A ranking asks thousands of profiles at once. It reads a few small facts of each, and of the words only those that the
need asks with, found by the term: the answers themselves are not touched.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction

from medspil.language import ANALYSER_VERSION, terms
from medspil.organisations.answers import PARTNERSHIPS, THEMES
from medspil.organisations.models import Profile, ProfileAnswer, ProfileQuerySet, ProfileWord, Topic

CORE_WORDS, OTHER_WORDS = 2.0, 1.0
"""What a word of the core services counts, and one of what the strategy says: as industry and purpose do."""

ANALYSER, LONGEST_TERM = "analyser", 80
_SEARCHED = {Topic.CORE_SERVICES: CORE_WORDS, Topic.CSR: OTHER_WORDS, Topic.THEMES: OTHER_WORDS}


@transaction.atomic
def digest(profiles: ProfileQuerySet) -> int:
    """Make facts and words of profiles anew; returns of how many."""
    found = list(profiles.prefetch_related("answers"))
    ProfileWord.objects.filter(profile__in=found).delete()
    for profile in found:
        Profile.objects.filter(pk=profile.pk).update(facts=facts_of(profile.answers.all()))
        ProfileWord.objects.bulk_create(words_of(profile, profile.answers.all()), batch_size=500)
    return len(found)


def renew() -> int:
    """Cut the words of profiles again where an older analyser has cut them; returns of how many."""
    old = Profile.objects.exclude(facts={}).exclude(facts__analyser=ANALYSER_VERSION)
    keys = list(old.order_by("pk").values_list("pk", flat=True))
    return sum(digest(Profile.objects.filter(pk__in=keys[at : at + 200])) for at in range(0, len(keys), 200))


def facts_of(answers: Iterable[ProfileAnswer]) -> dict[str, Any]:
    """Return what is known by question, and which analyser cut the words; nothing where nothing is answered."""
    found: dict[str, Any] = {answer.topic: _facts(answer) for answer in answers if answer.told}
    return found | {ANALYSER: ANALYSER_VERSION} if found else {}


def _facts(answer: ProfileAnswer) -> dict[str, Any]:
    facts: dict[str, Any] = {"known": answer.known}
    if answer.topic == Topic.THEMES:
        facts["themes"] = sorted(answer.details.get(THEMES, {}))
    if answer.topic == Topic.PARTNERSHIPS:
        facts["number"] = len(answer.details.get(PARTNERSHIPS, []))
    return facts


def words_of(profile: Profile, answers: Iterable[ProfileAnswer]) -> Iterator[ProfileWord]:
    """Yield the words that may fit a need, question by question, with what each counts."""
    for answer in answers:
        counts = _SEARCHED.get(Topic(answer.topic))
        if counts is None:
            continue
        text = "\n".join([answer.text, *answer.details.get(THEMES, {}).values()])
        for term, times in sorted(terms(text).items()):
            if len(term) <= LONGEST_TERM:
                yield ProfileWord(profile=profile, topic=answer.topic, term=term, weight=round(counts * times, 4))

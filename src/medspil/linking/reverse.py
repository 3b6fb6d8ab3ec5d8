"""The other way round: which open needs fit one company best, with the figures and reasons of the ranking.

The score of a need and a company is the same number whichever of the two is asked: what the ranking of the need would
say of the company is what the company is told of the need.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from medspil import matching
from medspil.areas.models import Area, Need, NeedQuerySet
from medspil.linking.answer import Row, plain_row, unit_facts
from medspil.linking.approaches import counts_of
from medspil.linking.consequences import heard_of_unit
from medspil.linking.models import Candidate, Decision
from medspil.linking.pool import Asked, open_needs
from medspil.linking.question import profile_of, with_records
from medspil.linking.voices import Voice, facts_for, told_to, voices_about
from medspil.matching import Gate, Profile, RankedNeed, RankedUnit
from medspil.organisations.models import Organisation
from medspil.register.index import record_of
from medspil.register.models import Unit

_NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class FittingNeed:
    """An open need and why it fits the company."""

    need: Need
    ranked: RankedNeed


@dataclass(frozen=True, slots=True)
class FittingNeeds:
    """The needs that fit a company, best first, and how many others there are and why they are left out."""

    needs: tuple[FittingNeed, ...]
    left_out: Mapping[Gate, int]
    eligible: int
    considered: int


def needs_for(
    *, unit: Unit, among: NeedQuerySet, now: datetime, k: int = 10, asks_itself: bool = False
) -> FittingNeeds:
    """Return the `k` needs of `among` that fit a company best.

    `among` is what the person may see; needs outside it count nowhere. The facts of the company are those of the
    register today, also if the index is older. Protection from advertising keeps others from bringing it needs, but
    not a company that `asks_itself` from looking. Raises `medspil.matching.IndexUnusable`.
    """
    on = timezone.localdate(now)
    open_ = open_needs(on)
    seen = {pk for pk in among.open(on).values_list("pk", flat=True) if pk in open_.asked}
    known, turned_down = _known_of(unit, {pk: open_.asked[pk] for pk in seen}, now)
    ranking = matching.rank_needs(
        open_.pool,
        record_of(unit),
        k=k,
        among=seen,
        profiles=known,
        turned_down=frozenset(turned_down),
        consented=frozenset(seen) if asks_itself else frozenset(),
    )
    rows = among.for_page().in_bulk([one.key for one in ranking.needs])
    found = tuple(FittingNeed(rows[one.key], one) for one in ranking.needs if one.key in rows)
    return FittingNeeds(found, ranking.left_out, ranking.eligible, ranking.considered)


def rows_of(unit: Unit, found: FittingNeeds) -> list[Row]:
    """Return the company as it stands in the ranking of each of these needs, as JSON. Three queries at most."""
    facts = unit_facts([unit.number]).get(unit.number, {})
    told = told_to([one.need for one in found.needs], unit)
    return [
        plain_row(place, _from_the_needs_side(unit, one.ranked), facts, told.get(one.need.pk, {}))
        for place, one in enumerate(found.needs, start=1)
    ]


def _from_the_needs_side(unit: Unit, ranked: RankedNeed) -> RankedUnit:
    same = {name: value for name, value in ranked._asdict().items() if name != "key"}
    return RankedUnit(number=unit.number, **same)


def _known_of(unit: Unit, needs: Mapping[int, Asked], now: datetime) -> tuple[dict[int, Profile], set[int]]:
    """Return what our own records say of one company to each need, and the needs that set it aside or that it said no
    to. Eight queries at most.

    The same facts as in the question of each need.
    """
    decided = Candidate.objects.filter(unit=unit, decision__in=[Decision.KEPT, Decision.SET_ASIDE])
    turned_down: set[int] = set()
    kept: dict[int, set[int]] = {}
    for need, owner, decision in decided.values_list("need", "need__area__owner", "decision"):
        if decision == Decision.KEPT:
            kept.setdefault(owner, set()).add(need)
        else:
            turned_down.add(need)
    said_no = heard_of_unit(
        unit,
        {pk: asked.case for pk, asked in needs.items()},
        {pk: asked.area for pk, asked in needs.items()},
        timezone.localdate(now),
    )
    turned_down |= {pk for pk, heard in said_no.items() if heard.stops}
    approaches, offers = counts_of(unit, now)
    joined = Organisation.objects.joined().filter(unit=unit, archived_at=None).exists()
    voices = voices_about(unit)
    if not (kept or joined or voices or approaches or offers or said_no):  # so it is for nearly all companies
        return {}, turned_down
    told, made = _Told(voices), dict[tuple[object, ...], Profile]()
    known: dict[int, Profile] = {}
    total = sum(approaches.values())
    for pk, asked in needs.items():
        facts = told.to(asked)
        in_contact = joined or bool(kept.get(asked.owner, _NOTHING) - {pk})
        times = total - approaches.get(pk, 0)
        declined = frozenset(said_no[pk].declined.get(unit.number, ())) if pk in said_no else frozenset[str]()
        if facts or in_contact or times or offers or declined:
            key = (id(facts), in_contact, times, declined)  # `told` keeps its facts: no other has the same id
            if key not in made:
                said = with_records(facts, in_contact=in_contact, approaches=times, offers=offers, declined=declined)
                made[key] = profile_of(said)
            known[pk] = made[key]
    return known, turned_down


class _Told:
    """What the profiles about one company say to a need; worked out once for needs that hear and ask the same."""

    def __init__(self, voices: list[Voice]) -> None:
        self._voices = voices
        self._silence: dict[str, Any] = {}
        self._terms = {term for voice in voices for words in voice.words.values() for term in words}
        self._partners: dict[int, set[int]] = {}
        self._found: dict[tuple[int, int, frozenset[str]], dict[str, Any]] = {}
        if any(not voice.own for voice in voices):
            speakers = {voice.said_by for voice in voices}
            partners = Area.partners.through._default_manager.filter(organisation__in=speakers)
            for area, organisation in partners.values_list("area", "organisation"):
                self._partners.setdefault(area, set()).add(organisation)

    def to(self, asked: Asked) -> dict[str, Any]:
        """Return the facts for a need."""
        if not self._voices:
            return self._silence
        terms = dict.fromkeys(asked.need.terms.keys() & self._terms, 1.0)
        key = (asked.area, asked.owner, frozenset(terms))
        if key not in self._found:
            partners = self._partners.get(asked.area, set())
            self._found[key] = facts_for(self._voices, owner=asked.owner, partners=partners, terms=terms)
        return self._found[key]

"""What a need asks the engine: made from our records, kept as plain JSON, and read back to be asked again.

The question is the same whoever asks it: it is made from the need and from what all of us know of the companies (who is
here, whom the need's own organisation keeps, how often others approached them, what they say of themselves and what
those who work in the area found out), never from what the person in front of the screen happens to see.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from medspil import matching
from medspil.areas.models import Need
from medspil.linking.affinities import affinities
from medspil.linking.approaches import counts_for
from medspil.linking.consequences import SaidNo, heard_by_need
from medspil.linking.models import Candidate, Decision
from medspil.linking.profiles import facts_by_unit, reached
from medspil.linking.words import scale_of, words_of_need
from medspil.matching import Filters, Model, Profile, Wanted, Weights
from medspil.organisations.models import Organisation

_SCORED = frozenset(field.name for field in fields(Profile))

Question = dict[str, Any]


def question_of(
    *, need: Need, now: datetime, filters: Filters, weights: Weights = matching.DEFAULT_WEIGHTS, k: int
) -> Question:
    """Return a need as the engine is to get it, in values that JSON can carry.

    `notes` are codes of what could not be asked as the need has it, for the page to say.
    """
    asked, notes = asked_by(need)
    said_no = heard_by_need(need, timezone.localdate(now), among=reached(need))
    aside = need.candidates.filter(decision=Decision.SET_ASIDE).values_list("unit__number", flat=True)
    question = {
        "need": {
            **asked,
            "profiles": _profiles(need, now, asked["terms"], said_no),
            "turned_down": sorted({*aside, *said_no.stops}),
        },
        "filters": _plain_filters(filters),
        "weights": {name: round(value, 9) for name, value in asdict(weights).items()},
        "k": k,
        "notes": notes,
    }
    if said_no.refusals:  # not asked by the engine: which no stands behind whom, for the page to say
        question["refusals"] = said_no.refusals
    return question


def asked_by(need: Need) -> tuple[dict[str, Any], list[str]]:
    """Return what a need asks by itself, whatever is known of companies, and codes of what it could not ask.

    Reads the need's kinds of resources, its area and its challenge: fetch them before when there are many needs.
    """
    kinds = sorted(resource.kind for resource in need.resources.all())
    known = [kind for kind in kinds if kind in affinities().kinds]
    place, notes = _place(need)
    if known != kinds:
        notes.append("kinds_unknown")
    if not known:
        notes.append("no_kinds")
    asked = {
        "wanted": known,
        "terms": words_of_need(f"{need.title}\n{need.text}", known),
        "themes": [need.challenge.theme] if need.challenge and need.challenge.theme else [],
        **place,
        "effort": need.helpers or 1,
    }
    return asked, notes


def _place(need: Need) -> tuple[dict[str, Any], list[str]]:
    """The centre of the area, how fast nearness fades, and the gates; what lacks a centre is noted."""
    area, notes = need.area, []
    reach_m = need.reach_km * 1000.0 if need.reach_km else None
    has_centre = area.x is not None and area.y is not None
    if not has_centre:
        notes.append("no_centre")
    municipalities = None
    if need.own_municipality_only:
        if area.municipality.isdigit():
            municipalities = [int(area.municipality)]
        else:
            notes.append("no_municipality")
    place = {
        "x": area.x if has_centre else None,
        "y": area.y if has_centre else None,
        "scale_m": scale_of(reach_m),
        "radius_m": reach_m if has_centre else None,
        "municipalities": municipalities,
    }
    return place, notes


def _profiles(need: Need, now: datetime, terms: Mapping[str, float], said_no: SaidNo) -> dict[str, dict[str, Any]]:
    """What our own records say of single units; most units have no entry.

    What profiles say, see `profiles`; what was refused, see `consequences`; how often it was approached for other
    needs, whoever's, and how many offers it has, see `approaches`: of these only the numbers are used. In contact: we
    have the company as an organisation, or the need's own organisation keeps it for another need; that somebody
    checked it is no contact.
    """
    others = Candidate.objects.filter(decision=Decision.KEPT).exclude(need=need)
    ours = others.filter(need__area__owner=need.area.owner_id).values_list("unit__number", flat=True)
    here = Organisation.objects.joined().filter(unit__isnull=False, archived_at=None)
    joined = here.values_list("unit__number", flat=True)
    counts = counts_for(need, now, among=reached(need))
    in_contact = {number for number in [*ours, *joined] if number is not None}
    known = facts_by_unit(need, terms)
    found: dict[str, dict[str, Any]] = {}
    for number in sorted(in_contact | set(counts.approaches) | set(counts.offers) | set(known) | set(said_no.declined)):
        found[str(number)] = with_records(
            known.get(number, {}),
            in_contact=number in in_contact,
            approaches=counts.approaches.get(number, 0),
            offers=counts.offers.get(number, 0),
            declined=said_no.declined.get(number, ()),
        )
    return found


def with_records(
    facts: Mapping[str, Any], *, in_contact: bool, approaches: int, offers: int, declined: Collection[str]
) -> dict[str, Any]:
    """Return facts of profiles with those of our other records, only what differs from knowing nothing."""
    found = dict(facts)
    if in_contact:
        found["in_contact"] = True
    if approaches:
        found["recent_approaches"] = approaches
    if offers:
        found["open_offers"] = offers
    if declined:
        found["declined"] = sorted(declined)
    return found


def _plain_filters(filters: Filters) -> dict[str, Any]:
    return {
        "sectors": None if filters.sectors is None else sorted(filters.sectors),
        "sizes": None if filters.sizes is None else sorted(filters.sizes),
        "model": filters.model.value if filters.model else None,
        "max_distance_m": filters.max_distance_m,
    }


def need_of(question: Question) -> matching.Need:
    """Return the engine's need of a stored question."""
    asked = question["need"]
    return replace(
        need_alone(asked),
        profiles={int(number): profile_of(facts) for number, facts in asked["profiles"].items()},
        turned_down=frozenset(asked["turned_down"]),
    )


def need_alone(asked: Mapping[str, Any]) -> matching.Need:
    """Return the engine's need of what `asked_by` gave, without what is known of companies."""
    inside = asked["municipalities"]
    return matching.Need(
        wanted=tuple(Wanted(kind) for kind in asked["wanted"]),
        terms=asked["terms"],
        themes=frozenset(asked["themes"]),
        x=asked["x"],
        y=asked["y"],
        scale_m=asked["scale_m"],
        radius_m=asked["radius_m"],
        municipalities=None if inside is None else frozenset(inside),
        effort=asked["effort"],
    )


def profile_of(facts: Mapping[str, Any]) -> Profile:
    """Return the engine's profile of facts that JSON carried; words only where this engine scores them."""
    said = {**facts, "themes": frozenset(facts.get("themes", ())), "declined": frozenset(facts.get("declined", ()))}
    return Profile(**{name: value for name, value in said.items() if name in _SCORED})


def filters_of(question: Question) -> Filters:
    """Return the engine's filters of a stored question."""
    asked = question["filters"]
    return Filters(
        sectors=None if asked["sectors"] is None else frozenset(asked["sectors"]),
        sizes=None if asked["sizes"] is None else frozenset(asked["sizes"]),
        model=Model(asked["model"]) if asked["model"] else None,
        max_distance_m=asked["max_distance_m"],
    )


def weights_of(question: Question) -> Weights:
    """Return the weights of a stored question."""
    return Weights(**{field.name: question["weights"][field.name] for field in fields(Weights)})

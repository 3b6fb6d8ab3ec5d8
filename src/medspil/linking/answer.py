"""The engine's answer as plain JSON, with the facts of each unit as the register had them that day."""

import hashlib
import json
from collections import Counter
from typing import Any

from medspil import matching
from medspil.areas.models import Need
from medspil.language import ANALYSER_VERSION
from medspil.linking.affinities import affinities
from medspil.linking.profiles import told_by_unit
from medspil.linking.question import Question, need_of, weights_of
from medspil.matching import ENGINE_VERSION, IndexInfo, Profile, RankedUnit, Ranking
from medspil.register.models import Unit, UnitStatus

DIGITS = 6
UNIT_FACTS = (
    "number",
    "cvr",
    "name",
    "company_name",
    "company_form",
    "industry",
    "industry_text",
    "code_system",
    "address",
    "postcode",
    "city",
    "municipality",
    "x",
    "y",
    "point_quality",
    "employees_from",
    "employees_to",
    "protected",
    "status",
    "source",
    "source_date",
    "made_up",
)

Row = dict[str, Any]


def versions_of(info: IndexInfo) -> dict[str, Any]:
    """Return all that may change an answer to the same question."""
    return {
        "engine": ENGINE_VERSION,
        "analyser": ANALYSER_VERSION,
        "affinities": affinities().version,
        "index": info.built_id,
        "index_source": info.source,
        "index_date": info.date,
        "index_rows": info.rows,
        "index_active_rows": info.active_rows,
    }


def fingerprint(question: Question, versions: dict[str, Any]) -> str:
    """Return the same 64 signs for the same question asked of the same versions."""
    plain = json.dumps([question, versions], sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def plain_answer(need: Need, ranking: Ranking) -> dict[str, Any]:
    """Return a ranking as JSON: counts of the gates, and the units with reasons and facts, best first. Two queries.

    The index may be older than the register: a unit that has been protected or has ceased since is left out here, so
    that no list or file holds it.
    """
    facts = unit_facts([unit.number for unit in ranking.units])
    closed = {number: gate for number, known in facts.items() if (gate := closed_since(known))}
    left_out = Counter({gate.value: count for gate, count in ranking.left_out.items()})
    left_out.update(gate.value for gate in closed.values())
    units = [unit for unit in ranking.units if unit.number not in closed]
    told = told_by_unit(need, list(facts.values()))
    return {
        "left_out": dict(left_out),
        "eligible": ranking.eligible - len(closed),
        "filtered_out": ranking.filtered_out,
        "considered": ranking.considered,
        "units": [
            plain_row(place, unit, facts.get(unit.number, {}), told.get(unit.number, {}))
            for place, unit in enumerate(units, start=1)
        ],
    }


def closed_since(facts: dict[str, Any]) -> matching.Gate | None:
    """Return the gate that stops a unit as the register knows it now."""
    if facts["status"] != UnitStatus.ACTIVE:
        return matching.Gate.CEASED
    return matching.Gate.PROTECTED if facts["protected"] else None


def unit_facts(numbers: list[int]) -> dict[int, dict[str, Any]]:
    """Return what is shown of units, by P-number, as JSON can carry it."""
    found = Unit.objects.filter(number__in=numbers).values(*UNIT_FACTS)
    return {facts["number"]: {**facts, "source_date": facts["source_date"].isoformat()} for facts in found}


def plain_row(place: int, unit: RankedUnit, facts: dict[str, Any], told: dict[str, Any]) -> Row:
    """Return a ranked unit as JSON, with the facts of the register and where our own come from."""
    return {
        "rank": place,
        "number": unit.number,
        "score": round(unit.score, DIGITS),
        "parts": [
            {
                "criterion": part.criterion.value,
                "value": round(part.value, DIGITS),
                "weight": round(part.weight, DIGITS),
                "points": round(part.points, DIGITS),
            }
            for part in unit.parts
        ],
        "distance_m": None if unit.distance_m is None else round(unit.distance_m, 1),
        "kinds": [[kind, round(value, DIGITS)] for kind, value in unit.kinds],
        "words": [[term, round(points, DIGITS)] for term, points in unit.words],
        "model": unit.model.value,
        "deciding_kinds": list(unit.deciding_kinds),
        "profile": _plain_profile(unit.profile, told),
        "unit": facts or {"number": unit.number},
    }


def _plain_profile(profile: Profile | None, told: dict[str, Any]) -> dict[str, Any]:
    """The facts that were used, only those that differ from knowing nothing, and where they come from."""
    if profile is None:
        return {}
    facts: dict[str, Any] = {"told": told} if told else {}
    if profile.themes:
        facts["themes"] = sorted(profile.themes)
    if profile.earlier_partnerships:
        facts["earlier_partnerships"] = profile.earlier_partnerships
    if profile.in_contact:
        facts["in_contact"] = True
    if profile.recent_approaches:
        facts["recent_approaches"] = profile.recent_approaches
    if profile.open_offers:
        facts["open_offers"] = profile.open_offers
    if profile.declined:
        facts["declined"] = sorted(profile.declined)
    return facts


def row_of(answer: dict[str, Any], number: int) -> Row | None:
    """Return the row of a unit in an answer, if it is there."""
    return next((row for row in answer["units"] if row["number"] == number), None)


def explained(index: matching.Index, need: Need, question: Question, number: int) -> Row | None:
    """Return the row of a unit outside the top, without a place; None if a gate stops it or nobody knows it."""
    try:
        unit = matching.explain_unit(index, need_of(question), affinities(), number, weights=weights_of(question))
    except matching.UnknownNumber:
        return None
    if isinstance(unit, matching.Gate):
        return None
    facts = unit_facts([number]).get(number, {})
    if facts and closed_since(facts):
        return None
    return plain_row(0, unit, facts, told_by_unit(need, [facts]).get(number, {}) if facts else {})

"""Loads the example's areas with their challenges and needs."""

from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from medspil.accounts.models import User
from medspil.areas.models import Area, Challenge, Need
from medspil.areas.services import areas, challenges, facts, needs
from medspil.geography.borders import border_of
from medspil.geography.projection import to_metres
from medspil.mapping.competences import set_competences
from medspil.organisations.models import Organisation


def load_areas(
    told: dict[str, Any], organisations: dict[str, Organisation], *, by: User, now: datetime
) -> dict[str, Need]:
    """Make the areas and what belongs to them; what is there already stays. Return the needs by their titles."""
    made: dict[str, Need] = {}
    for place in told["area"]:
        begun = now - timedelta(days=place["begun"])
        area = areas.create_area(
            owner=organisations[place["owner"]], name=place["name"], creation_key=key(place["key"]), by=by, now=begun
        )
        if area.version == 1:
            _describe(area, place, organisations, by, begun)
        by_key = {one["key"]: _challenge(area, one, by, begun) for one in place["challenge"]}
        for one in place["need"]:
            asked = now - timedelta(days=one["asked"])
            made[one["title"]] = _need(area, by_key[one["challenge"]], one, by, asked)
    return made


def key(name: str) -> UUID:
    """Return the creation key of a thing of the example: the same at every start."""
    return uuid5(NAMESPACE_URL, f"medspil-example:{name}")


def _describe(
    area: Area, place: dict[str, Any], organisations: dict[str, Organisation], by: User, now: datetime
) -> None:
    fields = ("municipality", "kind", "description", "programme", "programme_from", "programme_to")
    area = areas.edit_area(
        area=area, expected_version=area.version, by=by, now=now, **{name: place[name] for name in fields}
    )
    if "border" in place:
        ring = [(lon, lat) for lon, lat in place["border"]]
        border = border_of([*ring, ring[0]])
        area = areas.set_border(area=area, border=border, expected_version=area.version, by=by, now=now)
    else:
        area = areas.set_circle(
            area=area,
            centre=to_metres(*place["centre"]),
            radius_m=place["radius_m"],
            expected_version=area.version,
            by=by,
            now=now,
        )
    for partner in place["partners"]:
        facts.add_partner(area=area, organisation=organisations[partner], by=by, now=now)
    for kind, listed_on, source in place.get("statuses", []):
        facts.add_status(area=area, kind=kind, listed_on=listed_on, source=source, by=by, now=now)


def _challenge(area: Area, told: dict[str, Any], by: User, now: datetime) -> Challenge:
    challenge = challenges.create_challenge(
        area=area,
        title=told["title"],
        creation_key=key(f"{area.creation_key}:{told['key']}"),
        theme=told["theme"],
        target_groups=told["target_groups"],
        seen=told["seen"],
        since=told["since"],
        by=by,
        now=now,
    )
    if challenge.version > 1:
        return challenge
    return set_competences(challenge=challenge, chosen=dict(told["takes"]), expected_version=1, by=by, now=now)


def _need(area: Area, challenge: Challenge, told: dict[str, Any], by: User, now: datetime) -> Need:
    own = {"challenge", "title", "resources", "reach_km", "asked"}
    need = needs.create_need(
        area=area,
        title=told["title"],
        creation_key=key(f"{area.creation_key}:{told['title']}"),
        challenge=challenge,
        by=by,
        now=now,
        **{name: value for name, value in told.items() if name not in own},
    )
    if need.version > 1:
        return need
    reach = told.get("reach_km")
    need = needs.set_reach(
        need=need, reach_km=reach, whole_country=reach is None, expected_version=need.version, by=by, now=now
    )
    kinds = [kind for kind, *_ in told["resources"]]
    need = needs.set_kinds(need=need, kinds=kinds, expected_version=need.version, by=by, now=now)
    amounts = {kind: needs.Amount(quantity, unit, rhythm) for kind, quantity, unit, rhythm in told["resources"]}
    return needs.set_amounts(need=need, amounts=amounts, expected_version=need.version, by=by, now=now)

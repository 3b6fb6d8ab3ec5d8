"""Maps what the example's areas have, some of it long ago, some of it stale, and one person who took her yes back."""

from typing import Any

from medspil.areas.models import Area
from medspil.cli.example.places import key
from medspil.cli.example.setting import Setting
from medspil.mapping.companies import pick_up
from medspil.mapping.models import HowEnded, HowGiven, PlaceQuality, Resource, Scope
from medspil.mapping.places import Placed
from medspil.mapping.services import ConsentSaid, add_contact, add_resource, confirm, edit_resource, withdraw_consent

MADE_UP = "Opdigtet til eksemplet"
PLAIN = ("can_do", "kinds", "gifts", "ambassador", "themes", "target_groups", "when", "review_months")


def map_resources(setting: Setting) -> None:
    """Map everything, as old and as well known as it is told."""
    for told in setting.told["resource"]:
        area = setting.area(told["area"])
        name = f"{told['area']}:{told['key']}"
        resource = _picked_up(setting, area, name, told) if "company" in told else _added(setting, area, name, told)
        setting.resources[name] = resource
        if contact := told.get("contact"):
            then = setting.ago(told["confirmed"])
            add_contact(resource=resource, by=setting.coordinator, now=then, language="da", **contact)
        if "withdrawn" in told:
            ended = setting.ago(told["withdrawn"])
            withdraw_consent(resource=resource, how=HowEnded.SAID, by=setting.coordinator, now=ended)


def _added(setting: Setting, area: Area, name: str, told: dict[str, Any]) -> Resource:
    facts = {fact: told[fact] for fact in PLAIN if fact in told}
    if "organisation" in told:
        facts["organisation"] = setting.organisations[told["organisation"]]
    then = setting.ago(told["mapped"])
    if told.get("confirmed", 0) >= told["mapped"]:
        facts["confirmed_on"] = setting.day(told["confirmed"])
    resource = add_resource(
        area=area,
        kind=told["kind"],
        name=told["name"],
        creation_key=key(f"resource:{name}"),
        placed=_placed(area, told.get("at")),
        consent=_consent(setting, told),
        source=told.get("source", MADE_UP),
        by=setting.coordinator,
        now=then,
        **facts,
    )
    return resource if "confirmed_on" in facts else _confirmed(setting, resource, told)


def _picked_up(setting: Setting, area: Area, name: str, told: dict[str, Any]) -> Resource:
    by, then = setting.coordinator, setting.ago(told["mapped"])
    unit = setting.units[told["company"]]
    resource = pick_up(area=area, unit=unit, creation_key=key(f"resource:{name}"), by=by, now=then)
    resource = edit_resource(resource=resource, expected_version=resource.version, by=by, now=then, kinds=told["kinds"])
    return _confirmed(setting, resource, told)


def _confirmed(setting: Setting, resource: Resource, told: dict[str, Any]) -> Resource:
    """Let somebody have confirmed it on a day after it was mapped."""
    if "confirmed" not in told:
        return resource
    return confirm(resource=resource, by=setting.coordinator, now=setting.ago(told["confirmed"]))


def _placed(area: Area, at: list[float] | None) -> Placed:
    """Return a point so many metres east and north of an area's middle."""
    if at is None or area.x is None or area.y is None:
        return Placed()
    return Placed("", round(area.x + at[0], 1), round(area.y + at[1], 1), PlaceQuality.POINT)


def _consent(setting: Setting, told: dict[str, Any]) -> ConsentSaid | None:
    said = told.get("consent")
    if said is None:
        return None
    scope = frozenset(Scope(one) for one in said["scope"])
    return ConsentSaid(how=HowGiven(said["how"]), given_on=setting.day(told["mapped"]), scope=scope)

"""Lets the sides of links walk through their areas, and notes what was offered on the way."""

from datetime import datetime, time
from typing import Any

from medspil.areas.models import Area, Challenge
from medspil.cli.example.places import key
from medspil.cli.example.setting import Setting
from medspil.common.when import moment
from medspil.linking.models import Link
from medspil.mapping.places import Placed
from medspil.partnerships.models import Partnership
from medspil.walks.attending import add_ours, add_theirs
from medspil.walks.models import Walk, WalkStop
from medspil.walks.noting import make_link, note
from medspil.walks.places import find_place
from medspil.walks.planning import hold_walk, plan_walk
from medspil.walks.skipping import skip_walk
from medspil.walks.stops import StopFacts, change_stop, pick_stops, write_stop


def walk_through(setting: Setting) -> None:
    """Plan every walk with its stops and people; those that are over were held."""
    for told in setting.told["walk"]:
        link = Link.objects.select_related("area__owner", "need__host", "challenge").get(sentence=told["link"])
        starts_at = moment(setting.day(told["days_ago"]), time.fromisoformat(told["time"]))
        then = setting.ago(max(told["days_ago"], 0) + 10)
        walk = plan_walk(
            link=link, starts_at=starts_at, meeting=find_place(link.area, told["meeting"]),
            creation_key=key(f"walk:{told['link']}"), by=setting.coordinator, now=then,
        )  # fmt: skip
        stops = {name: _stop(setting, walk, one, then) for one in told["stops"] if (name := _name(one))}
        _people(setting, walk, told, then)
        _note(setting, stops, told, starts_at)
        if told.get("held"):
            held = Walk.objects.get(pk=walk.pk)
            hold_walk(walk=held, expected_version=held.version, by=setting.coordinator, now=starts_at)
    for told in setting.told["skipped"]:
        skip_walk(
            partnership=Partnership.objects.get(link__sentence=told["link"]), reason=told["reason"],
            words=told["words"], creation_key=key(f"skipped:{told['link']}"), by=setting.coordinator,
            now=setting.ago(told["days_ago"]),
        )  # fmt: skip


def _name(told: dict[str, Any]) -> str:
    return str(told.get("resource") or told.get("challenge") or told["title"])


def _stop(setting: Setting, walk: Walk, told: dict[str, Any], now: datetime) -> WalkStop:
    area = walk.link.area
    facts = StopFacts(
        title=told.get("title", ""),
        place=_place(area, told.get("place")),
        minutes=told["minutes"],
        shower=told.get("shower", ""),
        shows=told.get("shows", ""),
    )
    if "title" in told:
        made = key(f"{walk.creation_key}:{told['title']}")
        return write_stop(walk=walk, facts=facts, creation_key=made, by=setting.coordinator, now=now)
    resource = setting.resources[told["resource"]] if "resource" in told else None
    challenge = None
    if resource is None:
        challenge = Challenge.objects.get(creation_key=key(f"{area.creation_key}:{told['challenge']}"))
    pick_stops(
        walk=walk, challenges=[challenge] if challenge else [], resources=[resource] if resource else [],
        by=setting.coordinator, now=now,
    )  # fmt: skip
    stop = WalkStop.objects.select_related("walk__link").get(walk=walk, resource=resource, challenge=challenge)
    return change_stop(stop=stop, facts=facts, expected_version=stop.version, by=setting.coordinator, now=now)


def _place(area: Area, metres: list[int] | None) -> Placed | None:
    if metres is None or area.x is None or area.y is None:
        return None
    return Placed("", area.x + metres[0], area.y + metres[1])


def _people(setting: Setting, walk: Walk, told: dict[str, Any], now: datetime) -> None:
    for email in told["ours"]:
        add_ours(walk=walk, person=setting.people[email], by=setting.coordinator, now=now)
    sides = list(walk.link.parties.for_page())
    for side, name in told["theirs"]:
        made = key(f"{walk.creation_key}:{name}")
        add_theirs(walk=walk, side=sides[side], name=name, creation_key=made, by=setting.coordinator, now=now)


def _note(setting: Setting, stops: dict[str, WalkStop], told: dict[str, Any], at: datetime) -> None:
    """Note what was said; the links that come of offers are of the same day."""
    for place, side, text, *offer in told["notes"]:
        stop = stops[place]
        kind, amount = offer or ("", "")
        noted = note(
            stop=stop, side=list(stop.walk.link.parties.for_page())[side], text=text, kind=kind, amount=amount,
            creation_key=key(f"{stop.creation_key}:{text}"), by=setting.coordinator, now=at,
        )  # fmt: skip
        if kind:
            make_link(noted=noted, by=setting.coordinator, now=at)

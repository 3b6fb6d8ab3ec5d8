"""Links who could do something together, and lets happen what is told: asked, answered, turned down, handed over."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.cli.example.places import key
from medspil.cli.example.setting import Setting
from medspil.cli.example.shortlists import kept
from medspil.linking import brokers, refusals
from medspil.linking.asking import answer_yes, ask
from medspil.linking.links import create_link, link_from_candidate
from medspil.linking.models import Link, LinkParty, Origin
from medspil.linking.notes import write_note
from medspil.linking.parties import Party
from medspil.offers.meeting import meet
from medspil.offers.models import Offer
from medspil.offers.services import withdraw_offer
from medspil.partnerships.beginning import begin

Step = list[Any]


def link_parties(setting: Setting) -> None:
    """Make every link with its steps, notes and brokers."""
    for nth, told in enumerate(setting.told["link"]):
        name = f"link:{nth}:{told['sentence']}"
        link = _made(setting, told, name)
        follow(setting, link, told["steps"], by=setting.coordinator)
        if broker := told.get("broker"):
            _broker(setting, link, broker)
        for place, (organisation, email, text) in enumerate(told.get("notes", ())):
            write_note(
                link=link,
                organisation=setting.organisations[organisation],
                text=text,
                creation_key=key(f"{name}:note:{place}"),
                by=setting.people[email],
                now=setting.ago(5),
            )
        if withdrawn := told.get("withdrawn"):
            then = setting.ago(withdrawn["days_ago"])
            offer = setting.offers[told["offer"]]
            withdraw_offer(offer=offer, reason=withdrawn["reason"], by=setting.coordinator, now=then)


def follow(setting: Setting, link: Link, steps: Iterable[Step], *, by: User) -> None:
    """Let steps happen to a link, one after the other: what, to which side, how many days ago, and what was said."""
    for what, side, days_ago, *more in steps:
        current = Link.objects.get(pk=link.pk)
        party = list(current.parties.for_page())[side]
        facts = {
            "link": current,
            "on": setting.day(days_ago),
            "expected_version": current.version,
            "by": by,
            "now": setting.ago(days_ago),
        }
        _step(setting, what, party, more[0] if more else {}, facts)


def _step(setting: Setting, what: str, party: LinkParty, said: dict[str, Any], facts: dict[str, Any]) -> None:
    if what == "asked":
        ask(party=party, **facts)
    elif what == "yes":
        answer_yes(party=party, **facts)
    elif what == "introduced":
        brokers.introduce(**facts)
    elif what == "partnership":
        begin(**facts)
    elif what == "no":
        words = {name: value for name, value in said.items() if name not in ("in_days", "undone")}
        if "in_days" in said:
            words["until"] = timezone.localdate(setting.now) + timedelta(days=said["in_days"])
        refusal = refusals.refuse(party=party, **words, **facts)
        if "undone" in said:
            refusals.undo(refusal=refusal, by=facts["by"], now=setting.ago(said["undone"]))
    else:
        raise ValueError(what)


def _made(setting: Setting, told: dict[str, Any], name: str) -> Link:
    facts: dict[str, Any] = {
        "sentence": told["sentence"],
        "creation_key": key(name),
        "by": setting.coordinator,
        "now": setting.ago(told["made"]),
    }
    if "candidate" in told:
        need_title, nth = told["candidate"]
        return link_from_candidate(candidate=kept(need_title)[nth - 1], **facts)
    area = setting.area(told["area"])
    need, challenge = setting.about(area, told)
    offer = setting.offers[told["offer"]] if "offer" in told else None
    return create_link(
        area=area,
        parties=[_side(setting, side) for side in told["sides"]],
        need=need,
        challenge=challenge,
        offers=[offer] if offer else [],
        origin=Origin.OFFER if need and offer else Origin.PERSON,
        grounds=_reasons(offer, need, setting.day(told["made"])) if need and offer else {},
        **facts,
    )


def _side(setting: Setting, told: str | list[str]) -> Party:
    """Return a side, with what it brings where that is told."""
    if isinstance(told, str):
        return setting.party(told)
    name, brings = told
    return replace(setting.party(name), brings=brings)


def _reasons(offer: Offer, need: Need, on: date) -> dict[str, Any]:
    """Return why an offer and a need meet, as the pages keep it with a link."""
    met = meet([offer], [need], on=on).found
    if not met:
        return {}
    told = [
        {"part": one.part.value, "value": round(one.value, 4), "points": round(one.points, 4)} for one in met[0].reasons
    ]
    return {"score": round(met[0].score, 4), "reasons": told}


def _broker(setting: Setting, link: Link, told: dict[str, Any]) -> None:
    """Let a broker come, plan the day on which she leaves, and do some of what comes before it."""
    user = setting.people[told["user"]]
    then = setting.ago(told["came"])
    brokerage = brokers.come(
        link=link, user=user, organisation=setting.organisations[told["organisation"]], by=user, now=then
    )
    to = told.get("to")
    brokerage = brokers.plan_leaving(
        brokerage=brokerage,
        leaves_on=setting.day(-told["leaves_in"]),
        to=setting.people[to] if to else None,
        organisation=setting.organisations[told["for"]] if to else None,
        to_the_parties=to is None,
        handover=told["handover"],
        expected_version=brokerage.version,
        by=user,
        now=setting.ago(3),
    )
    for code in told["done"]:
        brokerage = brokers.tick(
            brokerage=brokerage, code=code, done=True, expected_version=brokerage.version, by=user, now=setting.ago(2)
        )

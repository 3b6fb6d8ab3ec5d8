"""Makes the example's offers: by the giver's own people, or noted down with who said it."""

from typing import Any

from medspil.cli.example.places import key
from medspil.cli.example.setting import Setting
from medspil.offers.models import Offer
from medspil.offers.services import end_offer, make_offer
from medspil.organisations.models import Organisation
from medspil.organisations.services import create_organisation

FACTS = (
    "kind", "title", "text", "themes", "quantity", "unit", "rhythm", "starts_on", "ends_on", "reach_km",
    "whole_country", "conditions", "public",
)  # fmt: skip


def make_companies_known(setting: Setting) -> None:
    """Make organisations of the made-up companies that others have spoken with."""
    told = setting.told
    for one in told["made_up"]:
        if one.get("speaks"):
            owner = next(area["owner"] for area in told["area"] if area["key"] == one["area"])
            setting.organisations[one["key"]] = create_organisation(
                name="",
                kind="company",
                cvr="",
                municipality="",
                unit=setting.units[one["key"]],
                creation_key=key(f"company:{one['key']}"),
                by=setting.coordinator,
                now=setting.ago(300),
                created_by=setting.organisations[owner],
            )


def make_offers(setting: Setting) -> None:
    """Make every offer; those that are over are ended. What was withdrawn in use, the links tell."""
    for told in setting.told["offer"]:
        offer = _made(setting, told, setting.organisations[told["giver"]])
        setting.offers[told["key"]] = offer
        if ended := told.get("ended"):
            then = setting.ago(ended["days_ago"])
            end_offer(offer=offer, reason=ended["reason"], by=setting.coordinator, now=then)


def _made(setting: Setting, told: dict[str, Any], giver: Organisation) -> Offer:
    facts: dict[str, Any] = {name: told[name] for name in FACTS if name in told}
    if noted_by := told.get("noted_by"):
        facts |= {"recorded_by_organisation": setting.organisations[noted_by], "source": told["source"]}
        facts["said_on"] = setting.day(told["said"])
    by = setting.people[told["by_giver"]] if "by_giver" in told else setting.coordinator
    return make_offer(
        organisation=giver,
        areas=[setting.area(one) for one in told.get("areas", ())],
        creation_key=key(f"offer:{told['key']}"),
        by=by,
        now=setting.ago(told.get("made", told.get("said", 0))),
        **facts,
    )

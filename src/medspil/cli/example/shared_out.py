"""Runs the example's allocations: rows as people paste them, locks and bans, a proposal, and links of one of them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from medspil.accounts.models import User
from medspil.cli.example.linked import follow
from medspil.cli.example.places import key
from medspil.cli.example.setting import Setting
from medspil.common.reading.lists import rows_of_text
from medspil.linking.models import Link
from medspil.linking.parties import name_of, unit_of, who
from medspil.register.models import Unit
from medspil.rounds.lines import Draft, read_rows
from medspil.rounds.models import Demand, PairKind, Round, Supply
from medspil.rounds.programmes import programme
from medspil.rounds.services import Answers, Filled, Said, add_rows, apply, create_round, decide, run

GIVEN = "{}"
"""Stands in a line for the name that the register knows."""


def share_out(setting: Setting) -> None:
    """Begin every allocation and bring it as far as is told."""
    for told in setting.told["round"]:
        by = setting.people[told["by"]]
        then = setting.ago(told["begun"])
        round_ = create_round(
            organisation=setting.organisations[told["organisation"]],
            kind=told["programme"],
            title=told["title"],
            areas=[setting.area(name) for name in told["areas"]],
            creation_key=key(f"round:{told['key']}"),
            by=by,
            now=then,
        )
        for side in ("asks", "gives"):
            for nth, rows in enumerate(told[side]):
                _add(setting, round_, rows, asks=side == "asks", name=f"{told['key']}:{side}:{nth}", by=by)
        _decide(setting, round_, told, by)
        if "run" in told:
            number = run(round_=_fresh(round_), by=by, now=setting.ago(told["run"])).number
            if "applied" in told:
                apply(round_=_fresh(round_), number=number, by=by, now=setting.ago(told["applied"]))
                _go_on(setting, told, by)


def _add(setting: Setting, round_: Round, told: dict[str, Any], *, asks: bool, name: str, by: User) -> None:
    names = [mean for _line, mean in told["lines"]]
    lines = [line.replace(GIVEN, _name(setting, mean)) for line, mean in told["lines"]]
    reading = read_rows(
        rows_of_text("\n".join([told["heading"], *lines])), programme=programme(round_.programme), asks=asks
    )
    if reading.faults:
        raise ValueError([fault.text for fault in reading.faults])
    rows = [_filled(setting, draft, mean, asks=asks) for draft, mean in zip(reading.drafts, names, strict=True)]
    answers = None
    if asks:
        area = setting.area(told["area"])
        need, challenge = setting.about(area, told)
        answers = Answers(area=area, need=need, challenge=challenge)
    add_rows(round_=round_, asks=asks, rows=rows, batch=key(name), by=by, now=round_.created_at, answers=answers)


def _filled(setting: Setting, draft: Draft, mean: str, *, asks: bool) -> Filled:
    """Return a row with whom it means; who gives lies where the register says, unless the line says otherwise."""
    party = setting.party(mean)
    unit = unit_of(party)
    if not asks and unit and not draft.place:
        draft = replace(draft, place=_town(unit), x=unit.x, y=unit.y)
    return Filled(draft, organisation=party.organisation, unit=None if asks else party.unit)


def _town(unit: Unit) -> str:
    return f"{unit.postcode} {unit.city}".strip()


def _name(setting: Setting, mean: str) -> str:
    party = setting.party(mean)
    unit = unit_of(party)
    if unit is None:
        return name_of(party)
    return f"{unit.name} (opdigtet)" if unit.made_up else unit.name


def _decide(setting: Setting, round_: Round, told: dict[str, Any], by: User) -> None:
    """Lock and ban pairs, each with its reason."""
    for pair in told.get("pair", ()):
        current = _fresh(round_)
        demand = Demand.objects.get(round=current, label=pair["asks"])
        given = _name(setting, pair["gives"]) if setting.knows(pair["gives"]) else pair["gives"]
        supply = Supply.objects.get(round=current, label=given)
        decide(
            round_=current,
            said=[Said(demand.pk, supply.pk, PairKind(pair["kind"]), pair.get("amount"))],
            reason=pair["reason"],
            expected_version=current.version,
            by=by,
            now=setting.ago(told["begun"] - 1),
        )


def _go_on(setting: Setting, told: dict[str, Any], by: User) -> None:
    """Let happen what came of the links that were made."""
    for one in told["after"]:
        for link in _links_with(setting, one["gives"], told["areas"]):
            follow(setting, link, one["steps"], by=by)


def _links_with(setting: Setting, giver: str, areas: Iterable[str]) -> list[Link]:
    wanted = who(setting.party(giver))
    found = Link.objects.filter(origin="round", area__in=[setting.area(name) for name in areas]).for_page()
    return [link for link in found.order_by("pk") if wanted in {who(side) for side in link.parties.all()}]


def _fresh(round_: Round) -> Round:
    """Return a round as it stands now."""
    return Round.objects.select_related("organisation", "proposal").get(pk=round_.pk)

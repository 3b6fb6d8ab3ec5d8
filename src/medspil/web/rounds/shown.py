"""The board as it is shown: a card for each row that asks, what it gets and why, what is short and what is left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from medspil.allocation import Reason
from medspil.linking.models import Link
from medspil.rounds.building import is_protected
from medspil.rounds.lock_costs import cost_line
from medspil.rounds.models import Demand, PairRule, Proposal, Round, Supply
from medspil.rounds.naming import names_of
from medspil.rounds.programmes import Programme, programme
from medspil.rounds.scoring import Bar as BarReason
from medspil.rounds.sentences import (
    BARS,
    Names,
    away,
    notice_line,
    pairs_by_asker,
    part_rows,
    shortage_lines,
    shortage_unnamed,
    summary_lines,
)
from medspil.rounds.services import Standing, links_made
from medspil.web.charts import COLOURS, Bar, Part
from medspil.web.http import SignedInRequest
from medspil.web.rounds.figures import figures_of, figures_seen, locks_cost
from medspil.web.rounds.shown_rows import OUT_WORDS

FULL, PARTLY, NOTHING, NEW = "full", "part", "none", "new"
STATE_COLOURS = {FULL: COLOURS[2], PARTLY: COLOURS[1], NOTHING: COLOURS[3]}


@dataclass(frozen=True, slots=True)
class ShownPair:
    """One giver on a card: how many, how well it suits, and what people said about the two."""

    giver: int
    name: str
    amount: int
    points: str
    away: str
    bar: Bar
    locked: bool
    lock_cost: str
    rule: PairRule | None
    against: str
    flag: Any
    protected: bool
    url: str
    link: str


@dataclass(frozen=True, slots=True)
class Card:
    """One row that asks."""

    demand: Demand
    given: int
    state: str
    pairs: list[ShownPair]
    why: list[str]
    shared: bool  # others lack something for the same reason, and the box above the cards says so
    flag: Any

    @property
    def ident(self) -> str:
        """Return the name of its place on the page."""
        return f"asker-{self.demand.pk}"

    @property
    def where(self) -> str:
        """Return the school of a class, its area and its place, as far as the name does not say them."""
        one = self.demand
        told = [one.facts.get("school", ""), one.area.name if one.area else "", one.place]
        return " · ".join(text for text in told if text and text not in one.label)

    @property
    def missing(self) -> int:
        """Return how many more it wants."""
        return max(0, self.demand.wanted - self.given)


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A row that gives and has something left."""

    supply: Supply
    left: int
    flag: Any
    protected: bool


@dataclass(frozen=True, slots=True)
class Board:
    """All of it."""

    kind: Programme
    proposal: Proposal | None
    cards: list[Card]
    left: list[LeftOver]
    rules: list[PairRule]
    figures: Mapping[str, Any] = field(default_factory=dict)
    bar: Bar | None = None
    notices: list[str] = field(default_factory=list)
    summary: list[str] = field(default_factory=list)
    locks_cost: str = ""
    unseen: int = 0  # rows that ask outside the areas of whoever looks on

    @property
    def all_rows(self) -> int:
        """Return how many rows ask, also those outside the areas of whoever looks on."""
        return len(self.cards) + self.unseen

    @property
    def rows_word(self) -> str:
        """Return what all rows that ask are called."""
        return str(self.kind.demand.one if self.all_rows == 1 else self.kind.demand.many)

    @property
    def short(self) -> list[Card]:
        """Return the cards that get less than they want."""
        return [card for card in self.cards if card.missing]


def board_of(request: SignedInRequest, round_: Round, standing: Standing, *, full: bool) -> Board:
    """Return the board; whoever only looks on sees the rows of her areas, and no locks, bans or left-over rows."""
    kind, proposal, rows = programme(round_.programme), round_.proposal, standing.rows
    demands = rows.demands if full else _hers(request, rows.demands)
    unseen = len(rows.demands) - len(demands)
    rules = rows.pair_rules if full else []
    if proposal is None:
        cards = [_card(one, {}, {}, rows.out_demands, None) for one in demands]
        return Board(kind, None, cards, [], rules, unseen=unseen)
    names = names_of(proposal)
    pairs = _pairs(request, round_, standing, rules, names, full=full)
    short = {int(one["asker"]): one for one in proposal.answer["short"]}
    has = pairs_by_asker(proposal.answer)
    why = {
        pk: shortage_lines(one, names, has.get(str(pk), ())) if full else shortage_unnamed(one, names)
        for pk, one in short.items()
    }
    shared = _short_alike(short) if full else frozenset()
    cards = [_card(one, pairs, why, rows.out_demands, names, shared=shared) for one in demands]
    return Board(
        kind=kind,
        proposal=proposal,
        cards=cards,
        left=_left(standing, proposal) if full else [],
        rules=rules,
        figures=figures_of(proposal) if full else figures_seen(card for card in cards if card.state != NEW),
        bar=coverage_bar(kind, cards),
        notices=[notice_line(one, names) for one in proposal.answer["notices"]] if full else [],
        summary=summary_lines(proposal.answer, names) if full else [],
        locks_cost=locks_cost(proposal) if full else "",
        unseen=unseen,
    )


def coverage_bar(kind: Programme, cards: Iterable[Card]) -> Bar:
    """Return how many rows get all, some or nothing of what they want."""
    told = list(cards)
    counts = {state: sum(1 for card in told if card.state == state) for state in (FULL, PARTLY, NOTHING)}
    labels = {FULL: _("get all they want"), PARTLY: _("get some of it"), NOTHING: _("get nothing yet")}
    parts = [
        Part(labels[state], float(count), str(count), STATE_COLOURS[state]) for state, count in counts.items() if count
    ]
    return Bar(_("How the {rows} are covered").format(rows=kind.demand.many), parts)


def parts_bar(pair: Mapping[str, Any]) -> Bar:
    """Return a pair's score as a bar of its parts; a part has the same colour in all pairs of a kind."""
    told = [
        Part(
            label if value is not None else _("{part} (not stated)").format(part=label),
            points,
            _("{points} points").format(points=round(points * 100)),
            COLOURS[at % len(COLOURS)],
        )
        for at, (label, points, value) in enumerate(part_rows(pair))
    ]
    return Bar("", told, whole=1.0)


def _hers(request: SignedInRequest, demands: list[Demand]) -> list[Demand]:
    keys = [one.pk for one in demands]
    seen = set(Demand.objects.visible_to(request.user).filter(pk__in=keys).values_list("pk", flat=True))
    return [one for one in demands if one.pk in seen]


def _pairs(
    request: SignedInRequest, round_: Round, standing: Standing, rules: list[PairRule], names: Names, *, full: bool
) -> dict[int, list[ShownPair]]:
    """Return {row that asks: what it gets}."""
    assert round_.proposal is not None  # noqa: S101  (there is no pair without one)
    rows = standing.rows
    supplies = {str(one.pk): one for one in rows.supplies}
    said = {(one.demand_id, one.supply_id): one for one in rules}
    links = _links(request, round_)
    costs = round_.proposal.answer.get("lock_costs", {}).get("each", {})
    found: dict[int, list[ShownPair]] = {}
    for pair in round_.proposal.answer["pairs"]:
        asker, giver = int(pair["asker"]), int(pair["giver"])
        supply = supplies.get(pair["giver"])
        out = rows.out_supplies.get(giver)
        gone = None if supply else _("This row has been taken out of the allocation.")
        found.setdefault(asker, []).append(
            ShownPair(
                giver=giver,
                name=supply.label if supply else names.giver(pair["giver"]),
                amount=pair["amount"],
                points=str(round(pair["score"] * 100)),
                away=away(pair["metres"]),
                bar=parts_bar(pair),
                locked=pair["locked"],
                lock_cost=cost_line(costs.get(f"{asker}-{giver}")) if full and pair["locked"] else "",
                rule=said.get((asker, giver)),
                against=str(BARS[BarReason(pair["against"])]) if pair["against"] else "",
                flag=OUT_WORDS[out] if out else gone,
                protected=supply is not None and is_protected(supply),
                url=reverse("rounds:pair", args=[round_.pk, asker, giver]) if full and supply else "",
                link=links.get(f"{asker}-{giver}", ""),
            )
        )
    return found


def _links(request: SignedInRequest, round_: Round) -> dict[str, str]:
    """Return {pair: address of the link that was made of it, or found for it}. Two queries."""
    made = links_made(round_)
    seen = Link.objects.visible_to(request.user, on=timezone.localdate()).filter(pk__in=set(made.values()))
    there = set(seen.values_list("pk", flat=True))
    return {pair: link_address(pk) for pair, pk in made.items() if pk in there}


def link_address(pk: int) -> str:
    """Return the address of a link's own page."""
    return reverse("linking:link", args=[pk])


def _card(
    demand: Demand,
    pairs: Mapping[int, list[ShownPair]],
    why: Mapping[int, list[str]],
    out: Mapping[int, Any],
    names: Names | None,
    *,
    shared: frozenset[int] = frozenset(),
) -> Card:
    mine = pairs.get(demand.pk, [])
    given = sum(pair.amount for pair in mine)
    asked = names is not None and str(demand.pk) in names.askers
    state = NEW if not asked else FULL if given >= demand.wanted else PARTLY if given else NOTHING
    lacks = why.get(demand.pk, []) if given < demand.wanted else []
    return Card(
        demand, given, state, mine, lacks, demand.pk in shared, OUT_WORDS[out[demand.pk]] if demand.pk in out else ""
    )


def _short_alike(short: Mapping[int, Any]) -> frozenset[int]:
    """Return the rows that lack something because all is given, where one line can say it of several."""
    alike = frozenset(pk for pk, one in short.items() if {limit[0] for limit in one["limits"]} == {Reason.SUPPLY_FULL})
    return alike if len(alike) > 1 else frozenset()


def _left(standing: Standing, proposal: Proposal) -> list[LeftOver]:
    """Return rows that give and have something left, and those that stay out."""
    rows = standing.rows
    found = []
    for one in rows.supplies:
        out = rows.out_supplies.get(one.pk)
        left = proposal.answer["left"].get(str(one.pk), 0)
        if left or out:
            found.append(LeftOver(one, left, OUT_WORDS[out] if out else "", is_protected(one)))
    return found

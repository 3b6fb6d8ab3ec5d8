"""Rows of one side as pages show them: their facts in words, and what is wrong with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.rounds.building import Out, demand_out, is_protected, supply_out
from medspil.rounds.facts import shown_facts
from medspil.rounds.models import Demand, Supply
from medspil.rounds.programmes import Programme

OUT_WORDS: dict[Out, str | Promise] = {
    Out.OFFER_CLOSED: _("The offer has been withdrawn or has ended: it is left out when the allocation is run."),
    Out.NEED_CLOSED: _("The need has been put away or is over: it is left out when the allocation is run."),
    Out.GIVER_ARCHIVED: _("The organisation has been put away: it is left out when the allocation is run."),
    Out.GIVER_CLOSED: _("The company has ceased or is being wound up: it is left out when the allocation is run."),
}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row in words. `lacks` is what must be said before a link can be made of it."""

    record: Demand | Supply
    amount: int
    least: int
    facts: list[tuple[str, str]]
    place: str
    party: str
    about: str
    flag: str | Promise
    lacks: list[str]
    protected: bool
    url: str


def shown_rows(rows: Iterable[Demand | Supply], kind: Programme, *, on: date) -> list[ShownRow]:
    """Return rows in words; their records come with what they point to."""
    return [_shown(row, kind, on) for row in rows]


def _shown(row: Demand | Supply, kind: Programme, on: date) -> ShownRow:
    asks = isinstance(row, Demand)
    url = reverse("rounds:row", args=[row.round_id, asks, row.pk])
    if isinstance(row, Demand):
        out = demand_out(row, on)
        about = row.need or row.challenge
        return ShownRow(
            record=row,
            amount=row.wanted,
            least=row.least,
            facts=shown_facts(kind.demand.facts, row.facts),
            place=row.place or (row.area.name if row.area else ""),
            party=row.organisation.name if row.organisation else "",
            about=str(about) if about else "",
            flag=OUT_WORDS[out] if out else "",
            lacks=[] if about else [str(_("what it stands for"))],
            protected=False,
            url=url,
        )
    gone = supply_out(row, on)
    party = row.organisation.name if row.organisation else row.unit.name if row.unit else ""
    return ShownRow(
        record=row,
        amount=row.capacity,
        least=0,
        facts=shown_facts(kind.supply.facts, row.facts),
        place=row.place,
        party=party,
        about=row.offer.title if row.offer else "",
        flag=OUT_WORDS[gone] if gone else "",
        lacks=[] if party else [str(_("which organisation or company it is"))],
        protected=is_protected(row),
        url=url,
    )

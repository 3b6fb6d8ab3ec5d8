"""The links of an area as a board and as a list with the same filter, with the funnel and what was never linked."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from medspil.linking.models import LinkState, Mention
from medspil.web.http import SignedInRequest, fragment
from medspil.web.linking import link_words
from medspil.web.linking.funnel import from_mapped
from medspil.web.linking.link_loading import LinksPage, area_or_refuse
from medspil.web.linking.link_moves import Moves, moves_of
from medspil.web.linking.link_shown import ShownLink
from medspil.web.tables import Column, Table, chosen_sort

FIRST_CARDS, MOST_CARDS, MOST_ROWS = 2, 8, 60
"""More links of one state than these are in the list, one click away."""
LIST = "liste"

COLUMNS = (
    Column(_("What they can do together"), "link.sentence", url=lambda one: one.url, sort="sentence"),
    Column(_("Parties"), "names"),
    Column(_("For"), "about", sort="about"),
    Column(_("State"), "state", template="linking/_link_state_cell.html", sort="state"),
    Column(_("Since"), "since", sort="since"),
    Column(_("Broker"), lambda one: ", ".join(str(broker) for broker in one.brokers)),
)
_ORDER = {
    "sentence": lambda one: one.link.sentence.casefold(),
    "about": lambda one: one.about.casefold(),
    "state": lambda one: LinkState.values.index(one.link.state),
    "since": lambda one: one.link.state_on,
}


@dataclass(frozen=True, slots=True)
class Card:
    """A link on the board, with what may be done with it at once."""

    shown: ShownLink
    moves: Moves
    moved: bool


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """The links of one state, those that have waited longest first."""

    state: str
    name: str | Promise
    empty: str | Promise
    count: int
    cards: list[Card]
    chosen: bool = False
    """Whether the filter asks for this state."""

    @property
    def first(self) -> list[Card]:
        """Return the cards that stand open: so many that the columns can be seen together, and a phone be scrolled."""
        return self.cards[:FIRST_CARDS]

    @property
    def rest(self) -> list[Card]:
        """Return the cards that unfold."""
        return self.cards[FIRST_CARDS:]

    @property
    def done(self) -> bool:
        """Whether its links wait for nobody: on a phone they are folded away."""
        return self.state in (LinkState.PARTNERSHIP, LinkState.TURNED_DOWN)

    @property
    def wanted(self) -> bool:
        """Whether somebody looks for what is here: by the filter, or as the card was just moved."""
        return self.chosen or any(card.moved for card in self.cards)

    @property
    def rest_moved(self) -> bool:
        """Whether the card that was just moved is among those that unfold."""
        return any(card.moved for card in self.rest)

    @property
    def more(self) -> int:
        """Return how many are only in the list."""
        return self.count - len(self.cards)


@require_safe
def links(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the links of an area; `?vis=liste` as a list."""
    area, may = area_or_refuse(request, pk)
    page = LinksPage(request, area, may)
    moved = request.GET.get("flyttet", "")
    context = {
        "area": area,
        "may_here": may,
        "page": page,
        "moved": next((one for one in page.all_shown if str(one.link.pk) == moved), None) if may.link else None,
        "builds_bridges": any(request.user in one.brokers for one in page.all_shown),
        "mentions": Mention.objects.visible_to(request.user, on=page.today).waiting().filter(link__area=area).count(),
        "mapped": from_mapped(request.user, area, page.today, looks_up=may.view_register),
    }
    if request.GET.get("vis") == LIST:
        more = 0 if request.GET.get("all") else max(len(page.links) - MOST_ROWS, 0)
        context |= {"as_list": True, "table": table(request, page), "more": more}
    else:
        context["columns"] = columns(page, moved)
    return render(request, fragment(request, "linking/links.html", "results"), context)


def columns(page: LinksPage, moved: str = "") -> list[BoardColumn]:
    """Return the board: a column for each state."""
    return [
        BoardColumn(
            state=state,
            name=link_words.COLUMNS[state],
            empty=link_words.EMPTY_COLUMNS[state],
            count=page.counts[state],
            chosen=state in page.filter_form.asked()["state"],
            cards=[
                Card(one, moves_of(one, may=page.may.link, today=page.today), str(one.link.pk) == moved)
                for one in [one for one in page.links if one.link.state == state][:MOST_CARDS]
            ],
        )
        for state in LinkState.values
    ]


def table(request: SignedInRequest, page: LinksPage) -> Table:
    """Return the list of the same links."""
    sort = chosen_sort(request, COLUMNS, default="state")
    rows = sorted(page.links, key=_ORDER[sort.removeprefix("-")], reverse=sort.startswith("-"))
    shown = rows if request.GET.get("all") else rows[:MOST_ROWS]
    return Table(
        caption=_("Links"), describe=COLUMNS, records=shown, sort=sort, css="ms-links-table", caption_hidden=True
    )

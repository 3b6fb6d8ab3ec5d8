"""Who works with whom in an area: the picture of the network, and the same as a table beneath."""

from dataclasses import dataclass, field
from itertools import combinations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from medspil.linking.models import LinkState
from medspil.web.http import SignedInRequest, fragment
from medspil.web.linking import link_words
from medspil.web.linking.link_loading import LinksPage, area_or_refuse
from medspil.web.linking.link_parties import Named
from medspil.web.linking.link_shown import ShownLink
from medspil.web.linking.network_drawn import Node, Picture, Tie, draw
from medspil.web.tables import Column, Table, chosen_sort

MOST_NAMES, MOST_ROWS = 8, 8


@dataclass(slots=True)
class Member:
    """A party of the network with those it has links with."""

    who: Named
    links: list[ShownLink] = field(default_factory=list)
    others: dict[str, Named] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return its name."""
        return self.who.name

    @property
    def sector(self) -> str:
        """Return its sector in words."""
        return str(link_words.SECTORS[self.who.sector])

    @property
    def with_whom(self) -> str:
        """Return the names of those it has links with."""
        names = sorted(other.name for other in self.others.values())
        shown = ", ".join(names[:MOST_NAMES])
        more = len(names) - MOST_NAMES
        return shown if more <= 0 else _("%(names)s and %(number)s more") % {"names": shown, "number": more}

    @property
    def partnerships(self) -> int:
        """Return how many of its links became partnerships."""
        return sum(1 for link in self.links if link.link.state == LinkState.PARTNERSHIP)

    @property
    def note(self) -> str:
        """Return what is told of it beside its name."""
        links = ngettext("{number} link", "{number} links", len(self.links)).format(number=len(self.links))
        return f"{self.sector.lower()}, {links}"


COLUMNS = (
    Column(gettext_lazy("Party"), "name", url=lambda one: one.who.url, sort="name"),
    Column(gettext_lazy("Sector"), "sector", sort="sector"),
    Column(gettext_lazy("Links"), lambda one: len(one.links), sort="links", numeric=True),
    Column(gettext_lazy("Partnerships"), "partnerships", sort="partnerships", numeric=True),
    Column(gettext_lazy("With whom"), "with_whom"),
    Column(
        gettext_lazy("Look closer"),
        "name",
        template="linking/_around_cell.html",
    ),
)
_ORDER = {
    "name": lambda one: one.name.casefold(),
    "sector": lambda one: (one.sector, one.name.casefold()),
    "links": lambda one: len(one.links),
    "partnerships": lambda one: one.partnerships,
}


@require_safe
def network(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show who works with whom: parties by sector, links by state; the table beneath says the same."""
    area, may = area_or_refuse(request, pk)
    page = LinksPage(request, area, may)
    found = members(page.links)
    sort = chosen_sort(request, COLUMNS, default="-links")
    key = _ORDER[sort.removeprefix("-")]
    rows = sorted(sorted(found.values(), key=_ORDER["name"]), key=key, reverse=sort.startswith("-"))
    context = {
        "area": area,
        "may_here": may,
        "page": page,
        "picture": picture(found, page.links),
        "members": rows,
        "by_name": sorted(members(page.all_shown).values(), key=_ORDER["name"]),
        "more": 0 if request.GET.get("all") else max(len(rows) - MOST_ROWS, 0),
        "around": next((one.name for one in rows if one.who.key == request.GET.get("party")), ""),
        "table": Table(
            caption=_("Parties and whom they have links with"),
            describe=COLUMNS,
            records=rows if request.GET.get("all") else rows[:MOST_ROWS],
            sort=sort,
            css="ms-parties-table",
            caption_hidden=True,
        ),
    }
    return render(request, fragment(request, "linking/network.html", "results"), context)


def members(links: list[ShownLink]) -> dict[str, Member]:
    """Return the parties of links by what stands for them, each once however often it takes part."""
    found: dict[str, Member] = {}
    for link in links:
        names = {side.who.key: side.who for side in link.sides}
        for key, who in names.items():
            one = found.setdefault(key, Member(who))
            one.links.append(link)
            one.others |= {other: named for other, named in names.items() if other != key}
    return found


def picture(found: dict[str, Member], links: list[ShownLink]) -> Picture:
    """Return the drawing: a party is a mark, and a link a line between each two of its parties."""
    nodes = [
        Node(key, one.name, one.who.sector, one.who.url or f"?party={key}", one.note) for key, one in found.items()
    ]
    ties = [
        Tie(one.key, other.key, link.link.state, link.url, _title(link, one, other))
        for link in links
        for one, other in combinations(_distinct(link), 2)
    ]
    return draw(nodes, ties)


def _distinct(link: ShownLink) -> list[Named]:
    return list({side.who.key: side.who for side in link.sides}.values())


def _title(link: ShownLink, one: Named, other: Named) -> str:
    return f"{one.name} – {other.name}: {link.link.sentence} ({link.state})"

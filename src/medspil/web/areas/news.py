"""News of companies near an area: the list, the same as a file, and marking it as read."""

from dataclasses import dataclass
from math import ceil
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from medspil.areas.borders import outline
from medspil.areas.models import Area
from medspil.areas.news import REACH_KM, REACHES_KM, Group, News, changes_of, mark_read, newest_change, news_of
from medspil.organisations.roles import Ability
from medspil.web.areas import news_words as words
from medspil.web.areas.loading import area_or_refuse
from medspil.web.files import table_answer
from medspil.web.http import SignedInRequest, whole_number
from medspil.web.maps import Map, build
from medspil.web.tables import chosen_sort

Tab = tuple[words.Words, int, str, bool]
PER_PAGE, PER_PIECE = 25, 500
RINGS_KM = (1, 2, 3, 5, 10, 20)


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the address: how far, which kinds, whether also what was read."""

    reach_km: int
    group: Group | None
    everything: bool

    def query(self, **changed: Any) -> str:
        """Return the address's query with some of it changed; what is as always is left out."""
        now = {"km": self.reach_km, "kind": self.group, "all": self.everything} | changed
        query = QueryDict(mutable=True)
        if now["km"] != REACH_KM:
            query["km"] = str(now["km"])
        if now["kind"]:
            query["kind"] = str(now["kind"])
        if now["all"]:
            query["all"] = "1"
        return f"?{query.urlencode()}" if query else "?"


@require_safe
def news(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what is new near an area since the person last looked, as a table beside a map. Marks nothing."""
    area, may = area_or_refuse(request, pk, Ability.VIEW_REGISTER)
    asked, upto = _asked(request), newest_change()
    found = _news(request, area, asked)
    sort = chosen_sort(request, words.COLUMNS, default="distance")
    items = words.in_order(found.of(asked.group), sort) if found else []
    page = Paginator(items, PER_PAGE).get_page(request.GET.get("page"))
    rows = _rows(request, page.object_list)
    context = {
        "area": area,
        "may_here": may,
        "news": found,
        "asked": asked,
        "since": words.since(found) if found and not asked.everything else "",
        "tabs": _tabs(found, asked) if found else [],
        "reaches": [(km, asked.query(km=km), km == asked.reach_km) for km in REACHES_KM],
        "page": page,
        "table": words.table(rows, sort),
        "map": _map(area, rows, asked),
        "upto": upto,
        "export_query": asked.query(),
        "everything_query": asked.query(all=not asked.everything),
    }
    return render(request, "areas/news.html", context)


@require_safe
def export(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give the same list as CSV; each line tells of advertising protection and source."""
    area, _may = area_or_refuse(request, pk, Ability.VIEW_REGISTER)
    asked = _asked(request)
    found = _news(request, area, asked)
    items = words.in_order(found.of(asked.group), "distance") if found else []
    pieces = (items[at : at + PER_PIECE] for at in range(0, len(items), PER_PIECE))
    lines = [words.line(row) for piece in pieces for row in _rows(request, piece)]
    what = _("companies")
    return table_answer("csv", words.header(), lines, what, area.name, title=what)


@require_POST
def read(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mark the news of an area as read, up to the newest that the page showed."""
    area, _may = area_or_refuse(request, pk, Ability.VIEW_REGISTER)
    if told := whole_number(request.POST.get("upto", "")):
        mark_read(area=area, user=request.user, change=told, now=timezone.now())
        messages.success(request, _("Marked as read. Next time you see what has come since."))
    return redirect("areas:news", pk=pk)


def _asked(request: SignedInRequest) -> Asked:
    """Read the address; what is no choice is left at its usual value."""
    km, kind = request.GET.get("km", ""), request.GET.get("kind", "")
    return Asked(
        reach_km=next((each for each in REACHES_KM if str(each) == km), REACH_KM),
        group=next((group for group in Group if group.value == kind), None),
        everything=request.GET.get("all") == "1",
    )


def _news(request: SignedInRequest, area: Area, asked: Asked) -> News | None:
    found = news_of([area], user=request.user, reach_km=asked.reach_km, everything=asked.everything)
    return found[0] if found else None


def _rows(request: SignedInRequest, items: Any) -> list[words.NewsRow]:
    by_key = {item.change: item for item in items}
    return [words.NewsRow(by_key[change.pk], change) for change in changes_of(list(items), user=request.user)]


def _tabs(found: News, asked: Asked) -> list[Tab]:
    """Return (words, count, address, chosen) of each tab; empty groups are left out unless chosen."""
    tabs: list[tuple[words.Words, int, str, bool]] = [
        (_("All"), len(found.items), asked.query(kind=None), asked.group is None)
    ]
    for group, title in words.TABS.items():
        count = found.counts.get(group, 0)
        if count or group is asked.group:
            tabs.append((title, count, asked.query(kind=group.value), group is asked.group))
    return tabs


def _map(area: Area, rows: list[words.NewsRow], asked: Asked) -> Map | None:
    if area.x is None or area.y is None or not rows:
        return None
    points = [found for row in rows if row.item.distance <= asked.reach_km * 1000 and (found := words.point(row))]
    rings = [km for km in RINGS_KM if km <= max(2, ceil(asked.reach_km))]
    caption = _("Changes around %(area)s") % {"area": area.name}
    return build(
        caption=caption, centre=(area.x, area.y), rings_km=rings, points=points, border=outline(area), beside_list=True
    )

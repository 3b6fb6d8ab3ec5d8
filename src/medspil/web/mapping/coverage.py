"""What an area lacks: totals, picture and table of what its challenges take and who has it, and the same as a file."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from medspil.areas.models import Area
from medspil.mapping.coverage import Cover, Coverage, Row, coverage
from medspil.mapping.nearby import REACH_KM, REACHES_KM
from medspil.organisations.roles import Abilities
from medspil.web.areas import words as area_words
from medspil.web.files import table_answer
from medspil.web.http import SignedInRequest
from medspil.web.mapping import coverage_words as words
from medspil.web.mapping.coverage_drawn import matrices
from medspil.web.mapping.loading import area_or_refuse
from medspil.web.tables import Column, Table

CAPTION = gettext_lazy("What the challenges take, and who has it")
LACKING_FIRST = (Cover.NOBODY, Cover.UNKNOWN, Cover.ASKED, Cover.UNSURE, Cover.HERE)
FIRST = 5
"""Rows of the table that stand without asking for all: the picture above has all; on a phone each is a card."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the address: one way of standing, one challenge, how far away companies may be."""

    cover: Cover | None = None
    challenge: int | None = None
    reach_km: int = REACH_KM

    def query(self, **changed: Any) -> str:
        """Return the address's query with some of it changed; what is as always is left out."""
        now = {"cover": self.cover, "challenge": self.challenge, "km": self.reach_km} | changed
        query = QueryDict(mutable=True)
        for name, usual in (("cover", None), ("challenge", None), ("km", REACH_KM)):
            if now[name] != usual and now[name] is not None:
                query[name] = str(now[name])
        return f"?{query.urlencode()}" if query else "?"

    def holds(self, row: Row, *, but: str = "") -> bool:
        """Return whether a row passes the filters, or all but one of them."""
        return (but == "cover" or self.cover in (None, row.cover)) and (
            but == "challenge" or self.challenge in (None, row.challenge.pk)
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table as shown."""

    row: Row
    number: int
    cover: str
    kind: str
    held: list[words.ShownHolder]
    near: str
    needs: list[tuple[str, str]]
    need_url: str
    """Where the button sends that makes a need of it; empty when there is none to make or the person may not."""

    offer_url: str
    """Where a link with the offer that could be taken up begins; empty likewise."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A total that is also a filter."""

    name: str | Promise
    cover: Cover | None
    count: int
    query: str
    chosen: bool


COLUMNS = (
    Column(gettext_lazy("Challenge"), "row.challenge.title", template="mapping/_cover_challenge_cell.html"),
    Column(gettext_lazy("It takes"), "kind", template="mapping/_cover_kind_cell.html"),
    Column(gettext_lazy("How it stands"), "cover", template="mapping/_cover_cell.html"),
    Column(gettext_lazy("Who has it"), "held", template="mapping/_cover_held_cell.html"),
    Column(gettext_lazy("Companies near by"), "near", numeric=True),
    Column(gettext_lazy("Next"), "needs", template="mapping/_cover_next_cell.html"),
)


@require_safe
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what an area lacks."""
    area, may = area_or_refuse(request, pk)
    found, asked = _look(request, area, may)
    rows = [row for row in found.rows if asked.holds(row)]
    numbers = {one.pk: at for at, one in enumerate(found.challenges, start=1)}
    everything = request.GET.get("all") == "1" or asked.cover or asked.challenge
    listed = sorted(rows, key=lambda row: LACKING_FIRST.index(row.cover))
    shown = listed if everything else listed[:FIRST]
    lines = [_line(row, numbers[row.challenge.pk], may) for row in shown]
    context = {
        "area": area,
        "may_here": may,
        "found": found,
        "asked": asked,
        "rows": rows,
        "more": len(rows) - len(shown),
        "chips": _chips(found, asked),
        "challenges": [(numbers[one.pk], one, asked.query(challenge=one.pk)) for one in found.challenges],
        "all_query": asked.query(cover=None, challenge=None),
        "reaches": [(km, asked.query(km=km), km == asked.reach_km) for km in REACHES_KM],
        "matrices": matrices(found, rows, numbers),
        "table": Table(str(CAPTION), COLUMNS, lines, caption_hidden=True, css="ms-cover-table"),
        "meant": [(cover, words.COVERS[cover], words.MEANT[cover]) for cover in Cover],
        "why_not": words.WHY_NOT.get(found.near.why_not) if found.near and found.near.why_not else "",
        "unsaid": [(numbers[one.pk], one) for one in found.unsaid],
        "export_query": asked.query(),
    }
    return render(request, "mapping/coverage.html", context)


@require_safe
def export(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give the same rows as CSV; people who did not agree to stand in files are counted and not named."""
    area, may = area_or_refuse(request, pk)
    found, asked = _look(request, area, may)
    header = [
        _("Challenge"),
        _("It takes"),
        _("What is meant"),
        _("How it stands"),
        _("Who has it"),
        _("Advertising protection"),
        _("Companies within %(km)s km whose industry could") % {"km": asked.reach_km},
        _("Open needs"),
        _("As of"),
    ]
    today = date_format(timezone.localdate(), "SHORT_DATE_FORMAT")
    rows = [_cells(row, today) for row in found.rows if asked.holds(row)]
    rows += [
        [one.title, "", "", _("Nobody has said what it takes"), "", "", None, "", today]
        for one in _silent(found, asked)
    ]
    what = _("what is missing")
    return table_answer("csv", header, rows, what, area.name, title=what)


def _look(request: SignedInRequest, area: Area, may: Abilities) -> tuple[Coverage, Asked]:
    """Read the address, and work out what it asks for; what is no choice is left out."""
    km, cover, challenge = (request.GET.get(name, "") for name in ("km", "cover", "challenge"))
    reach_km = next((each for each in REACHES_KM if str(each) == km), REACH_KM)
    found = coverage(area, user=request.user, on=timezone.localdate(), reach_km=reach_km, may_look=may.view_register)
    return found, Asked(
        cover=next((each for each in Cover if each.value == cover), None),
        challenge=next((one.pk for one in found.challenges if str(one.pk) == challenge), None),
        reach_km=reach_km,
    )


def _chips(found: Coverage, asked: Asked) -> list[Chip]:
    """Return the totals with all other filters, each a way to see only those; empty ones only when chosen."""
    others = [row for row in found.rows if asked.holds(row, but="cover")]
    chips = [Chip(_("All"), None, len(others), asked.query(cover=None), asked.cover is None)]
    for cover, name in words.COVERS.items():
        count = sum(1 for row in others if row.cover is cover)
        if count or asked.cover is cover:
            chips.append(Chip(name, cover, count, asked.query(cover=cover), asked.cover is cover))
    return chips


def _line(row: Row, number: int, may: Abilities) -> Line:
    send = reverse("mapping:coverage_need", args=[row.challenge.pk, row.kind])
    return Line(
        row=row,
        number=number,
        cover=str(words.COVERS[row.cover]),
        kind=area_words.kind(row.kind),
        held=words.holders(row.holders),
        near=words.near(row.nearby),
        needs=[(need.title, reverse("areas:need", args=[need.pk])) for need in row.needs],
        need_url=send if row.askable and may.edit_need else "",
        offer_url=_take_up(row) if may.link else "",
    )


def _take_up(row: Row) -> str:
    """Return where a link begins with the offer that could be taken up, for the first need that asks for it."""
    if (offer := row.to_take_up) is None:
        return ""
    need = {"need": row.needs[0].pk} if row.needs else {}
    asked = {"area": row.challenge.area_id, "offer": offer.record_id, **need}
    return f"{reverse('linking:link_create')}?{urlencode(asked)}"


def _silent(found: Coverage, asked: Asked) -> list[Any]:
    """Return the challenges of which nobody said what they take, where no filter leaves them out."""
    return [one for one in found.unsaid if asked.cover is None and asked.challenge in (None, one.pk)]


def _cells(row: Row, today: str) -> list[Any]:
    held = words.printed(row.counted)
    needs = ", ".join(need.title for need in row.needs)
    stands = str(words.COVERS[row.cover])
    kind = area_words.kind(row.kind)
    near = _("not known") if row.nearby is None else row.nearby
    return [row.challenge.title, kind, row.note, stands, held, words.protected(row.counted), near, needs, today]

"""How far an area's links and partnerships are: stages as a board and as a list with the same filter."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from medspil.progress.patience import patience_of
from medspil.progress.referrals import mine_to_answer
from medspil.progress.stages import ORDER, STAGES
from medspil.web.http import SignedInRequest, fragment
from medspil.web.linking.link_loading import area_or_refuse
from medspil.web.progress import words
from medspil.web.progress.shown import ProgressPage, Shown
from medspil.web.tables import Column, Table, chosen_sort

MOST_CARDS, MOST_ROWS = 6, 60
LIST = "liste"
COLUMNS = (
    Column(_("What it is"), "title", url=lambda one: one.url, sort="title"),
    Column(_("Parties"), "link.names"),
    Column(_("Stage"), "stage_name", template="progress/_stage_cell.html", sort="stage"),
    Column(_("Missing for the next"), "lacking", template="progress/_lacking_cell.html"),
    Column(_("Silence"), "silences", template="progress/_silence_cell.html", sort="silence"),
    Column(_("Who is on it"), lambda one: str(one.on_it or "")),
)
_ORDER = {
    "title": lambda one: one.title.casefold(),
    "stage": lambda one: ORDER.index(one.stage),
    "silence": lambda one: max((each.silence.days for each in one.silences), default=-1),
}


@dataclass(frozen=True, slots=True)
class StageColumn:
    """What has got to one stage, with who is silent first."""

    stage: str
    name: str | Promise
    empty: str | Promise
    count: int
    cards: list[Shown]

    @property
    def more(self) -> int:
        """Return how many are only in the list."""
        return self.count - len(self.cards)


@require_safe
def area(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show how far an area is; `?vis=liste` as a list."""
    found, may = area_or_refuse(request, pk)
    page = ProgressPage(request, found, may)
    context = {
        "area": found,
        "may_here": may,
        "page": page,
        "patience": patience_of(found),
        "referrals": mine_to_answer(request.user, found, on=page.today),
        "our_turn": sum(any(each.silence.ours for each in one.silences) for one in page.rows),
    }
    if request.GET.get("vis") == LIST:
        more = 0 if request.GET.get("all") else max(len(page.rows) - MOST_ROWS, 0)
        context |= {"as_list": True, "table": _table(request, page), "more": more}
    else:
        context["columns"] = _columns(page)
    return render(request, fragment(request, "progress/area.html", "results"), context)


def _columns(page: ProgressPage) -> list[StageColumn]:
    found = []
    for row in STAGES:
        here = sorted((one for one in page.rows if one.stage == row.stage), key=lambda one: not one.silences)
        found.append(StageColumn(row.stage.value, row.name, words.EMPTY[row.stage], len(here), here[:MOST_CARDS]))
    return found


def _table(request: SignedInRequest, page: ProgressPage) -> Table:
    sort = chosen_sort(request, COLUMNS, default="stage")
    rows = sorted(page.rows, key=_ORDER[sort.removeprefix("-")], reverse=sort.startswith("-"))
    shown = rows if request.GET.get("all") else rows[:MOST_ROWS]
    return Table(caption=_("How far we are"), describe=COLUMNS, records=shown, sort=sort, caption_hidden=True)

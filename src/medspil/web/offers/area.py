"""Idle supply and unanswered needs of one area: by age, as plot, tables and files, each row with its next step."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from medspil.common.tables import Cell
from medspil.offers.idle import waiting
from medspil.web.areas import words
from medspil.web.files import table_answer
from medspil.web.http import SignedInRequest
from medspil.web.offers.ages import ages
from medspil.web.offers.loading import area_or_refuse
from medspil.web.offers.waiting import STEPS, NeedRow, OfferRow, need_rows, offer_rows
from medspil.web.offers.words import amount_of, barrier_line, noted_down
from medspil.web.tables import Column, Table

SHOWN = 100

OFFER_COLUMNS = (
    Column(gettext_lazy("Offer"), "row.offer.title", template="offers/_waiting_offer_cell.html"),
    Column(gettext_lazy("Kind of resource"), "kinds"),
    Column(gettext_lazy("Days"), "row.days", numeric=True),
    Column(gettext_lazy("Needs it meets"), "row.meets", template="offers/_meets_cell.html"),
    Column(gettext_lazy("Next step"), "step", template="offers/_step_cell.html"),
)
NEED_COLUMNS = (
    Column(gettext_lazy("Need"), "row.need.title", template="offers/_waiting_need_cell.html"),
    Column(gettext_lazy("Kinds of resources"), "kinds"),
    Column(gettext_lazy("Days"), "row.days", numeric=True),
    Column(gettext_lazy("Offers that meet it"), "row.meets", template="offers/_meets_cell.html"),
    Column(gettext_lazy("Next step"), "step", template="offers/_step_cell.html"),
)


@require_safe
def waits(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what waits in an area."""
    area, may = area_or_refuse(request, pk)
    found = waiting(area, user=request.user, on=timezone.localdate())
    offers = offer_rows(area, found.offers[:SHOWN], user=request.user, may=may)
    needs = need_rows(found.needs[:SHOWN], may=may)
    context = {
        "area": area,
        "may_here": may,
        "offers": len(found.offers),
        "needs": len(found.needs),
        "offer_table": Table(_("Offers that nobody has taken up"), OFFER_COLUMNS, offers, caption_hidden=True),
        "need_table": Table(_("Needs that nobody has answered"), NEED_COLUMNS, needs, caption_hidden=True),
        "ages": ages((row.days for row in found.offers), (row.days for row in found.needs)),
        "left_out": [barrier_line(barrier, count) for barrier, count in found.left_out.items()],
        "shown": SHOWN,
        "empty": not (found.offers or found.needs or area.needs.filter(archived_at=None).exists()),
    }
    return render(request, "offers/area.html", context)


@require_safe
def export(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """Give both lists as one table."""
    if kind not in {"csv", "xlsx"}:
        raise Http404
    area, may = area_or_refuse(request, pk)
    found = waiting(area, user=request.user, on=timezone.localdate())
    rows = [_offer_cells(row) for row in offer_rows(area, found.offers, user=request.user, may=may)]
    rows += [_need_cells(row) for row in need_rows(found.needs, may=may)]
    return table_answer(kind, _header(), rows, _("what waits"), area.name, title=area.name)


def _header() -> list[str]:
    return [
        _("What waits"), _("In one line"), _("Giver"), _("Kind of resource"), _("How much and how often"),
        _("Municipality"), _("Who said it"), _("Waiting since"), _("Days"), _("Meets"), _("Best"), _("Next step"),
        _("Advertising protection"),
    ]  # fmt: skip


def _offer_cells(row: OfferRow) -> list[Cell]:
    offer = row.row.offer
    return [
        _("offer"), offer.title, offer.organisation.name, row.kinds, amount_of(offer), words.town(offer.municipality),
        noted_down(offer), row.row.since, row.row.days, row.row.meets, row.best, str(STEPS[row.row.step]),
        _("yes") if row.protected else _("no"),
    ]  # fmt: skip


def _need_cells(row: NeedRow) -> list[Cell]:
    need = row.row.need
    return [
        _("need"), need.title, "", row.kinds, "", words.town(need.area.municipality),
        "", row.row.since, row.row.days, row.row.meets, row.best, str(STEPS[row.row.step]),
        "",
    ]  # fmt: skip

"""The ranking and the shortlist as files: XLSX, CSV and an accessible PDF."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from medspil.areas.models import Need
from medspil.common.tables import Cell
from medspil.linking.models import Candidate
from medspil.organisations.roles import Ability
from medspil.web.files import file_answer, table_answer
from medspil.web.http import SignedInRequest
from medspil.web.linking import papers, tables, wording
from medspil.web.linking.forms import SetAsideForm
from medspil.web.linking.loading import RankingPage, need_or_refuse
from medspil.web.linking.rows import kept_companies

KINDS = ("csv", "xlsx", "pdf")


@require_safe
def ranking(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """Give the ranking with the filters of the address; 503 with the page that says why if there is no index."""
    need, may = need_or_refuse(request, pk, Ability.RANK)
    _known(kind)
    page = RankingPage(request, need, may)
    if page.asked is None:
        context = {"page": page, "need": need, "area": need.area, "may_here": may, "set_aside_form": SetAsideForm()}
        return render(request, "linking/ranking.html", context, status=503)
    if kind == "pdf":
        sources = [wording.index_line(page.asked.versions)]
        data = papers.ranking_paper(need, page.rows, page.left_out, sources, page.asked.at, warning=page.old)
        return file_answer(papers.paper(data, now=page.asked.at), kind, _("companies"), need.area.name, need.title)
    return _sheet(need, kind, _("companies"), tables.ranking_header(), tables.rows_of_ranking(page.rows, page.old))


@require_safe
def shortlist(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """Give the shortlist, kept and set aside."""
    need, _may = need_or_refuse(request, pk, Ability.SHORTLIST)
    _known(kind)
    candidates, now = Candidate.objects.visible_to(request.user).of(need), timezone.now()
    kept, aside = (
        kept_companies(some, need, timezone.localdate(now)) for some in (candidates.kept(), candidates.set_aside())
    )
    if kind == "pdf":
        data = papers.shortlist_paper(need, kept, [company.candidate for company in aside], now)
        return file_answer(papers.paper(data, now=now), kind, _("shortlist"), need.area.name, need.title)
    return _sheet(need, kind, _("shortlist"), tables.shortlist_header(), tables.rows_of_shortlist([*kept, *aside]))


def _known(kind: str) -> None:
    if kind not in KINDS:
        raise Http404


def _sheet(need: Need, kind: str, what: str, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> HttpResponse:
    return table_answer(kind, header, rows, what, need.area.name, need.title, title=what)

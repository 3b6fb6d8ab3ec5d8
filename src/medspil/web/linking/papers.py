"""The ranking and the shortlist on paper: the data that linking/documents/shortlist.typ is given."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

import medspil.linking
from medspil.areas.models import Need
from medspil.documents import render_pdf
from medspil.linking.models import Candidate
from medspil.web.linking import wording
from medspil.web.linking.rows import KeptCompany, ShownRow
from medspil.web.linking.tables import reason_of

DETAILED = 20
"""Companies of a ranking whose reasons are printed; the rest stand in the table, and on the page with theirs."""

TEMPLATE = Path(medspil.linking.__file__).parent / "documents" / "shortlist.typ"


def paper(data: dict[str, Any], *, now: datetime) -> bytes:
    """Return the PDF of a ranking or a shortlist."""
    return render_pdf(TEMPLATE, data, created=now, font_folders=[settings.FRONTEND_PARTS / "fonts"])


def ranking_paper(
    need: Need, rows: Sequence[ShownRow], left_out: list[str], sources: list[str], now: datetime, *, warning: str = ""
) -> dict[str, Any]:
    """Return the data of a ranking on paper; `warning` is what is to be said of an old register."""
    return _document(
        need,
        now,
        title=_("Companies that fit: {need}").format(need=need.title),
        rows=[
            _company(row, rank=str(row.row["rank"])) | {"detailed": place < DETAILED} for place, row in enumerate(rows)
        ],
        lines=left_out,
        lines_heading=_("Left out"),
        sources=sources,
        warning=warning,
    )


def shortlist_paper(
    need: Need, kept: Sequence[KeptCompany], set_aside: Sequence[Candidate], now: datetime
) -> dict[str, Any]:
    """Return the data of a shortlist on paper."""
    rows = [_kept(company, rank=str(place)) for place, company in enumerate(kept, start=1)]
    lines = []
    for candidate in set_aside:
        line = f"{candidate.unit.name}: {reason_of(candidate)}"
        lines.append(f"{line}. {candidate.shown_note}" if candidate.shown_note else line)
    units = [company.candidate.unit for company in kept]
    sources = sorted({wording.source_line(_facts(unit)) for unit in units})
    return _document(
        need,
        now,
        title=_("Shortlist: {need}").format(need=need.title),
        rows=rows,
        lines=lines,
        lines_heading=pgettext("heading", "Set aside"),
        sources=sources,
    )


def _document(
    need: Need,
    now: datetime,
    *,
    title: str,
    rows: list[dict[str, Any]],
    lines: list[str],
    lines_heading: str,
    sources: list[str],
    warning: str = "",
) -> dict[str, Any]:
    day = date_format(localtime(now), "DATE_FORMAT")
    kinds = ", ".join(wording.kind_name(row.kind) for row in need.resources.all())
    facts = [
        [_("Area"), need.area.name],
        [_("What is lacking"), kinds or _("not stated")],
        [_("Made on"), day],
    ]
    return {
        "title": title,
        "lang": (get_language() or "da")[:2],
        "foot": f"Medspil · {need.area.name} · {day}",
        "lead": need.text,
        "warning": warning,
        "facts": facts,
        "labels": {
            "overview": _("At a glance"),
            "empty": _("No company is on the list yet."),
            "reasons": _("Company by company"),
            "lines": lines_heading,
            "sources": _("Sources"),
        },
        "columns": [_("No."), _("Company"), _("Proposed model"), _("Distance"), _("Points")],
        "rows": rows,
        "criteria": [str(name) for name in wording.CRITERIA.values()],
        "more": "" if all(row["detailed"] for row in rows) else _("The reasons of the others are on the page."),
        "lines": lines,
        "sources": sources or [_("No companies, no sources.")],
    }


def _company(row: ShownRow, *, rank: str) -> dict[str, Any]:
    shades = list(wording.CRITERIA)
    told = [f"{reason.name} ({reason.points}): {' '.join(reason.text.split())}" for reason in row.reasons]
    return {
        "rank": rank,
        "name": row.name,
        "where": " · ".join(part for part in (row.industry, row.where, row.size) if part),
        "model": str(row.model),
        "distance": row.distance,
        "points": row.points,
        "score": row.points_line,
        "detailed": True,
        "protected": _("Protected from advertising: may not be approached.") if row.unit.get("protected") else "",
        "bars": [
            {"width": max(0.0, reason.share), "shade": shades.index(reason.criterion)}
            for reason in row.reasons
            if reason.criterion in shades
        ],
        "reasons": [f"{row.model}: {row.model_reason}", *told],
        "facts": [],
    }


def _kept(company: KeptCompany, *, rank: str) -> dict[str, Any]:
    candidate = company.candidate
    known = _company(company.reasons, rank=rank) if company.reasons else _nothing_known(rank)
    due = candidate.next_step_on
    facts = [
        [_("Who takes it on"), str(candidate.owner or _("nobody yet"))],
        [_("Next step"), candidate.next_step or _("not stated")],
        [_("When"), date_format(due, "DATE_FORMAT") if due else _("not stated")],
    ]
    if candidate.shown_note:
        facts.append([_("Note"), candidate.shown_note])
    flag = company.flag.what if company.flag else ""
    return {**known, "name": company.name, "where": company.where, "protected": flag, "facts": facts}


def _nothing_known(rank: str) -> dict[str, Any]:
    """A company that was kept while there was no index has no reasons."""
    words = dict.fromkeys(("model", "distance", "points"), "–")
    return {"rank": rank, **words, "score": "", "bars": [], "reasons": [], "detailed": True}


def _facts(unit: Any) -> dict[str, Any]:
    return {"source": unit.source, "source_date": unit.source_date.isoformat(), "made_up": unit.made_up}

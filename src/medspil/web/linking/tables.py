"""The ranking and the shortlist as rows for spreadsheets: plain figures, one line per company."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from medspil.common.tables import Cell
from medspil.linking.models import Candidate
from medspil.web.linking import wording
from medspil.web.linking.reasons import WORTH_NAMING
from medspil.web.linking.rows import KeptCompany, ShownRow


def ranking_header() -> list[str]:
    """Return the column names of the ranking."""
    return [
        _("Number"),
        _("Company"),
        _("P-number"),
        _("CVR number"),
        _("Industry"),
        _("Address"),
        _("Postal code"),
        _("Town"),
        _("Distance in km"),
        _("Place known by"),
        _("Employees"),
        _("Points of 100"),
        *(str(name) for name in wording.CRITERIA.values()),
        _("Proposed model"),
        _("Can give"),
        _("Words in common"),
        _("Advertising protection"),
        _("Decision"),
        _("Source"),
        _("Date of the source"),
        _("Made up for the example"),
        _("Note on the register"),
    ]


def ranking_row(row: ShownRow, note: str = "") -> list[Cell]:
    """Return one ranked company; `note` is what is to be said of an old register."""
    unit, answer = row.unit, row.row
    away = answer["distance_m"]
    parts = {part["criterion"]: round(part["points"] * 100, 1) for part in answer["parts"]}
    return [
        answer["rank"],
        row.name,
        row.number,
        unit.get("cvr", ""),
        row.industry,
        unit.get("address", ""),
        unit.get("postcode", ""),
        unit.get("city", ""),
        None if away is None else round(away / 1000, 2),
        wording.point_quality(unit),
        row.size,
        round(answer["score"] * 100, 1),
        *(parts.get(criterion) for criterion in wording.CRITERIA),
        str(row.model),
        ", ".join(wording.kind_name(kind) for kind, value in answer["kinds"] if value >= WORTH_NAMING),
        ", ".join(term for term, _points in answer["words"]),
        yes_no(bool(unit.get("protected"))),
        str(row.candidate.get_decision_display()) if row.candidate else "",
        unit.get("source", ""),
        unit.get("source_date", ""),
        yes_no(bool(unit.get("made_up"))),
        note,
    ]


def shortlist_header() -> list[str]:
    """Return the column names of the shortlist."""
    return [
        _("Company"),
        _("P-number"),
        _("CVR number"),
        _("Industry and address"),
        _("Advertising protection"),
        _("Has happened since"),
        _("Decision"),
        _("Reason"),
        _("Who takes it on"),
        _("Next step"),
        _("When"),
        _("Note"),
        _("Distance in km"),
        _("Points of 100 when kept"),
        _("Proposed model"),
        _("Source"),
        _("Date of the source"),
        _("Made up for the example"),
    ]


def shortlist_row(company: KeptCompany) -> list[Cell]:
    """Return one kept or set-aside company."""
    candidate, unit = company.candidate, company.candidate.unit
    grounds = company.reasons.row if company.reasons else None
    away = grounds["distance_m"] if grounds else None
    return [
        company.name,
        str(unit.number),
        unit.cvr,
        company.where,
        yes_no(unit.protected),
        company.flag.what if company.flag else "",
        str(candidate.get_decision_display()),
        reason_of(candidate),
        str(candidate.owner or ""),
        candidate.next_step,
        candidate.next_step_on,
        candidate.shown_note,
        None if away is None else round(away / 1000, 2),
        round(grounds["score"] * 100, 1) if grounds else None,
        str(company.reasons.model) if company.reasons else "",
        unit.source,
        unit.source_date,
        yes_no(unit.made_up),
    ]


def reason_of(candidate: Candidate) -> str:
    """Return why a company was set aside; nothing for one that is kept."""
    return str(candidate.get_reason_display()) if candidate.decision == "set_aside" else ""


def yes_no(value: bool) -> str:
    """Return a word for a flag, so that a filter in the spreadsheet reads well."""
    return _("yes") if value else _("no")


def rows_of_ranking(rows: Iterable[ShownRow], note: str = "") -> list[Sequence[Cell]]:
    """Return all ranked companies, each with what is to be said of an old register: lines are copied one by one."""
    return [ranking_row(row, note) for row in rows]


def rows_of_shortlist(companies: Iterable[KeptCompany]) -> list[Sequence[Cell]]:
    """Return all kept and set-aside companies."""
    return [shortlist_row(company) for company in companies]

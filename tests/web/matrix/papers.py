"""Every paper that the site makes: its template, and a page that gives it out. Who adds a template adds a row here."""

from pathlib import Path

SOURCES = Path(__file__).parents[3] / "src" / "medspil"
HOUSE = "documents/house.typ"
# template -> name of the page, and what its address says besides what the matrix says
PAPERS: dict[str, tuple[str, dict[str, str]]] = {
    "agreements/documents/agreement.typ": ("agreements:paper", {}),
    "alignment/documents/side_by_side.typ": ("alignment:paper", {}),
    "boards/documents/agenda.typ": ("boards:agenda_pdf", {}),
    "boards/documents/minutes.typ": ("boards:minutes_pdf", {}),
    "linking/documents/shortlist.typ": ("linking:shortlist_export", {}),
    "mapping/documents/profile.typ": ("mapping:profile", {}),
    "partnerships/documents/pitch.typ": ("partnerships:sheet", {}),
    "rounds/documents/plan.typ": ("rounds:export", {"kind": "pdf"}),
    "walks/documents/walk.typ": ("walks:sheet", {}),
}


def templates() -> set[str]:
    """Return every template there is."""
    return {path.relative_to(SOURCES).as_posix() for path in SOURCES.rglob("*.typ")} - {HOUSE}

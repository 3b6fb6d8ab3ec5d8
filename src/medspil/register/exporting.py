"""Writes the register as CSV under headings that the import knows: what is written and read again is the same.

Whether a unit is protected from advertising goes with every copy, and so do its source and its day.
"""

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from medspil.common.tables import Cell, csv_lines
from medspil.register.models import Unit, UnitStatus
from medspil.register.troubles import plain_troubles

# {field: heading}. The protection stands early: whoever opens the file sees it without scrolling.
HEADINGS: dict[str, str] = {
    "number": "P-nummer",
    "cvr": "CVR-nummer",
    "name": "Navn",
    "protected": "Reklamebeskyttelse",
    "company_name": "Virksomhedsnavn",
    "company_form": "Virksomhedsformkode",
    "industry": "Branchekode",
    "industry_text": "Branchetekst",
    "code_system": "Kodesystem",
    "address": "Adresse",
    "postcode": "Postnr",
    "city": "By",
    "municipality": "Kommunekode",
    "x": "X",
    "y": "Y",
    "point_quality": "Sted kendt ved",
    "address_id": "Adresse-id",
    "employees_from": "Ansatte fra",
    "employees_to": "Ansatte til",
    "started_on": "Startdato",
    "ended_on": "Ophørsdato",
    "status": "Status",
    "social_enterprise": "Socialøkonomisk virksomhed",
    "purpose": "Formål",
    "phone": "Telefonnummer",
    "email": "E-mail",
    "website": "Hjemmeside",
}
# Told to people; an import is told them by whoever brings the file in.
_ORIGIN = {"source": "Kilde", "source_date": "Kildens dato", "made_up": "Opdigtet"}
HEADER = (*HEADINGS.values(), *_ORIGIN.values())


def units_to_export(*, municipalities: Collection[str] = (), ceased: bool = False) -> QuerySet[Unit]:
    """Return the units of some municipalities (of all when none is named), by number; the ceased ones when asked."""
    units = Unit.objects.order_by("number")
    if municipalities:
        units = units.filter(municipality__in=municipalities)
    return units if ceased else units.exclude(status=UnitStatus.CEASED)


def export_lines(units: QuerySet[Unit]) -> Iterator[bytes]:
    """Yield the CSV line by line, safe to open in a spreadsheet."""
    rows = units.values_list(*HEADINGS, *_ORIGIN).iterator(chunk_size=5_000)
    yield from csv_lines(HEADER, (list(map(_cell, row)) for row in rows))


def export_file(*, units: QuerySet[Unit], path: Path) -> int:
    """Write the units to a file, whole or not at all, and return how many.

    Raises `NoRoom`, `DatabaseStopped`, or an OSError of a place that cannot be written to.
    """
    spare = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
    written = -1  # the heading is no unit
    try:
        with plain_troubles(lambda: _("writing %(file)s") % {"file": path}), spare.open("wb") as file:
            for line in export_lines(units):
                file.write(line)
                written += 1
        spare.replace(path)
    finally:
        spare.unlink(missing_ok=True)
    return written


def _cell(value: Cell) -> Cell:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return value.isoformat() if isinstance(value, date) else value

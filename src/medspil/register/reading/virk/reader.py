"""Reads units and companies from the register's own JSON; one row comes out for each unit, by P-number."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _

from medspil.common.reading.packed import CHUNK, first_bytes, members, opened
from medspil.common.reading.problems import UnreadableFile
from medspil.register.reading.bundle import Bundle, Row, SourceFile
from medspil.register.reading.datafordeler.spool import room_told, spool
from medspil.register.reading.layout import Layout
from medspil.register.reading.tally import Tally
from medspil.register.reading.virk.facts import Told, company_of, unit_of
from medspil.register.reading.virk.joined import Joiner, heading
from medspil.register.reading.virk.records import COMPANY, LOOKED_AT, OTHER, PERSON, UNIT, read_records
from medspil.register.reading.virk.side_table import SideTable, side_table

KIND = "virk"
Known = npt.NDArray[np.int64]
_MARKS: dict[bytes, str] = {
    b'"VrproduktionsEnhed"': UNIT,
    b'"produktionsEnhedMetadata"': UNIT,
    b'"Vrvirksomhed"': COMPANY,
    b'"virksomhedMetadata"': COMPANY,
    b'"Vrdeltagerperson"': PERSON,
}
_ENTITIES = {UNIT: "Produktionsenhed", COMPANY: "Virksomhed", PERSON: "Deltager"}
_LOOKED_THROUGH = 256 << 20  # units and companies may share a file, and the one come long after the other
_LOAD_SHARE = 0.7  # of the whole reading; the rest is handing the rows on


def recognises(file: SourceFile) -> bool:
    """Return whether a file holds records of the register's own JSON; one that is damaged may still be known so."""
    try:
        start = b"".join(
            first_bytes(file.path, LOOKED_AT, name=file.name, member=member)
            for member in members(file.path, name=file.name)[:3]
        )
    except (UnreadableFile, OSError):
        return False
    return any(mark in start for mark in _MARKS)


def entity_of(file: SourceFile) -> str:
    """Return what a file holds, "Virksomhed" or "Produktionsenhed" or both; blank when it cannot be told."""
    try:
        kinds = _kinds(file)
    except (UnreadableFile, OSError):
        return ""
    return ", ".join(_ENTITIES[kind] for kind in (UNIT, COMPANY, PERSON) if kind in kinds)


def look(bundle: Bundle) -> Layout:
    """Say which fields these files can tell. Raises `UnreadableFile` when they hold nothing but people."""
    kinds = {kind for file in bundle for kind in _kinds(file)}
    if not kinds & {UNIT, COMPANY}:
        raise UnreadableFile(
            _(
                "These files hold people behind companies (participants), and Medspil never reads those."
                " Fetch the units (produktionsenhed) and the companies (virksomhed)."
            )
        )
    header = heading(companies=COMPANY in kinds)
    return Layout(kind=KIND, encoding="utf-8", delimiter="", header=header, day_first=False, silent_is_protected=True)


def rows(bundle: Bundle, layout: Layout, tally: Tally) -> Iterator[Row]:
    """Yield (row, cells under the layout's heading), by P-number.

    Of ceased units only those are handed on that `tally.known` has; without it all are. `tally.beat` is called every
    now and then during the long work before the first row.
    """
    with spool() as folder, room_told(), side_table(folder) as table:
        joiner = Joiner(layout.header, tally)
        loading = _Loading(table, joiner, tally)
        yield from loading.load(bundle)
        tally.add("repeated_record", table.repeated())
        tally.add("unit_of_company", table.add_only_units())
        tally.add("company_without_units", table.companies_without_units())
        total = table.units()
        if not total and not loading.odd:
            raise UnreadableFile(loading.nothing())
        for row, (number, unit, company) in enumerate(table.joined(), start=loading.odd + 1):
            if row % 5_000 == 0:
                tally.share = _LOAD_SHARE + (1 - _LOAD_SHARE) * row / max(1, total)
            yield row, joiner.cells(str(number), unit, company)
        tally.share = 1.0


class _Loading:
    """The files going into the side table."""

    def __init__(self, table: SideTable, joiner: Joiner, tally: Tally) -> None:
        self.table, self.joiner, self.tally = table, joiner, tally
        self.odd = 0
        self._done, self._size, self._all = 0, 0, 1

    def load(self, bundle: Bundle) -> Iterator[Row]:
        """Read all files. A unit whose number cannot be read is handed on at once: the check tells what is wrong."""
        self._all = sum(file.path.stat().st_size for file in bundle) or 1
        for file in bundle:
            self._size = file.path.stat().st_size
            for kind, record in read_records(file, beat=self._told):
                odd = self._take(kind, record)
                if odd is not None:
                    self.odd += 1
                    yield self.odd, odd
            self._done += self._size

    def _told(self, share: float) -> None:
        self.tally.share = _LOAD_SHARE * (self._done + share * self._size) / self._all
        self.tally.beat()

    def _take(self, kind: str, record: Any) -> list[str] | None:
        if kind == PERSON:
            self.tally.add("participants_skipped")
        elif kind == OTHER or not isinstance(record, dict):
            self.tally.add("other_record")
        elif record.get("fejlRegistreret") is True:
            self.tally.add("registered_by_mistake")
        elif record.get("dataAdgang") not in (0, None):
            self.tally.add("access_restricted")
        elif kind == UNIT:
            return self._take_unit(unit_of(record, self.tally))
        else:
            self._take_company(company_of(record, self.tally))
        return None

    def _take_unit(self, told: Told) -> list[str] | None:
        self.joiner.saw(told["day"])
        number = _number(told["number"])
        if number is None:
            return self.joiner.cells(told["number"], told, None)
        known = self.tally.known
        if known is not None and self.joiner.has_ceased(told) and not _holds(known, number):
            self.tally.add("ceased_before")
        else:
            self.table.put_unit(number, told)
        return None

    def _take_company(self, told: Told) -> None:
        self.joiner.saw(told["day"])
        self.table.put_company(told, only=_number(told["only"]), living=not self.joiner.has_ceased(told))

    def nothing(self) -> str:
        """Return why there is not one unit."""
        if self.table.put_companies:
            return _(
                "The files hold only companies, and none of them with a single unit. Medspil needs the places of"
                " work: fetch the units (produktionsenhed) too, and hand both in together."
            )
        return _("The files hold no unit of the business register.")


def _kinds(file: SourceFile) -> set[str]:
    """Return the kinds of records found in the first part of a file."""
    found: set[str] = set()
    for member in members(file.path, name=file.name):
        read, end = 0, b""
        with opened(file.path, name=file.name, member=member) as stream:
            while read < _LOOKED_THROUGH and not {UNIT, COMPANY} <= found and (chunk := stream.read(CHUNK)):
                found |= {kind for mark, kind in _MARKS.items() if mark in end + chunk}
                read, end = read + len(chunk), chunk[-40:]
    return found


def _number(text: str) -> int | None:
    digits = text.removesuffix(".0")
    return int(digits) if len(digits) == 10 and digits.isascii() and digits.isdigit() and digits[0] != "0" else None


def _holds(known: Known, number: int) -> bool:
    at = int(np.searchsorted(known, number))
    return at < len(known) and int(known[at]) == number

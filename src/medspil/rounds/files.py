"""Two tables without a database: who asks and who gives, read into a sheet. One wrong row stops both."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medspil.common.reading.lists import rows_of_file
from medspil.rounds.lines import Draft, Fault, Reading, read_rows
from medspil.rounds.programmes import Programme, programme
from medspil.rounds.sheet import Asker, Giver, Sheet

SHOWN = 50


class FileFaults(Exception):
    """Rows that must be put right; `lines` says which row and which field."""

    def __init__(self, faults: list[tuple[str, Fault]]) -> None:
        told = ngettext(
            "{number} thing must be put right in the files.",
            "{number} things must be put right in the files.",
            len(faults),
        )
        super().__init__(told.format(number=len(faults)))
        self.lines = [_line(name, fault) for name, fault in faults[:SHOWN]]


def sheet_of_files(demands: Path, supplies: Path, *, kind: str, rules: Mapping[str, Any]) -> Sheet:
    """Return the sheet of two tables. Raises `FileFaults`, and `UnreadableFile` for what is no table."""
    what = programme(kind)
    asking = read_rows(rows_of_file(demands, name=demands.name), programme=what, asks=True)
    giving = read_rows(rows_of_file(supplies, name=supplies.name), programme=what, asks=False)
    faults = [*_named(demands, asking), *_named(supplies, giving)]
    for path, reading in ((demands, asking), (supplies, giving)):
        if not reading.drafts and not reading.faults:
            faults.append((path.name, Fault(1, "", _("There is no row in this file."))))
    if faults:
        raise FileFaults(faults)
    return Sheet(
        programme=kind,
        rules=dict(rules),
        askers=tuple(_asker(one, what, number) for number, one in enumerate(asking.drafts, start=1)),
        givers=tuple(_giver(one, number) for number, one in enumerate(giving.drafts, start=1)),
    )


def _line(name: str, fault: Fault) -> str:
    column = f", {fault.column}" if fault.column else ""
    row = _("row {row}").format(row=fault.row)
    return f"{name}: {row}{column}: {fault.text}"


def _named(path: Path, reading: Reading) -> list[tuple[str, Fault]]:
    return [(path.name, fault) for fault in reading.faults]


def _asker(draft: Draft, kind: Programme, number: int) -> Asker:
    wanted = draft.amount or kind.wanted
    return Asker(
        ident=str(number),
        label=draft.label,
        x=draft.x,
        y=draft.y,
        facts=dict(draft.facts),
        wanted=wanted,
        least=min(kind.least, wanted) if draft.least is None else draft.least,
    )


def _giver(draft: Draft, number: int) -> Giver:
    return Giver(
        ident=str(number),
        label=draft.label,
        x=draft.x,
        y=draft.y,
        facts=dict(draft.facts),
        party=f"cvr-{draft.cvr}" if draft.cvr else "",
        capacity=draft.amount or 1,
        whole=draft.whole,
        reach_km=draft.reach_km,
    )

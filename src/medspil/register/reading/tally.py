"""Counts what a reader or the check left out or noticed on the way, by code; the one table from code to sentence.

Rows that are rejected or taken with a warning have notes of their own (`register.notes`). Here stands what is no
fault of a row: history that is not ours to keep, people, secrets, a unit whose company is not in the files.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Counted:
    """What a code means, and whether what it counts was left out (otherwise it was only noticed)."""

    sentence: str | Promise
    left_out: bool = True


COUNTED: dict[str, Counted] = {
    # Units and companies
    "ceased_before": Counted(_("units that ceased before the register ever knew them: not taken in")),
    "unit_without_company": Counted(_("units whose company is not in the files: taken without it"), left_out=False),
    "unit_without_name": Counted(_("units without a name: they bear the name of their company"), left_out=False),
    "company_without_units": Counted(_("companies without a unit: the register holds places of work")),
    "company_ceased": Counted(_("units in business whose company has ceased"), left_out=False),
    "unit_of_company": Counted(
        _("units told of by their company only, which has no other: taken with what the company tells"), left_out=False
    ),
    "registered_by_mistake": Counted(_("units and companies marked as registered by mistake")),
    "access_restricted": Counted(_("units and companies that the register does not let everybody see")),
    "repeated_record": Counted(_("records that came more than once: the newest was taken")),
    "repeated_number": Counted(_("P-numbers that two units bear: the living one, then the newer, was taken")),
    "outside_municipality": Counted(_("units outside the municipalities that were asked for")),
    "several_current": Counted(_("units with two values in force for one fact: the newest was taken"), left_out=False),
    # Addresses
    "foreign_address": Counted(_("units with an address abroad: taken without a place"), left_out=False),
    "address_missing": Counted(_("units without an address"), left_out=False),
    "no_address_point": Counted(
        _("units whose address has no point in the files: placed by their street or postal code"), left_out=False
    ),
    "placed_by_address": Counted(_("units placed at the point of their own address"), left_out=False),
    "placed_by_street": Counted(_("units placed in the middle of their street"), left_out=False),
    # Facts
    "employment_old": Counted(_("units whose last count of employees is too old to tell anything"), left_out=False),
    "employment_unknown": Counted(_("units whose number of employees is not known"), left_out=False),
    "industry_missing": Counted(_("units without an industry"), left_out=False),
    "code_system_db07": Counted(_("units with an industry code of the edition DB07"), left_out=False),
    "code_system_db25": Counted(_("units with an industry code of the edition DB25"), left_out=False),
    "protection_unknown": Counted(
        _("new units of which nothing tells whether they are protected: treated as protected"), left_out=False
    ),
    # People and secrets
    "participants_skipped": Counted(_("people and owners: never read")),
    "secret_contact_dropped": Counted(_("telephones, e-mails and websites marked as secret")),
    "contact_of_person_dropped": Counted(_("units run by one person, or of unknown form: contact points not kept")),
    # Of the files
    "files_of_different_days": Counted(_("files that are more than a week apart"), left_out=False),
    "history_skipped": Counted(_("earlier values: only what is in force counts")),
    "unreadable_record": Counted(_("records that could not be read")),
    "record_too_large": Counted(_("records too large to be one of a unit or a company")),
    "other_record": Counted(_("records of another kind")),
}


class Tally:
    """What was counted so far, some examples of each, and how much of the source has been read."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.examples: dict[str, list[str]] = {}
        self.days: dict[str, date] = {}  # of parts that came in files of their own, by the part's code
        self.share = 0.0  # of the source; a reader that knows says it now and then, between 0 and 1
        # What a reader may use that works long before its first row, or that can leave history out by itself.
        self.known: npt.NDArray[np.int64] | None = None  # the P-numbers in the register; None: nobody told
        self.beat: Callable[[], None] = _nobody_waits

    def add(self, code: str, number: int = 1, *, example: str = "") -> None:
        """Count; an example says where, for instance `Adressering, line 1234`. A code must stand in the table."""
        if code not in COUNTED:
            raise KeyError(code)
        if number:
            self.counts[code] += number
        if example:
            kept = self.examples.setdefault(code, [])
            if len(kept) < EXAMPLES:
                kept.append(example.replace("\x00", "")[:120])

    def __getitem__(self, code: str) -> int:
        """Return how many were counted under a code."""
        return self.counts[code]

    def as_json(self) -> dict[str, Any]:
        """Return plain values: {code: count}, most first, {code: examples}, and {part: day}."""
        days = {code: day.isoformat() for code, day in self.days.items()}
        return {"left_out": dict(self.counts.most_common()), "left_out_examples": dict(self.examples), "days": days}


def _nobody_waits() -> None:
    """Tell nobody that the work goes on."""


def counted(code: str) -> Counted:
    """Return what a code means; a code of an older version shows itself."""
    return COUNTED.get(code, Counted(code))

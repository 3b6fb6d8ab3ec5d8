"""The shortlist of a need: keep a company, set it aside with a reason, undo, and say who takes the next step.

Each decision starts from the version of the row that the person saw; 0 means that nobody had decided anything. The
same decision twice is one decision: a double click or a repeated request finds what it asked for and writes nothing.
A decision that somebody else made in the meantime is never overwritten: `EditConflict`, and the page shows both.
"""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.areas.models import Need
from medspil.common.models import EditConflict
from medspil.linking.gate import CompanyClosedToUs, refuse_closed
from medspil.linking.models import Candidate, Decision, SetAsideReason
from medspil.linking.permissions import possible_owners, reads_notes
from medspil.linking.services import NO_FILTERS, ask, grounds, store
from medspil.matching import Filters, IndexUnusable
from medspil.register.models import Unit

__all__ = [
    "CompanyClosedToUs",
    "OwnerOutside",
    "ReasonMissing",
    "UnknownCompany",
    "change",
    "keep",
    "set_aside",
    "undo",
]

SAID = ("decision", "reason", "note")
"""What makes two decisions the same; the reasons stored beside them follow from the ranking."""


class ReasonMissing(Exception):
    """A company is set aside without a reason, or with 'another reason' and no words."""

    def __init__(self) -> None:
        super().__init__(_("Say why the company is set aside. With another reason, write it in the note."))


class OwnerOutside(Exception):
    """The next step is given to somebody who may not work with this shortlist."""

    def __init__(self) -> None:
        super().__init__(_("Choose somebody who works with this area's companies."))


class UnknownCompany(LookupError):
    """The register has no unit with this P-number."""

    def __init__(self) -> None:
        super().__init__(_("The register has no such company."))


def keep(
    *, need: Need, number: int, expected_version: int, by: User, now: datetime, filters: Filters = NO_FILTERS
) -> Candidate:
    """Put a company on the shortlist, with its reasons and the stored ranking it was kept from.

    Works without an index too: then the company is kept without reasons. The ranking is asked before the transaction
    begins, so that nobody waits for it with the database locked.
    """
    unit = _unit(number)
    refuse_closed(unit)
    if there := _there(need, unit, {"decision": Decision.KEPT}):
        return there
    try:
        asked = ask(need=need, by=by, now=now, filters=filters)
        reasons = grounds(asked, number)
    except IndexUnusable:
        asked, reasons = None, {}
    fields: dict[str, Any] = {"decision": Decision.KEPT}
    with transaction.atomic():
        if asked:
            fields |= {"run": store(asked), "grounds": reasons}
        return _decide(need=need, unit=unit, expected_version=expected_version, by=by, now=now, fields=fields)


def set_aside(
    *, need: Need, number: int, reason: str, note: str, expected_version: int, by: User, now: datetime
) -> Candidate:
    """Set a company aside for this need; the reason is shown beside it, and the ranking leaves it out."""
    if not reason or (reason == SetAsideReason.OTHER and not note.strip()):
        raise ReasonMissing
    fields: dict[str, Any] = {"decision": Decision.SET_ASIDE, "reason": reason}
    unit = _unit(number)
    if note.strip():
        fields["note"] = _beside(need, unit, note.strip(), by)
    return _decide(need=need, unit=unit, expected_version=expected_version, by=by, now=now, fields=fields)


def undo(*, candidate: Candidate, to: Decision, expected_version: int, by: User, now: datetime) -> Candidate:
    """Take a decision back to what stood before; notes, owner and next step stay on the row."""
    if to == Decision.SET_ASIDE and not candidate.reason:
        raise ReasonMissing
    if to == Decision.KEPT:
        refuse_closed(candidate.unit)
    fields = {"decision": to}
    return _decide(
        need=candidate.need,
        unit=candidate.unit,
        expected_version=expected_version,
        by=by,
        now=now,
        fields=fields,
        action="decision_undone",
    )


@transaction.atomic
def change(
    *,
    candidate: Candidate,
    expected_version: int,
    by: User,
    now: datetime,
    owner: User | None,
    next_step: str,
    next_step_on: date | None,
    note: str | None,
) -> Candidate:
    """Write who takes the next step, which and when, and the note; None leaves the note as it is, as does a broker.

    Raises `EditConflict` and `OwnerOutside`.
    """
    if owner and owner != candidate.owner and not possible_owners(candidate.need.area).filter(pk=owner.pk).exists():
        raise OwnerOutside
    fields: dict[str, Any] = {"owner": owner, "next_step": next_step.strip(), "next_step_on": next_step_on}
    if note is not None and reads_notes(by, candidate.need.area):
        fields["note"] = note.strip()
    if all(getattr(candidate, name) == value for name, value in fields.items()):
        return candidate
    before = {name: getattr(candidate, name) for name in fields}
    candidate.save_changes(expected_version=expected_version, now=now, **fields)
    record_history(record=candidate, action="changed", by=by, now=now, changes=_differences(before, fields))
    return candidate


def _beside(need: Need, unit: Unit, note: str, by: User) -> str:
    """Return a note to be stored: beneath the one that is there where the person cannot read what she would replace."""
    there = Candidate.objects.filter(need=need, unit=unit).values_list("note", flat=True).first()
    if not there or reads_notes(by, need.area):
        return note
    return there if there == note or there.endswith(f"\n{note}") else f"{there}\n{note}"


def _unit(number: int) -> Unit:
    unit = Unit.objects.filter(number=number).first()
    if unit is None:
        raise UnknownCompany
    return unit


def _there(need: Need, unit: Unit, fields: dict[str, Any]) -> Candidate | None:
    """Return the decision if it is made already, just so."""
    said = {name: value for name, value in fields.items() if name in SAID}
    return Candidate.objects.filter(need=need, unit=unit, **said).select_related("need", "unit").first()


def _decide(
    *,
    need: Need,
    unit: Unit,
    expected_version: int,
    by: User,
    now: datetime,
    fields: dict[str, Any],
    action: str = "",
) -> Candidate:
    """Write a decision where the row still is as the person saw it; find it where it is already there."""
    if same := _there(need, unit, fields):
        return same
    there = Candidate.objects.filter(need=need, unit=unit).select_related("need", "unit").first()
    if there is None:
        return _first_decision(need=need, unit=unit, expected_version=expected_version, by=by, now=now, fields=fields)
    with transaction.atomic():
        before = {"decision": there.decision, "reason": there.reason}
        wanted = expected_version or -1
        if there.decision == Decision.OPEN and expected_version == 0:
            # The page showed no decision, and there is none now: what was undone meanwhile is nothing to lose.
            wanted = there.version
        there.save_changes(expected_version=wanted, now=now, decision_before=there.decision, decided_by=by, **fields)
        after = {"decision": there.decision, "reason": there.reason}
        record_history(
            record=there, action=action or there.decision, by=by, now=now, changes=_differences(before, after)
        )
    return there


def _first_decision(
    *, need: Need, unit: Unit, expected_version: int, by: User, now: datetime, fields: dict[str, Any]
) -> Candidate:
    if expected_version:
        raise EditConflict
    try:
        with transaction.atomic():
            made = Candidate.objects.create(
                need=need, unit=unit, decided_by=by, created_at=now, updated_at=now, **fields
            )
            changes = {"reason": ["", made.reason]} if made.reason else {}
            record_history(record=made, action=made.decision, by=by, now=now, changes=changes)
    except IntegrityError:
        # Somebody, or the same person's second click, was first; the row is there now.
        return _decide(need=need, unit=unit, expected_version=expected_version, by=by, now=now, fields=fields)
    return made


def _differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[str]]:
    return {name: [str(before[name] or ""), str(value or "")] for name, value in after.items() if before[name] != value}

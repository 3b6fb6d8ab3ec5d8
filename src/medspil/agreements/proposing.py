"""Propose a version: what is missing before, and freezing it, from which moment each side can confirm exactly that."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.agreements.canonical import canonical, content_of, digest
from medspil.agreements.carried_over import given_for, unchanged_since
from medspil.agreements.from_alignment import not_aligned
from medspil.agreements.models import Agreement, AgreementField, AgreementState, FieldCode, FrozenText
from medspil.agreements.payers import payers_of
from medspil.agreements.rows import PER_SIDE, unfinished
from medspil.agreements.rules import Looked, looked
from medspil.agreements.states import By, refuse_step
from medspil.agreements.support import earlier_support
from medspil.agreements.writing import sides_of
from medspil.common.models import EditConflict
from medspil.partnerships.models import Partner
from medspil.walks.skipping import held_or_skipped

FEWEST_SIDES = 2


@dataclass(frozen=True, slots=True)
class Lacking:
    """Something that is missing before a version can be proposed: a sentence, and where it is done."""

    sentence: str | Promise
    field: str = ""
    check: str = ""
    place: str = ""  # days, alignment, walk, same
    unanswered: bool = False  # a check without an answer


class NotReady(Exception):
    """Something is missing."""

    def __init__(self, lacking: list[Lacking]) -> None:
        super().__init__(" ".join(str(one.sentence) for one in lacking))
        self.lacking = lacking


def looked_at(agreement: Agreement, partners: list[Partner], now: datetime) -> list[Looked]:
    """Return what law asks with what was answered, held against the agreement itself. Eight queries at most."""
    return looked(
        agreement.checks.order_by("pk"), earlier=earlier_support(agreement, partners, on=timezone.localdate(now)),
        payers=payers_of(agreement, partners), given_for=given_for(agreement, partners),
    )  # fmt: skip


def lacking(agreement: Agreement, *, now: datetime) -> list[Lacking]:
    """Return all that is missing before a version can be proposed; an empty list where nothing is."""
    partners = sides_of(agreement.partnership)
    found: list[Lacking] = []
    if same := unchanged_since(agreement, partners):
        words = _("Nothing has changed since version %(number)s: there is nothing to confirm anew.")
        found.append(Lacking(str(words) % {"number": same.number}, place="same"))
    if len(partners) < FEWEST_SIDES:
        found.append(Lacking(_("An agreement needs at least two who take part.")))
    if held_or_skipped(agreement.partnership) is None:
        found.append(Lacking(_("You have not walked through the area together. Do it, or say why not."), place="walk"))
    found += [Lacking(words, place="alignment") for words in not_aligned(agreement.partnership, partners)]
    found += [one for field in agreement.fields.order_by("pk") if (one := _of_field(field, partners))]
    if agreement.starts_on is None:
        found.append(Lacking(_("Say from which day it is in force."), place="days"))
    for seen in looked_at(agreement, partners, now):
        if not seen.answered:
            found.append(Lacking(seen.check.question, check=seen.check.code, unanswered=True))
        if seen.given_for:
            words = _(
                "Say of each answer given for version %(number)s whether it still holds: the agreement is another."
            )
            found.append(Lacking(str(words) % {"number": seen.given_for}, check=seen.check.code))
        if seen.lacks_reason:
            found.append(Lacking(_("Say why you go on, though a rule warns."), check=seen.check.code))
    return found


@transaction.atomic
def propose(*, agreement: Agreement, expected_version: int, by: User, now: datetime) -> Agreement:
    """Freeze a draft: its text, the hash of it, and who is asked. Raises `NotReady`, `StepNotAllowed`, `EditConflict`.

    A field that somebody saves at this moment is in the text, or its saving is refused.
    """
    locked = Agreement.objects.select_for_update().get(pk=agreement.pk)
    refuse_step(locked.state, AgreementState.PROPOSED, By.PROPOSING)
    if locked.version != expected_version:
        raise EditConflict
    whole = Agreement.objects.for_page().get(pk=agreement.pk)
    if missing := lacking(whole, now=now):
        raise NotReady(missing)
    content = content_of(whole, sides_of(whole.partnership))
    text = canonical(content)
    whole.save_changes(
        expected_version=expected_version, now=now, state=AgreementState.PROPOSED,
        state_on=timezone.localdate(now), proposed_at=now, proposed_by=by,
    )  # fmt: skip
    FrozenText.objects.create(agreement=whole, content=content, text=text, sha256=digest(text), frozen_at=now)
    record_history(record=whole, action="agreement_proposed", by=by, now=now, changes={"number": whole.number})
    return whole


def _of_field(field: AgreementField, partners: list[Partner]) -> Lacking | None:
    """Return what is missing in one field: all of it, part of a row, or a side of which nobody is named."""
    code, there = FieldCode(field.code), {one.pk for one in partners}
    if field.empty:
        words = _("“{field}” is empty.")
    elif all(unfinished(code, row) in ([], ["who"]) for row in field.rows) and any(
        unfinished(code, row) for row in field.rows
    ):
        words = _("“{field}” lacks a name.")  # the rows that we begin with know the sides, not who it is
    elif any(unfinished(code, row) for row in field.rows):
        words = _("“{field}” has a row that is not finished.")
    elif any(row.get("partner") not in {None, *there} for row in field.rows):
        words = _("“{field}” names somebody who takes part no longer.")
    elif code in PER_SIDE and not field.text and not there <= {row["partner"] for row in field.rows}:
        words = _("“{field}” names nobody on one of the sides.")
    else:
        return None
    return Lacking(str(words).format(field=code.label), field=code)

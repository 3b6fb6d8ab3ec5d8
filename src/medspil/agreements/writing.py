"""Write an agreement: begin the first draft or a change, save one field at a time, put a draft away.

There is one open version of a partnership at a time: two who begin one at once get the same. Nothing that is proposed
is written in any more; changing it makes the next version, and whoever had confirmed is told.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.agreements.models import (
    LONGEST_TEXT,
    OPEN,
    SETTLED,
    Agreement,
    AgreementField,
    AgreementState,
    CheckAnswer,
    FieldCode,
)
from medspil.agreements.proposals import proposed
from medspil.agreements.rows import checked
from medspil.agreements.rules import Answer, checks
from medspil.agreements.states import By, StepNotAllowed, refuse_step
from medspil.common.privacy import refuse_cpr
from medspil.partnerships.models import Partner, Partnership, Standing

MOST_KRONER = 1_000_000_000
LONGEST_WHY = 1_000


class TextTooLong(Exception):
    """A field that two pages cannot hold; what was written is given back with it."""

    def __init__(self, length: int) -> None:
        words = _(
            "That is %(length)s characters, and a field holds at most %(most)s. Nothing is lost: shorten it here."
        )
        super().__init__(words % {"length": length, "most": LONGEST_TEXT})


class NotGoing(Exception):
    """The partnership has ended or was put away."""

    def __init__(self) -> None:
        super().__init__(_("The partnership has ended. Take that up again before you write an agreement."))


class DaysTurned(Exception):
    """Days in the wrong order."""

    def __init__(self) -> None:
        super().__init__(_("The last day, and the day to look at it again, come after the first day."))


class AnswerRefused(Exception):
    """An answer to a check that cannot be stored."""

    def __init__(self, sentence: object) -> None:
        super().__init__(sentence)


def sides_of(partnership: Partnership) -> list[Partner]:
    """Return those who take part now, in the order in which they came. One query."""
    return list(partnership.partners.there().for_page())


@transaction.atomic
def begin(*, partnership: Partnership, by: User, now: datetime, language: str = "da") -> Agreement:
    """Return the open version; where there is none, draft one: a change of the last one settled, else from the data.

    Raises `NotGoing`.
    """
    locked = Partnership.objects.select_for_update().get(pk=partnership.pk)  # two who begin at once wait here
    if locked.standing == Standing.ENDED or locked.archived_at:
        raise NotGoing
    if there := Agreement.objects.of(locked).open().first():
        return there
    last = Agreement.objects.of(locked).first()
    base = Agreement.objects.of(locked).filter(state__in=SETTLED).first()
    made = _row(locked, number=last.number + 1 if last else 1, base=base, now=now)
    if base:
        _copy(base, made, now=now)
    else:
        _first_fields(made, partnership, now=now, language=language)
    changes = {"number": made.number, "changed_from": base.number} if base else {"number": made.number}
    record_history(record=made, action="agreement_begun", by=by, now=now, changes=changes)
    return made


@transaction.atomic
def change_proposed(*, agreement: Agreement, expected_version: int, by: User, now: datetime, why: str) -> Agreement:
    """Make the next version of one that waits for confirmations; those it has count no more. Returns the new draft.

    Whoever had confirmed is told by `telling.tell_changed`, which the page calls in the same transaction.
    Raises `StepNotAllowed`, `EditConflict`, `CprNumberFound`.
    """
    refuse_cpr(why)
    refuse_step(agreement.state, AgreementState.OVERTAKEN, By.CHANGING)
    day = timezone.localdate(now)
    agreement.save_changes(
        expected_version=expected_version, now=now, state=AgreementState.OVERTAKEN, state_on=day, state_why=why.strip()
    )
    newest = Agreement.objects.of(agreement.partnership).values_list("number", flat=True)[0]
    made = _row(agreement.partnership, number=newest + 1, base=agreement, now=now)
    _copy(agreement, made, now=now)
    record_history(record=agreement, action="agreement_overtaken", by=by, now=now)
    record_history(record=made, action="agreement_begun", by=by, now=now, changes={"changed_from": agreement.number})
    return made


@transaction.atomic
def save_field(
    *,
    field: AgreementField,
    expected_version: int,
    text: str,
    rows: Sequence[Mapping[str, Any]] = (),
    by: User,
    now: datetime,
) -> AgreementField:
    """Write one field of a draft. Raises `TextTooLong`, `RowRefused`, `TooManyRows`, `CprNumberFound`,
    `StepNotAllowed`, `EditConflict`."""
    written = text.strip()
    if len(written) > LONGEST_TEXT:
        raise TextTooLong(len(written))
    refuse_cpr(written)
    refuse_unless_draft(field.agreement_id)
    partners = set(Partner.objects.filter(partnership=field.agreement.partnership_id).values_list("pk", flat=True))
    plain = checked(FieldCode(field.code), rows, partners=partners)
    field.save_changes(expected_version=expected_version, now=now, text=written, rows=plain)
    record_history(record=field.agreement, action="field_saved", by=by, now=now, changes={"field": field.code})
    return field


@transaction.atomic
def save_days(
    *,
    agreement: Agreement,
    expected_version: int,
    starts_on: date | None,
    ends_on: date | None,
    look_again_on: date | None,
    by: User,
    now: datetime,
) -> Agreement:
    """Write when a draft is to be in force, and when it is looked at again.

    Raises `DaysTurned`, `StepNotAllowed`, `EditConflict`.
    """
    if starts_on and any(day and day < starts_on for day in (ends_on, look_again_on)):
        raise DaysTurned
    refuse_unless_draft(agreement.pk)
    days = {"starts_on": starts_on, "ends_on": ends_on, "look_again_on": look_again_on}
    told = {name: [_iso(getattr(agreement, name)), _iso(day)] for name, day in days.items()}
    agreement.save_changes(expected_version=expected_version, now=now, **days)
    changed = {name: pair for name, pair in told.items() if pair[0] != pair[1]}
    record_history(record=agreement, action="days_saved", by=by, now=now, changes=changed)
    return agreement


@transaction.atomic
def answer_check(
    *, agreement: Agreement, code: str, answer: str, amounts: Mapping[str, int], why: str, by: User, now: datetime
) -> CheckAnswer:
    """Answer one of the questions of data/checks.toml; the last answer stands.

    Raises `AnswerRefused`, `CprNumberFound`, `StepNotAllowed`.
    """
    check = checks()[code]
    if answer not in {one.value for one in Answer}:
        raise AnswerRefused(_("Choose one of the answers."))
    refuse_cpr(why)
    if len(why.strip()) > LONGEST_WHY:
        raise AnswerRefused(_("At most 1,000 characters."))
    known = {one.name for one in check.amounts}
    kept = {name: int(value) for name, value in amounts.items() if name in known and answer == Answer.YES}
    if any(not 0 <= value <= MOST_KRONER for value in kept.values()):
        raise AnswerRefused(_("Write an amount in whole kroner, not below 0."))
    refuse_unless_draft(agreement.pk)
    stamps = {"answer": answer, "amounts": kept, "why": why.strip(), "by": by, "updated_at": now}
    made, _new = CheckAnswer.objects.update_or_create(
        agreement=agreement,
        code=code,
        defaults=stamps | {"version": F("version") + 1},
        create_defaults=stamps | {"created_at": now},
    )
    record_history(record=agreement, action="check_answered", by=by, now=now, changes={"check": code})
    return made


@transaction.atomic
def put_away(*, agreement: Agreement, away: bool, expected_version: int, by: User, now: datetime) -> Agreement:
    """Put a draft away, or bring it back where nothing else is open. Raises `StepNotAllowed`, `EditConflict`."""
    after, way = (AgreementState.PUT_AWAY, By.PUTTING_AWAY) if away else (AgreementState.DRAFT, By.BRINGING_BACK)
    refuse_step(agreement.state, after, way)
    others = Agreement.objects.of(agreement.partnership).exclude(pk=agreement.pk)
    if not away and others.filter(Q(number__gt=agreement.number) | Q(state__in=OPEN)).exists():
        raise StepNotAllowed
    agreement.save_changes(expected_version=expected_version, now=now, state=after, state_on=timezone.localdate(now))
    record_history(record=agreement, action="archived" if away else "restored", by=by, now=now)
    return agreement


def _row(partnership: Partnership, *, number: int, base: Agreement | None, now: datetime) -> Agreement:
    days = {}
    if base:
        days = {"ends_on": base.ends_on, "look_again_on": base.look_again_on}
        if base.state == AgreementState.OVERTAKEN:
            days["starts_on"] = base.starts_on
    return Agreement.objects.create(
        partnership=partnership,
        number=number,
        based_on=base,
        state_on=timezone.localdate(now),
        created_at=now,
        updated_at=now,
        **days,
    )


def _copy(base: Agreement, made: Agreement, *, now: datetime) -> None:
    """Let the new version say what the old one says, answers to checks included."""
    stamps = {"created_at": now, "updated_at": now}
    old = {one.code: one for one in base.fields.all()}
    AgreementField.objects.bulk_create(
        AgreementField(
            agreement=made, code=code, text=old[code].text if code in old else "",
            rows=old[code].rows if code in old else [], **stamps,
        )
        for code in FieldCode
    )  # fmt: skip
    CheckAnswer.objects.bulk_create(
        CheckAnswer(
            agreement=made, code=one.code, answer=one.answer, amounts=one.amounts, why=one.why, by_id=one.by_id,
            **stamps,
        )
        for one in base.checks.order_by("pk")
    )  # fmt: skip


def _first_fields(made: Agreement, partnership: Partnership, *, now: datetime, language: str) -> None:
    with translation.override(language):
        first = proposed(partnership, sides_of(partnership), on=timezone.localdate(now))
    AgreementField.objects.bulk_create(
        AgreementField(
            agreement=made, code=code, text=first[code][0][:LONGEST_TEXT], rows=first[code][1], created_at=now,
            updated_at=now,
        )
        for code in FieldCode
    )  # fmt: skip


def refuse_unless_draft(pk: int) -> None:
    """Raise `StepNotAllowed` unless the version is a draft; whoever proposes it at this moment waits or is first."""
    rows = Agreement.objects.select_for_update().filter(pk=pk, state=AgreementState.DRAFT)
    if not rows.exists():
        raise StepNotAllowed


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""

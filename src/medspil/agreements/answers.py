"""Answer the questions of law of a draft all at once: only what was changed is written, and nobody's answer is lost."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.agreements.models import Agreement, CheckAnswer
from medspil.agreements.writing import answer_check, refuse_unless_draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a page brings for one question; `seen`: the version of the answer that it showed, 0 for none; `holds`:
    whether somebody says of an answer taken over from an earlier version that it is still right."""

    answer: str
    amounts: Mapping[str, int] = field(default_factory=dict)
    why: str = ""
    seen: int = 0
    holds: bool = False


class AnsweredMeanwhile(Exception):
    """Somebody else answered these questions after the page was opened; nothing was written."""

    def __init__(self, codes: Collection[str]) -> None:
        super().__init__(
            _("Somebody else answered some of these questions while you wrote. Look at them, and save again.")
        )
        self.codes = codes


@transaction.atomic
def answer_checks(*, agreement: Agreement, given: Mapping[str, Given], by: User, now: datetime) -> list[str]:
    """Write the answers that differ from those there are or still hold, and return their codes. What is left blank
    stays as it is.

    Raises `AnsweredMeanwhile`, `AnswerRefused`, `CprNumberFound`, `StepNotAllowed`.
    """
    refuse_unless_draft(agreement.pk)
    there = {one.code: one for one in agreement.checks.order_by("pk")}
    changed = {
        code: one for code, one in given.items() if one.answer and (one.holds or not _says(there.get(code), one))
    }
    if overtaken := [code for code, one in changed.items() if version_of(there.get(code)) != one.seen]:
        raise AnsweredMeanwhile(overtaken)
    for code, one in changed.items():
        answer_check(
            agreement=agreement, code=code, answer=one.answer, amounts=one.amounts, why=one.why, by=by, now=now
        )
    return list(changed)


def version_of(answer: CheckAnswer | None) -> int:
    """Return the version of an answer, 0 where there is none."""
    return answer.version if answer else 0


def _says(there: CheckAnswer | None, given: Given) -> bool:
    """Return whether an answer already says what a page brings."""
    if there is None:
        return False
    return (there.answer, there.amounts, there.why) == (given.answer, dict(given.amounts), given.why.strip())

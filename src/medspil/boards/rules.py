"""Adopt rules of procedure, version by version, and say which version holds on a day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.boards.founding import locked
from medspil.boards.models import Board, Majority, QuorumShare, RulesOfProcedure
from medspil.boards.texts import text

MOST_NOTICE, MOST_YEARS, MOST_QUORUM, MOST_OBJECTION = 90, 8, 99, 60


class RulesEmpty(Exception):
    """Rules without a text."""

    def __init__(self) -> None:
        super().__init__(_("Write the rules of procedure."))


class QuorumMissing(Exception):
    """Rules by which anybody alone could decide."""

    def __init__(self) -> None:
        super().__init__(_("Say how many must be there: a share, a number from 1 to 99, or both."))


class NoSuchSetting(Exception):
    """A notice or a term that no board has."""

    def __init__(self) -> None:
        super().__init__(
            _("Use 0 to 90 days’ notice, 1 to 60 days to approve minutes or none, and terms of 1 to 8 years or none.")
        )


class HoldsTooEarly(Exception):
    """A version that would hold before the one it replaces."""

    def __init__(self) -> None:
        super().__init__(
            _("New rules hold from the day the board was founded, and not before the version they replace.")
        )


class RulesChanged(Exception):
    """Somebody else adopted a version meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody else adopted new rules while you wrote. Your text is still here: compare, and save again.")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the text of the rules implies, so that Medspil can count and remind."""

    quorum_share: str = QuorumShare.OVER_HALF
    quorum_number: int | None = None
    majority: str = Majority.SIMPLE
    casting_vote: bool = True
    secret_ballot: bool = False
    notice_days: int = 14
    objection_days: int | None = None
    term_years: int | None = None
    re_election: bool = True


@transaction.atomic
def adopt(
    *,
    board: Board,
    text_of_rules: str,
    settings: Settings,
    holds_from: date,
    expected_number: int,
    by: User,
    now: datetime,
) -> RulesOfProcedure:
    """Adopt rules as the next version; `expected_number` is the version that whoever wrote them had read, 0 for none.

    Returns the newest version where nothing is changed. Raises `RulesEmpty`, `QuorumMissing`, `NoSuchSetting`,
    `HoldsTooEarly`, `RulesChanged`, `TextTooLong`, `CprNumberFound`, `BoardDissolved`, `PartnershipOver`,
    `PartnershipPutAway`.
    """
    words = text(text_of_rules)
    if not words:
        raise RulesEmpty
    _refuse_settings(settings)
    locked(board)
    newest = board.rules.order_by("-number").first()
    if (newest.number if newest else 0) != expected_number:
        raise RulesChanged
    if holds_from < (newest.holds_from if newest else board.founded_on):
        raise HoldsTooEarly
    fields = {name: getattr(settings, name) for name in settings.__slots__}
    if newest and (newest.text, newest.holds_from) == (words, holds_from):
        if all(getattr(newest, name) == value for name, value in fields.items()):
            return newest
    made = RulesOfProcedure.objects.create(
        board=board, number=expected_number + 1, holds_from=holds_from, text=words, by=by,
        created_at=now, updated_at=now, **fields,
    )  # fmt: skip
    record_history(record=board, action="rules_adopted", by=by, now=now, changes={"number": made.number})
    return made


def rules_on(board: Board, on: date) -> RulesOfProcedure | None:
    """Return the version that holds on a day; none where a board has none yet."""
    return RulesOfProcedure.objects.filter(board=board).holding(on).first()


def _refuse_settings(settings: Settings) -> None:
    """Raise `QuorumMissing`, `NoSuchSetting`."""
    number = settings.quorum_number
    if number is not None and not 1 <= number <= MOST_QUORUM:
        raise QuorumMissing
    if QuorumShare(settings.quorum_share) is QuorumShare.NONE and number is None:
        raise QuorumMissing
    Majority(settings.majority)
    years = settings.term_years
    days = settings.objection_days
    if days is not None and not 1 <= days <= MOST_OBJECTION:
        raise NoSuchSetting
    if not 0 <= settings.notice_days <= MOST_NOTICE or (years is not None and not 1 <= years <= MOST_YEARS):
        raise NoSuchSetting

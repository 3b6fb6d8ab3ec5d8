"""Set money aside for a board to influence: how much, from whom, for what, and for which time."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.boards.founding import locked
from medspil.boards.models import Board, Earmark
from medspil.boards.spending import decided_by_earmark
from medspil.boards.texts import line
from medspil.partnerships.models import Partner

LONGEST_GIVER, LONGEST_PURPOSE, MOST_KRONER = 160, 500, 2_000_000_000


class NoSum(Exception):
    """No amount, or one that no partnership has."""

    def __init__(self) -> None:
        super().__init__(_("Write the amount in whole kroner, from 1 to 2,000,000,000."))


class GiverMissing(Exception):
    """A sum from nobody."""

    def __init__(self) -> None:
        super().__init__(_("Say whom the money is from: a side of the partnership, or somebody else."))


class PurposeMissing(Exception):
    """A sum for nothing."""

    def __init__(self) -> None:
        super().__init__(_("Say what the money is for."))


class PeriodMixedUp(Exception):
    """A period that ends before it begins."""

    def __init__(self) -> None:
        super().__init__(_("The money is there from one day to a later one."))


class MoreIsDecided(Exception):
    """A sum that would be smaller than what the board has decided of it, or be put away with it."""

    def __init__(self, decided: int) -> None:
        super().__init__(_("The board has decided %(kroner)s kr. of it already.") % {"kroner": number_format(decided)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A sum as somebody writes it."""

    amount_kroner: int
    partner: Partner | None = None
    giver: str = ""
    purpose: str
    from_on: date
    to_on: date | None = None


@transaction.atomic
def set_aside(*, board: Board, what: Sum, by: User, now: datetime) -> Earmark:
    """Set a sum aside.

    Raises `NoSum`, `GiverMissing`, `PurposeMissing`, `PeriodMixedUp`, `BoardDissolved`, `PartnershipOver`,
    `PartnershipPutAway`, `LineTooLong`, `CprNumberFound`.
    """
    fields = _checked(board, what)
    locked(board)
    made = Earmark.objects.create(board=board, created_at=now, updated_at=now, **fields)
    changes = {"amount_kroner": made.amount_kroner}
    record_history(record=board, action="sum_set_aside", by=by, now=now, changes=changes)
    return made


@transaction.atomic
def change(*, earmark: Earmark, what: Sum, expected_version: int, by: User, now: datetime) -> Earmark:
    """Change a sum. Raises what `set_aside` raises, `MoreIsDecided` and `EditConflict`."""
    board = locked(earmark.board)
    fields = _checked(board, what)
    if (decided := decided_by_earmark([earmark])[earmark.pk]) > what.amount_kroner:
        raise MoreIsDecided(decided)
    before = earmark.amount_kroner
    earmark.save_changes(expected_version=expected_version, now=now, **fields)
    changes = {} if before == what.amount_kroner else {"amount_kroner": [before, what.amount_kroner]}
    record_history(record=board, action="sum_changed", by=by, now=now, changes=changes)
    return earmark


@transaction.atomic
def put_away(*, earmark: Earmark, away: bool, by: User, now: datetime) -> Earmark:
    """Put a sum away of which nothing is decided, or bring it back; twice is once.

    Raises `MoreIsDecided`, `EditConflict`, and `BoardDissolved` and the like.
    """
    board = locked(earmark.board)
    if (earmark.archived_at is not None) == away:
        return earmark
    if away and (decided := decided_by_earmark([earmark])[earmark.pk]):
        raise MoreIsDecided(decided)
    earmark.save_changes(expected_version=earmark.version, now=now, archived_at=now if away else None)
    record_history(record=board, action="sum_put_away" if away else "sum_brought_back", by=by, now=now)
    return earmark


def _checked(board: Board, what: Sum) -> dict[str, object]:
    if not 1 <= what.amount_kroner <= MOST_KRONER:
        raise NoSum
    giver = "" if what.partner else line(what.giver, LONGEST_GIVER)
    if not (what.partner or giver) or (what.partner and what.partner.partnership_id != board.partnership_id):
        raise GiverMissing
    purpose = line(what.purpose, LONGEST_PURPOSE)
    if not purpose:
        raise PurposeMissing
    if what.to_on and what.to_on < what.from_on:
        raise PeriodMixedUp
    return {
        "amount_kroner": what.amount_kroner, "partner": what.partner, "giver": giver, "purpose": purpose,
        "from_on": what.from_on, "to_on": what.to_on,
    }  # fmt: skip

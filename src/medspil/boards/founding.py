"""Found the board of a partnership, rename it, dissolve it, and bring it back.

A partnership has at most one board. It begins empty, or with the constituencies of a board that was.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.boards.models import Board, Constituency
from medspil.boards.texts import line
from medspil.partnerships.editing import refuse_put_away
from medspil.partnerships.models import Partnership, Standing

LONGEST_NAME = 160


@dataclass(frozen=True, slots=True)
class Seats:
    """A constituency as a template has it."""

    name: str | Promise
    least: int
    most: int


TEMPLATES: dict[str, tuple[Seats, ...]] = {
    # The culture partnership of Høje-Taastrup: 5 + 4 + 5–6, with influence on 13.5 million kroner.
    "culture": (
        Seats(_("City council"), 5, 5),
        Seats(_("Local companies"), 4, 4),
        Seats(_("Cultural institutions and housing organisations"), 5, 6),
    ),
}


class BoardNameMissing(Exception):
    """A board without a name."""

    def __init__(self) -> None:
        super().__init__(_("Write what the board is called."))


class BoardExists(Exception):
    """A partnership that has a board already."""

    def __init__(self) -> None:
        super().__init__(_("This partnership has a board already. A dissolved one can be brought back."))


class PartnershipOver(Exception):
    """A partnership that has ended."""

    def __init__(self) -> None:
        super().__init__(_("This partnership has ended, so nothing of its board is changed."))


class BoardDissolved(Exception):
    """A board that was dissolved is not changed."""

    def __init__(self) -> None:
        super().__init__(_("This board was dissolved. Bring it back first."))


class DissolvedTooEarly(Exception):
    """A board dissolved before it was founded."""

    def __init__(self) -> None:
        super().__init__(_("A board is dissolved on the day it was founded or later."))


@transaction.atomic
def found(*, partnership: Partnership, name: str, on: date, template: str = "", by: User, now: datetime) -> Board:
    """Found a board, with the constituencies of a template or without any; of two who do so at once one is told.

    Raises `BoardNameMissing`, `BoardExists`, `PartnershipOver`, `PartnershipPutAway`, `LineTooLong`, `CprNumberFound`.
    """
    called = _called(name)
    locked = Partnership.objects.select_for_update().get(pk=partnership.pk)
    refuse_over(locked)
    if Board.objects.filter(partnership=locked).exists():
        raise BoardExists
    made = {"created_at": now, "updated_at": now}
    board = Board.objects.create(partnership=partnership, name=called, founded_on=on, **made)
    for each in TEMPLATES[template] if template else ():
        Constituency.objects.create(board=board, name=str(each.name), least=each.least, most=each.most, **made)
    record_history(record=board, action="founded", by=by, now=now)
    record_history(record=partnership, action="board_founded", by=by, now=now)
    return board


@transaction.atomic
def rename(*, board: Board, name: str, expected_version: int, by: User, now: datetime) -> Board:
    """Call a board by another name.

    Raises `BoardNameMissing`, `BoardDissolved`, `PartnershipOver`, `PartnershipPutAway`, `LineTooLong`,
    `CprNumberFound`, `EditConflict`.
    """
    called = _called(name)
    locked(board)
    board.save_changes(expected_version=expected_version, now=now, name=called)
    record_history(record=board, action="renamed", by=by, now=now)
    return board


@transaction.atomic
def dissolve(*, board: Board, on: date, expected_version: int, by: User, now: datetime) -> Board:
    """Dissolve a board on a day: it stays to be read, and can be brought back.

    Raises `BoardDissolved`, `DissolvedTooEarly`, `PartnershipPutAway`, `EditConflict`.
    """
    refuse_put_away(board.partnership)
    if board.dissolved_on:
        raise BoardDissolved
    if on < board.founded_on:
        raise DissolvedTooEarly
    board.save_changes(expected_version=expected_version, now=now, dissolved_on=on)
    record_history(record=board, action="dissolved", by=by, now=now)
    return board


@transaction.atomic
def bring_back(*, board: Board, by: User, now: datetime) -> Board:
    """Bring a dissolved board back; twice is once. Raises `PartnershipOver`, `PartnershipPutAway`, `EditConflict`."""
    refuse_over(board.partnership)
    if board.dissolved_on:
        board.save_changes(expected_version=board.version, now=now, dissolved_on=None)
        record_history(record=board, action="brought_back", by=by, now=now)
    return board


def locked(board: Board) -> Board:
    """Return a board as it stands, held until the end of the transaction: two who seat somebody at once wait here.

    Raises `BoardDissolved`, `PartnershipOver`, `PartnershipPutAway` for one that is not changed.
    """
    fresh = Board.objects.select_for_update().get(pk=board.pk)
    refuse_over(Partnership.objects.get(pk=fresh.partnership_id))
    if fresh.dissolved_on:
        raise BoardDissolved
    return fresh


def refuse_over(partnership: Partnership) -> None:
    """Raise `PartnershipOver` or `PartnershipPutAway` for one whose board is not changed any more."""
    refuse_put_away(partnership)
    if partnership.standing == Standing.ENDED:
        raise PartnershipOver


def _called(name: str) -> str:
    called = line(name, LONGEST_NAME)
    if not called:
        raise BoardNameMissing
    return called

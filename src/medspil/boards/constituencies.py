"""Say which groups fill the seats of a board, and how many each."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.boards.founding import locked
from medspil.boards.models import Board, BoardMember, Constituency
from medspil.boards.models.seats import MOST_SEATS
from medspil.boards.texts import line
from medspil.common.models import EditConflict

LONGEST_NAME = 120


class ConstituencyNameMissing(Exception):
    """A constituency without a name."""

    def __init__(self) -> None:
        super().__init__(_("Write what the constituency is called."))


class ConstituencyExists(Exception):
    """Two constituencies of one name."""

    def __init__(self) -> None:
        super().__init__(_("The board has a constituency of this name already."))


class SeatsMixedUp(Exception):
    """Numbers of seats that cannot be."""

    def __init__(self) -> None:
        super().__init__(_("Say how many seats it has: at most 30, at most no fewer than at least."))


class MoreSitAlready(Exception):
    """Fewer seats than people who sit on them."""

    def __init__(self, sitting: int) -> None:
        super().__init__(
            _("%(sitting)d sit for this constituency or are elected. Note first who leaves, then take seats away.")
            % {"sitting": sitting}
        )


class SomebodySat(Exception):
    """A constituency with people cannot be taken away."""

    def __init__(self) -> None:
        super().__init__(_("Somebody sits or sat for this constituency, so it stays on the page."))


@transaction.atomic
def add(*, board: Board, name: str, least: int, most: int, by: User, now: datetime) -> Constituency:
    """Give a constituency its seats.

    Raises `ConstituencyNameMissing`, `ConstituencyExists`, `SeatsMixedUp`, `BoardDissolved`, `PartnershipOver`,
    `PartnershipPutAway`, `LineTooLong`, `CprNumberFound`.
    """
    fields = _checked(name, least, most)
    locked(board)
    _refuse_second(board, str(fields["name"]))
    made = Constituency.objects.create(board=board, created_at=now, updated_at=now, **fields)
    record_history(record=board, action="seats_added", by=by, now=now, changes={"least": least, "most": most})
    return made


@transaction.atomic
def change(
    *,
    constituency: Constituency,
    name: str,
    least: int,
    most: int,
    expected_version: int,
    by: User,
    now: datetime,
) -> Constituency:
    """Change the name or the number of seats; never to fewer than people sit on, now or later.

    Raises what `add` raises, `MoreSitAlready` and `EditConflict`.
    """
    fields = _checked(name, least, most)
    board = locked(constituency.board)
    _refuse_second(board, str(fields["name"]), besides=constituency.pk)
    members = list(constituency.members.members())
    sitting = most_at_once(members, timezone.localdate(now), None)
    if sitting > most:
        raise MoreSitAlready(sitting)
    told = {name: [getattr(constituency, name), fields[name]] for name in ("least", "most")}
    constituency.save_changes(expected_version=expected_version, now=now, **fields)
    changes = {name: pair for name, pair in told.items() if pair[0] != pair[1]}
    record_history(record=board, action="seats_changed", by=by, now=now, changes=changes)
    return constituency


@transaction.atomic
def take_away(*, constituency: Constituency, expected_version: int, by: User, now: datetime) -> None:
    """Take a constituency away for which nobody ever sat.

    Raises `SomebodySat`, `BoardDissolved`, `PartnershipOver`, `PartnershipPutAway`, `EditConflict`.
    """
    board = locked(constituency.board)
    if BoardMember.objects.filter(constituency=constituency).exists():
        raise SomebodySat
    gone, _rows = Constituency.objects.filter(pk=constituency.pk, version=expected_version).delete()
    if not gone:
        raise EditConflict
    record_history(record=board, action="seats_taken_away", by=by, now=now)


def most_at_once(members: Iterable[BoardMember], first: date, last: date | None) -> int:
    """Return how many of some members sit at the same time between two days at most; without a last day for ever."""
    near = [
        one
        for one in members
        if (one.last_on is None or one.last_on >= first) and (last is None or one.from_on <= last)
    ]
    # The number grows only on days on which somebody begins.
    days = {first, *(one.from_on for one in near if one.from_on > first)}
    return max((sum(one.sits(day) for one in near) for day in days), default=0)


def _checked(name: str, least: int, most: int) -> dict[str, object]:
    called = line(name, LONGEST_NAME)
    if not called:
        raise ConstituencyNameMissing
    if not (0 <= least <= most and 1 <= most <= MOST_SEATS):
        raise SeatsMixedUp
    return {"name": called, "least": least, "most": most}


def _refuse_second(board: Board, name: str, besides: int = 0) -> None:
    others = board.constituencies.exclude(pk=besides).values_list("name", flat=True)
    if name.casefold() in {one.casefold() for one in others}:
        raise ConstituencyExists

"""How the seats of a board stand on a day: who sits, what is vacant, and whose term runs out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from medspil.boards.models import Board, BoardMember, Constituency, SeatKind


@dataclass(frozen=True, slots=True)
class Bench:
    """One constituency on a day."""

    constituency: Constituency
    members: tuple[BoardMember, ...]
    substitutes: tuple[BoardMember, ...]

    @property
    def vacant(self) -> int:
        """How many seats must be filled and are not."""
        return max(0, self.constituency.least - len(self.members))

    @property
    def free(self) -> int:
        """How many seats may be filled as well, beyond those that must."""
        return max(0, self.constituency.most - len(self.members) - self.vacant)


def benches(board: Board, on: date) -> list[Bench]:
    """Return the constituencies in the order in which they were given seats. Two queries."""
    sitting = list(BoardMember.objects.of(board).sitting(on).for_page())
    return [_bench(each, sitting) for each in Constituency.objects.filter(board=board).order_by("pk")]


def seated(board: Board, on: date) -> list[BoardMember]:
    """Return those who fill a seat on a day, without the substitutes: the number that a quorum is of."""
    return list(BoardMember.objects.of(board).members().sitting(on).for_page())


def _bench(constituency: Constituency, sitting: Iterable[BoardMember]) -> Bench:
    hers = [one for one in sitting if one.constituency_id == constituency.pk]
    return Bench(
        constituency,
        tuple(one for one in hers if one.kind == SeatKind.MEMBER),
        tuple(one for one in hers if one.kind == SeatKind.SUBSTITUTE),
    )


@dataclass(frozen=True, slots=True)
class RunningOut:
    """Seats of a board whose term ends on one day, with nobody elected for the time after."""

    board: Board
    ends_on: date
    members: tuple[BoardMember, ...]


def running_out(boards: Iterable[Board], *, on: date, until: date) -> list[RunningOut]:
    """Return terms of members that end between two days and after which their seats are not filled, the soonest first.

    A term is not told of where as many begin in the constituency the day after, or before its seats are empty. Two
    queries.
    """
    by_key = {one.pk: one for one in boards}
    members = BoardMember.objects.filter(constituency__board__in=by_key).members().for_page()
    near = [one for one in members.exclude(left_on__lt=on) if one.last_on is None or one.last_on >= on]
    found: dict[tuple[date, int], list[BoardMember]] = {}
    for one in near:
        if one.left_on is None and one.term_ends_on and one.term_ends_on <= until and not _followed(one, near):
            found.setdefault((one.term_ends_on, one.constituency.board_id), []).append(one)
    return [RunningOut(by_key[board], day, tuple(ones)) for (day, board), ones in sorted(found.items())]


def _followed(member: BoardMember, others: Iterable[BoardMember]) -> bool:
    """Tell whether as many sit for a constituency after a term as must, or as sit before."""
    assert member.term_ends_on  # noqa: S101  (asked for before)
    beside = [one for one in others if one.constituency_id == member.constituency_id]
    ends = member.term_ends_on
    before = sum(one.sits(ends) for one in beside)
    after = sum(one.from_on > ends or (one.sits(ends) and one.last_on != ends) for one in beside)
    return after >= before


def vacancies(boards: Iterable[Board], *, on: date) -> dict[int, int]:
    """Return by board how many seats must be filled and are not on a day, where there are any. Two queries."""
    found: dict[int, int] = {}
    keys = {one.pk for one in boards}
    members = BoardMember.objects.filter(constituency__board__in=keys).members().sitting(on)
    filled = Counter(members.values_list("constituency", flat=True))
    for each in Constituency.objects.filter(board__in=keys):
        if (vacant := each.least - filled[each.pk]) > 0:
            found[each.board_id] = found.get(each.board_id, 0) + vacant
    return found

"""What the page of a board shows: the seats as a picture with who sits on them, its rules, its money, what runs out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medspil.accounts.models import User
from medspil.boards.chairing import chairs, earlier_chairs
from medspil.boards.content import name_of
from medspil.boards.models import Board, BoardMember, Earmark
from medspil.boards.quorum import quorum
from medspil.boards.rules import rules_on
from medspil.boards.spending import decided_by_earmark
from medspil.boards.standing import Bench, benches, running_out
from medspil.partnerships.models import Partner
from medspil.web.boards.words import settings_of

SOON = timedelta(days=60)
Sides = Mapping[int, tuple[Partner, str]]


@dataclass(frozen=True, slots=True)
class Sitting:
    """A member as shown: her name, for whom she sits, whether she chairs, and when her time ends."""

    member: BoardMember
    for_whom: str
    part: str
    ends_soon: bool
    side_left: bool
    """Whether the side for which she sits has left the partnership."""
    again: bool
    """Whether she may be elected again on the page: her term has a last day, and it is not cut short."""


@dataclass(frozen=True, slots=True)
class ShownBench:
    """A constituency as shown: a square for each seat, a sentence, and who sits."""

    bench: Bench
    sentence: str
    members: list[Sitting]
    substitutes: list[Sitting]

    @property
    def squares(self) -> list[str]:
        """Return what became of each seat, the filled ones first."""
        return [
            *["filled"] * len(self.bench.members), *["vacant"] * self.bench.vacant, *["free"] * self.bench.free,
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownSum:
    """A sum as shown: from whom, how much is decided, and the parts of a bar of a hundred."""

    earmark: Earmark
    giver: str
    decided: int

    @property
    def left(self) -> int:
        """How many kroner are not decided yet; less than nothing where more is decided than there is."""
        return self.earmark.amount_kroner - self.decided

    @property
    def share(self) -> int:
        """How many hundredths are decided, at most all."""
        return min(100, round(100 * self.decided / self.earmark.amount_kroner))


def context(board: Board, sides: Sides, *, user: User, edits: bool, today: date) -> dict[str, Any]:
    """Return what the page of a board shows."""
    rows = [_bench(one, board, sides, today) for one in benches(board, today)]
    seated = sum(len(one.members) for one in rows)
    rules = rules_on(board, today)
    seen = BoardMember.objects.visible_to(user, on=today).of(board)
    elsewhere = seen.exclude(pk__in=[one.member.pk for row in rows for one in _all(row)])
    others = [_sitting(one, board, sides, today) for one in elsewhere.for_page()]
    return {
        "rows": rows,
        "seated": seated,
        "vacant": sum(one.bench.vacant for one in rows),
        "to_come": [one for one in others if one.member.from_on > today],
        "earlier": [one for one in reversed(others) if one.member.from_on <= today],
        "chairs": chairs(board, today),
        "earlier_chairs": [(name_of(one.member), one.from_on, one.to_on) for one in earlier_chairs(board, today)],
        "rules": rules,
        "settings": settings_of(rules) if rules else [],
        "needed": quorum(rules, seated=seated, present=0).needed if rules else None,
        "versions": board.rules.count(),
        "sums": sums(board, sides),
        "put_away": sums(board, sides, away=True) if edits else [],
        "alerts": [_runs_out(one.ends_on, len(one.members)) for one in terms_running_out(board, today)],
    }


def terms_running_out(board: Board, today: date) -> list[Any]:
    """Return the terms that end soon with nobody elected for the time after; none of a board that was dissolved."""
    return [] if board.dissolved_on else running_out([board], on=today, until=today + SOON)


def sums(board: Board, sides: Sides, *, away: bool = False) -> list[ShownSum]:
    """Return the sums set aside, or those that were put away."""
    rows = [one for one in board.earmarks.for_page() if (one.archived_at is not None) == away]
    decided = decided_by_earmark(rows) if rows else {}
    return [ShownSum(one, whose(one.partner_id, one.giver, sides), decided.get(one.pk, 0)) for one in rows]


def whose(side: int | None, words: str, sides: Sides) -> str:
    """Return the name of a side as a person may know it, or what was written instead."""
    return sides[side][1] if side is not None and side in sides else words


def _all(row: ShownBench) -> list[Sitting]:
    return [*row.members, *row.substitutes]


def _bench(bench: Bench, board: Board, sides: Sides, today: date) -> ShownBench:
    filled, most = len(bench.members), bench.constituency.most
    parts = [_("%(filled)d of %(most)d seats are filled") % {"filled": filled, "most": most}]
    if bench.vacant:
        text = ngettext("%(vacant)d must be filled", "%(vacant)d must be filled", bench.vacant)
        parts.append(text % {"vacant": bench.vacant})
    if bench.free:
        text = ngettext("%(free)d more may be filled", "%(free)d more may be filled", bench.free)
        parts.append(text % {"free": bench.free})
    return ShownBench(
        bench,
        "; ".join(parts) + ".",
        [_sitting(one, board, sides, today) for one in bench.members],
        [_sitting(one, board, sides, today) for one in bench.substitutes],
    )


def _sitting(member: BoardMember, board: Board, sides: Sides, today: date) -> Sitting:
    now = chairs(board, today)
    part = _("chair") if member == now.chair else _("deputy chair") if member == now.deputy else ""
    last = member.last_on
    fixed = member.left_on is None and member.term_ends_on is not None and member.forgotten_at is None
    return Sitting(
        member,
        whose(member.partner_id, member.organisation_name, sides),
        part,
        side_left=member.partner is not None and member.partner.left_on is not None,
        ends_soon=last is not None and today <= last <= today + SOON,
        again=fixed and last is not None and today <= last <= today + SOON,
    )


def _runs_out(day: date, members: int) -> str:
    text = ngettext(
        "The term of %(members)d member ends on %(day)s, and nobody is elected for the time after.",
        "The terms of %(members)d members end on %(day)s, and nobody is elected for the time after.",
        members,
    )
    return text % {"members": members, "day": date_format(day)}

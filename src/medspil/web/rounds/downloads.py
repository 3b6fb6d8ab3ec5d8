"""The plan as files: one row for each pair and for each row without one, as CSV and XLSX; and on one page of paper."""

from collections.abc import Iterator

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from medspil.common.tables import Cell
from medspil.rounds.programmes import Programme
from medspil.rounds.services import standing
from medspil.web.files import file_answer, table_answer
from medspil.web.http import SignedInRequest
from medspil.web.rounds.loading import round_seen
from medspil.web.rounds.papers import paper
from medspil.web.rounds.picture import picture_of
from medspil.web.rounds.shown import Board, Card, board_of

KINDS = ("csv", "xlsx", "pdf")


@require_safe
def export(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """Give the plan that stands on the board, as far as the person may see it."""
    if kind not in KINDS:
        raise Http404
    round_, may = round_seen(request, pk)
    now = timezone.now()
    now_standing = standing(round_, on=timezone.localdate(now))
    board = board_of(request, round_, now_standing, full=may.allocate)
    name = _("Allocation")
    if kind == "pdf":
        picture = picture_of(board, now_standing) if board.proposal else None
        return file_answer(paper(round_, board, picture, now=now), kind, name, round_.title)
    return table_answer(kind, header_of(board.kind), list(rows_of(board)), name, round_.title, title=round_.title)


def header_of(kind: Programme) -> list[str]:
    """Return the names of the columns."""
    return [
        str(kind.demand.one).capitalize(),
        _("Area"),
        str(kind.demand.amount),
        _("At least"),
        _("Gets"),
        str(kind.supply.one).capitalize(),
        _("How many"),
        _("Distance"),
        _("Points"),
        _("Locked"),
        _("Advertising protection"),
        _("Note"),
    ]


def rows_of(board: Board) -> Iterator[list[Cell]]:
    """Yield a row for each pair, and one for each row that gets nothing."""
    for card in board.cards:
        yield from _pairs(card)
    for one in board.left:
        told = [str(one.flag)] if one.flag else []
        note = "; ".join([_("{number} left over").format(number=one.left), *told])
        yield ["", "", None, None, None, one.supply.label, None, "", None, "", _yes(yes=one.protected), note]


def _pairs(card: Card) -> Iterator[list[Cell]]:
    asker: list[Cell] = [
        card.demand.label,
        card.demand.area.name if card.demand.area else "",
        card.demand.wanted,
        card.demand.least,
        card.given,
    ]
    note = " ".join([str(card.flag), *card.why]).strip()
    for pair in card.pairs:
        told = [str(pair.flag)] if pair.flag else []
        yield [
            *asker,
            pair.name,
            pair.amount,
            pair.away,
            int(pair.points),
            _yes(yes=pair.locked),
            _yes(yes=pair.protected),
            " ".join([*told, note]).strip(),
        ]
    if not card.pairs:
        yield [*asker, "", None, "", None, "", "", note]


def _yes(*, yes: bool) -> str:
    return _("yes") if yes else _("no")

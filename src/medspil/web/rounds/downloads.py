"""The plan as files: one row for each pair and for each row without one, as CSV and XLSX; and on one page of paper."""

from collections.abc import Iterator

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from medspil.common.tables import Cell, csv_bytes, xlsx_bytes
from medspil.rounds.models import Round
from medspil.rounds.programmes import Programme
from medspil.rounds.services import standing
from medspil.web.http import SignedInRequest
from medspil.web.rounds.loading import round_seen
from medspil.web.rounds.papers import paper
from medspil.web.rounds.picture import picture_of
from medspil.web.rounds.shown import Board, Card, board_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
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
    if kind == "pdf":
        picture = picture_of(board, now_standing) if board.proposal else None
        return _file(round_, paper(round_, board, picture, now=now), "application/pdf", kind)
    header, rows = header_of(board.kind), list(rows_of(board))
    if kind == "csv":
        return _file(round_, csv_bytes(header, rows), "text/csv; charset=utf-8", kind)
    return _file(round_, xlsx_bytes(header, rows, title=round_.title), XLSX, kind)


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


def _file(round_: Round, body: bytes, content_type: str, kind: str) -> HttpResponse:
    """Return a download whose name says what it is, in plain letters."""
    name = _("Allocation")
    words = f"{name} {round_.title}".casefold().translate(PLAIN)
    return HttpResponse(
        body,
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{slugify(words)[:80] or "medspil"}.{kind}"',
            "X-Content-Type-Options": "nosniff",
        },
    )

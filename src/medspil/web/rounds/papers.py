"""The plan on paper: the data that rounds/documents/plan.typ is given."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

import medspil.rounds
from medspil.documents import render_pdf
from medspil.rounds.models import Round
from medspil.web.rounds.picture import Mark, Picture
from medspil.web.rounds.shown import Board, Card

TEMPLATE = Path(medspil.rounds.__file__).parent / "documents" / "plan.typ"


def paper(round_: Round, board: Board, picture: Picture | None, *, now: datetime) -> bytes:
    """Return the PDF of a plan."""
    fonts = [settings.FRONTEND_PARTS / "fonts"]
    return render_pdf(TEMPLATE, plan_paper(round_, board, picture, now), created=now, font_folders=fonts)


def plan_paper(round_: Round, board: Board, picture: Picture | None, now: datetime) -> dict[str, Any]:
    """Return the data of a plan on paper."""
    day = date_format(localtime(now), "DATE_FORMAT")
    number = board.proposal.number if board.proposal else 0
    facts = [
        [_("What is shared out"), str(board.kind.name)],
        [_("Shared out by"), round_.organisation.name],
        [_("Proposal"), _("number {number}, printed on {day}").format(number=number, day=day)],
    ]
    if board.bar:
        facts.append([str(board.bar.title), ", ".join(f"{part.label}: {part.shown}" for part in board.bar.parts)])
    return {
        "title": round_.title,
        "lang": (get_language() or "da")[:2],
        "foot": f"Medspil · {round_.title} · {day}",
        "facts": facts,
        "labels": {
            "plan": _("Who gets what"),
            "short": _("What is short, and why"),
            "left": _("Left over"),
            "empty": _("No proposal yet."),
            "map": _("Map: lines join those who get with those who give. The table says the same."),
        },
        "columns": [
            str(board.kind.demand.one).capitalize(),
            _("Wanted"),
            _("Gets"),
            str(board.kind.supply.one).capitalize(),
            _("Distance"),
        ],
        "rows": [_row(card) for card in board.cards],
        "short": [f"{card.demand.label}: {' '.join(card.why)}" for card in board.short if card.why],
        "left": [f"{one.supply.label}: {one.left}" for one in board.left if one.left],
        "map": _map(picture) if picture else None,
    }


def _row(card: Card) -> dict[str, Any]:
    givers = []
    for pair in card.pairs:
        closed = _("protected from advertising")
        name = f"{pair.name} ({closed})" if pair.protected else pair.name
        givers.append([f"{name}: {pair.amount}", pair.away])
    return {"name": card.demand.label, "wanted": str(card.demand.wanted), "given": str(card.given), "givers": givers}


def _map(picture: Picture) -> dict[str, Any]:
    return {
        "lines": [
            [float(one.x1), float(one.y1), float(one.x2), float(one.y2), float(one.width)] for one in picture.lines
        ],
        "askers": [_mark(one) for one in picture.askers],
        "givers": [_mark(one) for one in picture.givers],
        "towns": [[float(town.x), float(town.y), town.name] for town in picture.towns],
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return {"x": float(mark.x), "y": float(mark.y), "fill": mark.fill, "hollow": mark.hollow, "name": mark.title}

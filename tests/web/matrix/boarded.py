"""The board of the matrix's partnerships: somebody who sits on it, its rules, and money set aside."""

from django.db import models

from medspil.accounts.models import User
from medspil.boards.founding import found
from medspil.boards.models import BoardMember, Constituency, Earmark, RulesOfProcedure
from medspil.partnerships.models import Partnership
from tests.factories.people import NOW
from tests.web.matrix.met import met

TIMES = {"created_at": NOW, "updated_at": NOW}


def boarded(partnership: Partnership, by: User, canary: str) -> dict[str, models.Model]:
    """Found a board on which one person sits, with rules of two versions."""
    today = NOW.date()
    board = found(partnership=partnership, name="Bestyrelsen", on=today, by=by, now=NOW)
    constituency = Constituency.objects.create(board=board, name="Beboere", least=1, most=3, **TIMES)
    for number in (1, 2):
        RulesOfProcedure.objects.create(
            board=board, number=number, holds_from=today, text=f"{canary} {number}", by=by, **TIMES
        )
    member = BoardMember.objects.create(
        constituency=constituency, name=canary, email="ida@bestyrelse.example", from_on=today, **TIMES
    )
    return {
        **met(board, member, by, canary),
        "board": board,
        "constituency": constituency,
        "board_member": member,
        "earmark": Earmark.objects.create(
            board=board, amount_kroner=1000, giver=canary, purpose=canary, from_on=today, **TIMES
        ),
    }

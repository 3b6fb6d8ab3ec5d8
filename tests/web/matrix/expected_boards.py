"""The rows of the permission matrix for boards: who leads the partnership writes, sides and members read."""

from medspil.organisations.roles import Ability
from tests.web.matrix.rules import Page, Scope

FORM = frozenset({"GET", "POST"})
SEND = frozenset({"POST"})


def board(methods: frozenset[str] = FORM, /, **args: str) -> Page:
    """A page of who leads the partnership; a side sees that the board is there."""
    args = {"pk": "partnership"} | args
    return Page(scope=Scope.BOARD, ability=Ability.RUN_PARTNERSHIP, methods=methods, args=args)


def read(**args: str) -> Page:
    """A page that sides and whoever sits on the board read."""
    return Page(scope=Scope.BOARD, args={"pk": "partnership"} | args)


BOARDS: dict[str, Page] = {
    "boards:board": read(),
    "boards:found": Page(
        scope=Scope.BETWEEN, ability=Ability.RUN_PARTNERSHIP, methods=FORM, args={"pk": "partnership"}
    ),
    "boards:rename": board(),
    "boards:chairs": board(),
    "boards:dissolve": board(),
    "boards:bring_back": board(SEND),
    "boards:constituency_new": board(),
    "boards:constituency": board(constituency="constituency"),
    "boards:constituency_away": board(SEND, constituency="constituency"),
    "boards:seat": board(constituency="constituency"),
    "boards:member": board(member="board_member"),
    "boards:again": board(member="board_member"),
    "boards:leave": board(member="board_member"),
    "boards:stay": board(SEND, member="board_member"),
    "boards:member_back": board(SEND, member="board_member"),
    "boards:rules_new": board(),
    "boards:rules": read(number="=1"),
    "boards:sum_new": board(),
    "boards:sum": board(earmark="earmark"),
    "boards:sum_away": board(SEND, earmark="earmark"),
    "boards:sum_back": board(SEND, earmark="earmark"),
}

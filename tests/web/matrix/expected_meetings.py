"""The rows of the permission matrix for meetings of boards: who leads writes, sides and members read."""

from tests.web.matrix.expected_boards import BOARDS, FORM, SEND, board, read
from tests.web.matrix.rules import Page, Scope

READ = frozenset({"GET"})
OF = {"meeting": "board_meeting"}
ITEM = OF | {"item": "agenda_item"}


def by_link(methods: frozenset[str], data: dict[str, object] | None = None, /, *, of: str = "token") -> Page:
    """A page of a member who was called and has no account."""
    return Page(scope=Scope.PUBLIC, methods=methods, args={"token": f"asked_member.{of}"}, data=data or {})


MEETINGS: dict[str, Page] = {
    "boards:meetings": read(),
    "boards:meeting_new": board(),
    "boards:decisions": read(),
    "boards:decisions_file": read(kind="=csv"),
    "boards:meeting": read(**OF),
    "boards:meeting_edit": board(**OF),
    "boards:call": board(SEND, **OF),
    # Who was not called is told so (409): tests/web/boards/test_coming.py
    "boards:come": Page(scope=Scope.BOARD, methods=SEND, args={"pk": "partnership"} | OF, data={"comes": "yes"}),
    "boards:answer": by_link(FORM, {"comes": "yes"}),
    "boards:answer_opened": by_link(SEND),
    "boards:answer_agenda": by_link(READ),
    "boards:minutes_out": board(SEND, **OF),
    "boards:minutes_say": Page(
        scope=Scope.BOARD, methods=SEND, args={"pk": "partnership"} | OF, data={"sha256": "0", "agrees": "yes"}
    ),
    "boards:minutes_read": by_link(FORM, {"sha256": "0", "agrees": "yes"}, of="reads"),
    "boards:minutes_opened": by_link(SEND, of="reads"),
    "boards:minutes_paper": by_link(READ, of="reads"),
    "boards:hold": board(SEND, **OF),
    "boards:cancel": board(SEND, **OF),
    "boards:plan_again": board(SEND, **OF),
    "boards:attendance": board(**OF),
    "boards:approve": board(**OF),
    "boards:send_minutes": board(SEND, **OF),
    "boards:correct": board(SEND, **OF),
    "boards:agenda_pdf": read(**OF),
    "boards:minutes_pdf": read(**OF),
    "boards:meeting_ics": read(**OF),
    "boards:item_new": board(**OF),
    "boards:item": board(READ, **ITEM),
    "boards:item_edit": board(**ITEM),
    "boards:item_up": board(SEND, **ITEM),
    "boards:item_down": board(SEND, **ITEM),
    "boards:item_out": board(SEND, **ITEM),
    "boards:item_back": board(SEND, **ITEM),
    "boards:item_write": board(SEND, **ITEM),
    "boards:item_decide": board(SEND, **ITEM),
    "boards:item_leave": board(SEND, **ITEM),
    "boards:item_came_back": board(SEND, **ITEM, out="out_of_room"),
}
BOARDS_AND_MEETINGS = BOARDS | MEETINGS

"""The rows of the permission matrix for links: those who see the area see them, sides that were asked see theirs."""

from medspil.organisations.roles import Ability
from tests.web.matrix.rules import Page, Scope, anywhere, area

FORM = frozenset({"GET", "POST"})
SEND = frozenset({"POST"})

LINKS: dict[str, Page] = {
    "linking:links": area(Ability.VIEW_AREA, pk="area"),
    "linking:links_export": area(Ability.VIEW_AREA, pk="area", kind="=csv"),
    "linking:network": area(Ability.VIEW_AREA, pk="area"),
    "linking:asked": anywhere(Ability.RANK),
    "linking:asked_export": anywhere(Ability.RANK, kind="=xlsx"),
    "linking:link_create": anywhere(Ability.LINK, FORM),
    "linking:link": area(Ability.VIEW_AREA, pk="link"),
    "linking:link_edit": area(Ability.LINK, FORM, {"version": 1, "sentence": "Nyt"}, pk="link"),
    "linking:link_need": area(Ability.EDIT_NEED, FORM, {"title": "Nyt", "kinds": ["premises"]}, pk="link"),
    "linking:link_add": area(Ability.LINK, FORM, pk="link"),
    "linking:link_remove": area(Ability.LINK, SEND, {"version": 1}, pk="link", party="link_party"),
    "linking:link_ask": area(Ability.LINK, SEND, {"version": 1}, pk="link", party="link_party"),
    "linking:link_ask_undo": area(Ability.LINK, SEND, {"version": 1}, pk="link", party="link_party"),
    "linking:link_yes": area(Ability.LINK, SEND, {"version": 1}, pk="link", party="link_party"),
    "linking:link_no": area(
        Ability.LINK, FORM, {"version": 1, "reason": "other", "words": "Nej"}, pk="link", party="link_party"
    ),
    "linking:link_brings": area(Ability.LINK, FORM, {"version": 1, "brings": "Et rum"}, pk="link", party="link_party"),
    "linking:mentions": Page(scope=Scope.SIGNED_IN),
    "linking:mention_settle": area(Ability.LINK, SEND, {"do": "keep"}, pk="mention"),
    "linking:link_consent": area(Ability.LINK, FORM, {"version": 1}, pk="link", party="link_party"),
    "linking:link_partnership": area(Ability.LINK, SEND, {"version": 1}, pk="link"),
    "linking:link_partnership_undo": area(Ability.LINK, SEND, {"version": 1}, pk="link"),
    "linking:link_archive": area(Ability.LINK, SEND, pk="link"),
    "linking:link_restore": area(Ability.LINK, SEND, pk="link"),
    "linking:link_note": Page(scope=Scope.NOTES, ability=Ability.VIEW_AREA, methods=SEND, args={"pk": "link"}),
    "linking:note_edit": Page(scope=Scope.OWN_NOTE, methods=FORM, args={"pk": "note"}),
    "linking:note_remove": Page(scope=Scope.OWN_NOTE, methods=SEND, data={"version": 1}, args={"pk": "note"}),
    "linking:broker_come": area(Ability.LINK, SEND, pk="link"),
    "linking:broker_introduce": area(Ability.LINK, SEND, {"version": 1}, pk="link"),
    "linking:broker_leave": area(Ability.LINK, FORM, {"version": 1}, pk="brokerage"),
    "linking:brokers_leave": Page(scope=Scope.SIGNED_IN, methods=FORM),
    "linking:broker_stay": area(Ability.LINK, SEND, {"version": 1}, pk="brokerage"),
    "linking:broker_tick": area(Ability.LINK, SEND, {"version": 1, "code": "promises", "done": "yes"}, pk="brokerage"),
    "linking:refusal_undo": area(Ability.LINK, SEND, pk="refusal"),
}

"""The rows of the permission matrix for walks: who leads partnerships plans them, a broker sees no more than when."""

from medspil.organisations.roles import Ability
from tests.web.matrix.rules import Page, Scope

READ = frozenset({"GET"})
FORM = frozenset({"GET", "POST"})
SEND = frozenset({"POST"})
WHEN: dict[str, object] = {"day": "2030-06-03", "time": "14:00", "meeting": "Torvet"}


def led(of: str, methods: frozenset[str] = READ, data: dict[str, object] | None = None, /) -> Page:
    """A page for those who lead partnerships in the area."""
    return Page(scope=Scope.AREA, ability=Ability.RUN_PARTNERSHIP, methods=methods, args={"pk": of}, data=data or {})


def seen(of: str) -> Page:
    """A page for all who see the area, a broker among them."""
    return Page(scope=Scope.AREA, ability=Ability.VIEW_AREA, args={"pk": of})


def shown(of: str) -> Page:
    """A page with stops and people, which is no broker's."""
    return Page(scope=Scope.NOTES, ability=Ability.VIEW_AREA, args={"pk": of})


def by_link(methods: frozenset[str], data: dict[str, object] | None = None, /) -> Page:
    """A page of somebody who was invited and has no account."""
    return Page(scope=Scope.PUBLIC, methods=methods, args={"token": "asked_walk.token"}, data=data or {})


WALKS: dict[str, Page] = {
    "walks:of_link": seen("link"),
    "walks:of_partnership": seen("partnership"),
    "walks:new": led("link", FORM, WHEN),
    "walks:skip": led("partnership", SEND),
    "walks:unskip": led("partnership", SEND),
    "walks:walk": seen("walk"),
    "walks:edit": led("walk", FORM, WHEN),
    "walks:order": led("walk", SEND),
    "walks:invite": led("walk", SEND),
    "walks:hold": led("walk", SEND, {"version": 1}),
    "walks:cancel": led("walk", SEND, {"version": 1}),
    "walks:plan_again": led("walk", SEND, {"version": 1}),
    "walks:pick": led("walk", FORM),
    "walks:write": led("walk", FORM, {"title": "Torvet", "minutes": 5}),
    "walks:people": led("walk", FORM),
    "walks:ours": led("walk", SEND),
    "walks:way": led("walk"),
    "walks:sheet": shown("walk"),
    "walks:invitation": shown("walk"),
    "walks:stop": led("walk_stop", FORM, {"title": "Torvet", "minutes": 5, "version": 1}),
    "walks:up": led("walk_stop", SEND),
    "walks:down": led("walk_stop", SEND),
    "walks:out": led("walk_stop", SEND),
    "walks:back": led("walk_stop", SEND),
    "walks:at_stop": led("walk_stop", FORM, {"text": "Et rum"}),
    "walks:note": led("stop_note", FORM, {"text": "Et rum", "version": 1}),
    "walks:note_link": led("stop_note", SEND),
    "walks:note_remove": led("stop_note", SEND, {"version": 1}),
    "walks:answer": by_link(FORM, {"comes": "yes"}),
    "walks:answer_opened": by_link(SEND),
    "walks:off": led("attendee", SEND),
    "walks:on": led("attendee", SEND),
}

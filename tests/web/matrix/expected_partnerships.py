"""The rows of the permission matrix for partnerships, and for writing to companies: whoever may link in the area."""

from medspil.organisations.roles import Ability
from tests.web.matrix.rules import Page, Scope

READ = frozenset({"GET"})
FORM = frozenset({"GET", "POST"})
SEND = frozenset({"POST"})


def letter(methods: frozenset[str] = READ, data: dict[str, object] | None = None, /) -> Page:
    """A page of one letter."""
    return Page(scope=Scope.AREA, ability=Ability.LINK, methods=methods, args={"pk": "pitch"}, data=data or {})


def entry(methods: frozenset[str] = READ, data: dict[str, object] | None = None, /, of: str = "conversation") -> Page:
    """A page of what was said once, or of a promise there."""
    return Page(scope=Scope.AREA, ability=Ability.LINK, methods=methods, args={"pk": of}, data=data or {})


def side(methods: frozenset[str] = READ, /, **args: str) -> Page:
    """A page about writing to a side of a link."""
    where = {"pk": "link", "party": "link_party"} | args
    return Page(scope=Scope.AREA, ability=Ability.LINK, methods=methods, args=where)


PARTNERSHIPS: dict[str, Page] = {
    "partnerships:list": Page(scope=Scope.SIGNED_IN),
    "partnerships:detail": Page(scope=Scope.AREA, ability=Ability.VIEW_AREA, args={"pk": "partnership"}),
    "partnerships:pitch": side(FORM),
    "partnerships:call": side(),
    "partnerships:sheet": side(language="=da"),
    "partnerships:letter": letter(),
    "partnerships:letter_edit": letter(FORM, {"version": 1, "subject": "Nyt"}),
    "partnerships:letter_send": letter(SEND, {"version": 1, "link_version": 1}),
    "partnerships:letter_away": letter(SEND, {"version": 1}),
    "partnerships:letter_back": letter(SEND, {"version": 1}),
    "partnerships:conversation_new": side(FORM),
    "partnerships:invitation": side(FORM),
    "partnerships:conversation": entry(FORM, {"version": 1}),
    "partnerships:conversation_remove": entry(SEND, {"version": 1}),
    "partnerships:promise": entry(SEND, {"version": 1}),
    "partnerships:promise_kept": entry(SEND, of="pledge"),
    "partnerships:promise_open": entry(SEND, of="pledge"),
}

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


def side_of_partnership(methods: frozenset[str]) -> Page:
    """A page about calling a side that became a partner."""
    args = {"pk": "partnership", "partner": "company_side"}
    return Page(scope=Scope.AREA, ability=Ability.LINK, methods=methods, args=args)


def lead(methods: frozenset[str] = READ, /, **args: str) -> Page:
    """A page of those who run a partnership for the area."""
    where = {"pk": "partnership"} | args
    return Page(scope=Scope.AREA, ability=Ability.RUN_PARTNERSHIP, methods=methods, args=where, data={"version": 1})


def question(methods: frozenset[str]) -> Page:
    """A page of a question that those who lead have put to the company."""
    args = {"pk": "question"}
    return Page(scope=Scope.BETWEEN, ability=Ability.RUN_PARTNERSHIP, methods=methods, args=args, data={"version": 1})


def by_link(methods: frozenset[str], what: str) -> Page:
    """A page behind a one-time link."""
    return Page(scope=Scope.PUBLIC, methods=methods, args={"token": f"asked_question.{what}"})


PARTNERSHIPS: dict[str, Page] = {
    "partnerships:list": Page(scope=Scope.SIGNED_IN),
    "partnerships:detail": Page(scope=Scope.AREA, ability=Ability.VIEW_AREA, args={"pk": "partnership"}),
    "partnerships:edit": lead(FORM),
    "partnerships:pause": lead(FORM),
    "partnerships:end": lead(FORM),
    "partnerships:take_up": lead(FORM),
    "partnerships:put_away": lead(SEND),
    "partnerships:bring_back": lead(SEND),
    "partnerships:join": lead(FORM),
    # The sides' own people do the same for their side: tests/web/partnerships/test_partnership_pages.py
    "partnerships:side": lead(READ, partner="company_side"),
    "partnerships:side_call": side_of_partnership(FORM),
    "partnerships:decides": lead(FORM, partner="company_side", person="side_person"),
    "partnerships:brings": lead(SEND, partner="company_side"),
    "partnerships:leave": lead(SEND, partner="company_side"),
    "partnerships:come_back": lead(SEND, partner="company_side"),
    "partnerships:person_new": lead(FORM, partner="company_side", part="=contact"),
    "partnerships:person_end": lead(FORM, partner="company_side", person="side_person"),
    "partnerships:gain": lead(SEND, partner="company_side"),
    "partnerships:gains_ask": lead(SEND, partner="company_side"),
    "partnerships:gain_remove": lead(SEND, partner="company_side", gain="side_gain"),
    "partnerships:gain_confirm": Page(
        scope=Scope.OWN_SIDE,
        ability=Ability.RUN_PARTNERSHIP,
        methods=SEND,
        args={"pk": "partnership", "partner": "own_side", "gain": "own_gain"},
    ),
    "partnerships:question_new": Page(
        scope=Scope.SIDES, ability=Ability.RUN_PARTNERSHIP, methods=FORM, args={"pk": "partnership"}
    ),
    "partnerships:question": question(FORM),
    "partnerships:question_drop": question(SEND),
    "partnerships:question_answer": by_link(FORM, "answer_token"),
    "partnerships:question_opened": by_link(SEND, "answer_token"),
    "partnerships:answer_told": by_link(READ, "told_token"),
    "partnerships:answer_opened": by_link(SEND, "told_token"),
    "partnerships:gains_answer": by_link(FORM, "gains_token"),
    "partnerships:gains_opened": by_link(SEND, "gains_token"),
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

"""The rows of the permission matrix for agreements: version 1 is in force, version 2 is being written."""

from medspil.organisations.roles import Ability
from tests.web.matrix.rules import Page, Scope

READ = frozenset({"GET"})
FORM = frozenset({"GET", "POST"})
SEND = frozenset({"POST"})


def look(**args: str) -> Page:
    """A page that whoever sees the area may read."""
    return Page(scope=Scope.AREA, ability=Ability.VIEW_AREA, args={"pk": "partnership"} | args)


def run(methods: frozenset[str] = FORM, data: dict[str, object] | None = None, /, **args: str) -> Page:
    """A page of those who run a partnership for the area."""
    where = {"pk": "partnership"} | args
    return Page(scope=Scope.AREA, ability=Ability.RUN_PARTNERSHIP, methods=methods, args=where, data=data or {})


def by_link(methods: frozenset[str] = READ, what: str = "confirm") -> Page:
    """A page behind a one-time link."""
    return Page(scope=Scope.PUBLIC, methods=methods, args={"token": f"asked_agreement.{what}"})


AGREEMENTS: dict[str, Page] = {
    "agreements:overview": look(),
    "agreements:version": look(number="=1"),
    "agreements:paper": look(number="=1", language="=da"),
    "agreements:difference": look(number="=1", other="=1"),
    "agreements:begin": run(SEND),
    "agreements:field": run(code="=effects"),
    "agreements:days": run(),
    "agreements:checks": run(),
    "agreements:suggest": run(),
    "agreements:put_away": run(SEND, number="=1"),
    "agreements:keep": run(SEND, number="=1"),
    "agreements:bring_back": run(SEND, number="=1"),
    "agreements:change": run(number="=1"),
    "agreements:ask": run(number="=1", partner="agreement.other_side"),
    "agreements:pause": run(number="=1"),
    "agreements:end": run(number="=1"),
    "agreements:go_on": run(SEND, number="=1"),
    "agreements:confirm": Page(
        scope=Scope.OWN_SIDE,
        ability=Ability.RUN_PARTNERSHIP,
        methods=FORM,
        args={"pk": "partnership", "number": "=1", "partner": "agreement.own_side"},
    ),
    "agreements:answer": by_link(FORM),
    "agreements:opened": by_link(SEND),
    "agreements:newest": by_link(SEND),
    "agreements:answer_paper": by_link(),
    "agreements:copy": by_link(what="copy"),
}

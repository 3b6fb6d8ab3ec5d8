"""The rows of the permission matrix for what each side of a partnership wants."""

from medspil.organisations.roles import Ability
from tests.web.matrix.rules import Page, Scope

FORM = frozenset({"GET", "POST"})
SEND = frozenset({"POST"})
SIDE = {"pk": "partnership", "partner": "company_side"}


def run(methods: frozenset[str]) -> Page:
    """A page of those who run a partnership for the area, about a side that has no account."""
    return Page(scope=Scope.AREA, ability=Ability.RUN_PARTNERSHIP, methods=methods, args=SIDE)


def by_link(methods: frozenset[str], what: str) -> Page:
    """A page behind a one-time link."""
    return Page(scope=Scope.PUBLIC, methods=methods, args={"token": f"asked_side.{what}"})


ALIGNMENT: dict[str, Page] = {
    "alignment:overview": Page(scope=Scope.AREA, ability=Ability.VIEW_AREA, args={"pk": "partnership"}),
    "alignment:step": Page(
        scope=Scope.SIDES, ability=Ability.RUN_PARTNERSHIP, methods=SEND, args={"pk": "partnership"}
    ),
    # Both sides have spoken here, so whoever sees the area may read.
    "alignment:paper": Page(scope=Scope.AREA, ability=Ability.VIEW_AREA, args={"pk": "partnership", "language": "=da"}),
    "alignment:fill": run(FORM),
    "alignment:ask": run(FORM),
    "alignment:remind": run(SEND),
    "alignment:ask_back": run(SEND),
    "alignment:sheet": by_link(FORM, "sheet"),
    "alignment:sheet_opened": by_link(SEND, "sheet"),
    "alignment:settle": by_link(FORM, "settle"),
    "alignment:settle_opened": by_link(SEND, "settle"),
}

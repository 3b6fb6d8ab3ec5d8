"""The rows of the permission matrix for how partnerships go, and for news."""

from medspil.organisations.roles import Ability
from tests.web.matrix.rules import Page, Scope

FORM = frozenset({"GET", "POST"})
SEND = frozenset({"POST"})
KEY = "4d9a2c1e-7b1f-4c55-9d3e-0a1b2c3d4e5f"


def between(methods: frozenset[str], data: dict[str, object] | None = None, /) -> Page:
    """A page of those who run a partnership for the area and of its sides."""
    args = {"pk": "partnership"}
    return Page(scope=Scope.SIDES, ability=Ability.RUN_PARTNERSHIP, methods=methods, args=args, data=data or {})


def own(data: dict[str, object]) -> Page:
    """What a side alone does for itself."""
    args = {"pk": "partnership", "partner": "own_side"}
    return Page(scope=Scope.OWN_SIDE, ability=Ability.RUN_PARTNERSHIP, methods=SEND, args=args, data=data)


def news() -> Page:
    """What those who lead do with news."""
    args = {"pk": "partnership", "news": "news"}
    return Page(scope=Scope.AREA, ability=Ability.RUN_PARTNERSHIP, methods=SEND, args=args)


def by_link(methods: frozenset[str], what: str) -> Page:
    """A page behind a one-time link."""
    return Page(scope=Scope.PUBLIC, methods=methods, args={"token": f"asked_pulse.{what}"})


PULSES: dict[str, Page] = {
    "pulses:overview": between(frozenset({"GET"})),
    "pulses:tell": between(SEND),
    # Its own side may too: tests/web/pulses/test_by_link_and_back.py
    "pulses:news_away": news(),
    "pulses:news_again": news(),
    "pulses:rhythm": Page(scope=Scope.AREA, ability=Ability.RUN_PARTNERSHIP, methods=SEND, args={"pk": "partnership"}),
    "pulses:answer": own({"step": "3", "version": 0}),
    "pulses:mails": own({"wanted": "no"}),
    "pulses:pulse": by_link(FORM, "pulse"),
    "pulses:pulse_opened": by_link(SEND, "pulse"),
    "pulses:news_mail": by_link(FORM, "news_mail"),
    "pulses:news_opened": by_link(SEND, "news_mail"),
    "pulses:write": by_link(FORM, "pulse"),
}

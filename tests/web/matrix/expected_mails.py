"""The rows of the permission matrix for the mails of an organisation."""

from medspil.organisations.roles import Ability
from tests.web.matrix.rules import Page, Scope


def about(methods: frozenset[str], /, **args: str) -> Page:
    """A page of the administrators of an organisation."""
    where = {"pk": "organisation"} | args
    return Page(scope=Scope.ORGANISATION, ability=Ability.MANAGE_PEOPLE, methods=methods, args=where)


SEND = frozenset({"POST"})
MAILS: dict[str, Page] = {
    "organisations:mails": about(frozenset({"GET"})),
    "organisations:mail_again": about(SEND, message="message"),
    "organisations:mail_came_back": about(SEND, message="message"),
    "organisations:mail_write_again": about(SEND, message="message"),
    "organisations:mail_stop": about(SEND, message="message"),
}

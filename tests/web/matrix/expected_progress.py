"""The rows of the permission matrix for stages, patience and referrals."""

from medspil.organisations.roles import Ability
from tests.web.matrix.rules import Page, Scope

FORM = frozenset({"GET", "POST"})
SEND = frozenset({"POST"})

PROGRESS: dict[str, Page] = {
    "progress:area": Page(scope=Scope.AREA, ability=Ability.VIEW_AREA, args={"pk": "area"}),
    "progress:patience": Page(scope=Scope.AREA, ability=Ability.RUN_PARTNERSHIP, methods=FORM, args={"pk": "area"}),
    "progress:waiting": Page(scope=Scope.SIGNED_IN, methods=FORM, data={"rhythm": "off", "version": 0}),
    "progress:calendar": Page(scope=Scope.SIGNED_IN, methods=SEND),
    "progress:calendar_back": Page(scope=Scope.SIGNED_IN, methods=SEND),
    "progress:feed": Page(scope=Scope.PUBLIC, args={"token": "calendar.feed_token"}),
    "progress:refer": Page(scope=Scope.AREA, ability=Ability.LINK, methods=FORM, args={"pk": "link"}),
    "progress:take_on": Page(scope=Scope.AREA, ability=Ability.LINK, methods=SEND, args={"pk": "referral"}),
    "progress:give_back": Page(scope=Scope.AREA, ability=Ability.LINK, methods=SEND, args={"pk": "referral"}),
    "progress:moment": Page(
        scope=Scope.AREA, ability=Ability.RUN_PARTNERSHIP, methods=FORM, args={"pk": "partnership"}
    ),
    "progress:moment_undo": Page(
        scope=Scope.AREA, ability=Ability.RUN_PARTNERSHIP, methods=SEND, args={"pk": "moment"}
    ),
    "progress:call_off": Page(scope=Scope.AREA, ability=Ability.LINK, methods=SEND, args={"pk": "referral"}),
}

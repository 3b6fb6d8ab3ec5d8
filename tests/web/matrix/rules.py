"""What a row of the permission matrix can say, and what follows from it for each person and method."""

from dataclasses import dataclass, field
from enum import Enum

from medspil.areas.permissions import OWNER_ONLY
from medspil.organisations.roles import ROLE_ABILITIES, Ability, Role

METHODS = ("GET", "POST", "PUT", "DELETE")


class Scope(Enum):
    """What the right to open a page depends on."""

    PUBLIC = "everybody"
    SIGNED_IN = "everybody who is signed in"
    ANYWHERE = "whoever has the ability in some organisation"
    AREA = "whoever has the ability in an organisation that owns the area or takes part in it"
    MAPPERS = "whoever may add to the map of the area; for others it is not there"
    ORGANISATION = "whoever has the ability in that organisation"
    ROUND = "whoever has the ability in the organisation that shares out; who sees one of its areas may look"
    NOTES = "whoever sees the area, except brokers of a side: they read and write no notes there"
    GIVER = "whoever may both speak for that organisation and make offers"
    SIDES = "whoever runs the partnership for the area, or speaks for one of its sides; who sees the area may look"
    OWN_SIDE = "whoever speaks for that side of a partnership; who sees the area sees that it is there"
    BETWEEN = "whoever runs the partnership for the area, or speaks for a side in it; for others it is not there"
    BOARD = "whoever runs the partnership for the area; its sides and its board read; for others it is not there"
    OWN_NOTE = "people of the organisation whose note it is who see the link, except its brokers"


class Answer(Enum):
    """What a person gets."""

    ALLOWED = "allowed"
    SIGN_IN = "sent to sign in"
    FORBIDDEN = "403"
    UNKNOWN = "404"
    WRONG_METHOD = "405"


@dataclass(frozen=True, kw_only=True)
class Page:
    """One row of the matrix: who may open an address, and with which methods."""

    scope: Scope
    ability: Ability | None = None
    methods: frozenset[str] = frozenset({"GET"})
    # argument of the address -> what of the world it names
    args: dict[str, str] = field(default_factory=dict)
    # what a form sends, so that a POST reaches the service; empty is fine: the form says what is missing
    data: dict[str, object] = field(default_factory=dict)
    # The code is django-allauth's: which methods it takes and what it does for its own rows is its own affair.
    others_code: bool = False
    # The page lets one choose among all organisations by name.
    names_all_organisations: bool = False


def area(
    ability: Ability,
    methods: frozenset[str] = frozenset({"GET"}),
    data: dict[str, object] | None = None,
    /,
    **args: str,
) -> Page:
    """A page about something in an area."""
    return Page(scope=Scope.AREA, ability=ability, methods=methods, args=args, data=data or {})


def anywhere(ability: Ability, methods: frozenset[str] = frozenset({"GET"}), /, **args: str) -> Page:
    """A page about the register, which is the same for all who may open it."""
    return Page(scope=Scope.ANYWHERE, ability=ability, methods=methods, args=args)


@dataclass(frozen=True, kw_only=True)
class Part:
    """What a person is to one side of the world: her roles there."""

    owner: frozenset[Role] = frozenset()
    partner: frozenset[Role] = frozenset()

    @property
    def abilities(self) -> frozenset[Ability]:
        """Return what she may do with the area of that side."""
        owned = frozenset[Ability]().union(*(ROLE_ABILITIES[role] for role in self.owner))
        shared = frozenset[Ability]().union(*(ROLE_ABILITIES[role] for role in self.partner))
        return owned | (shared - OWNER_ONLY)


# By which ability a record of the area exists for a person.
SEES = {
    Scope.AREA: Ability.VIEW_AREA,
    Scope.MAPPERS: Ability.MAP_RESOURCES,
    Scope.BETWEEN: Ability.RUN_PARTNERSHIP,
    Scope.BOARD: Ability.RUN_PARTNERSHIP,
}


def expected(page: Page, method: str, *, signed_in: bool, here: Part, anywhere: frozenset[Ability]) -> Answer:
    """Return what a person must get; `here` is her part in the side whose records the address names."""
    if page.scope is not Scope.PUBLIC and not signed_in:
        return Answer.SIGN_IN
    if method not in page.methods:
        return Answer.WRONG_METHOD
    if page.scope in {Scope.PUBLIC, Scope.SIGNED_IN}:
        return Answer.ALLOWED
    visible, abilities = rights(page.scope, here, anywhere)
    if not visible:
        return Answer.UNKNOWN
    return Answer.ALLOWED if page.ability is None or page.ability in abilities else Answer.FORBIDDEN


def rights(scope: Scope, here: Part, anywhere: frozenset[Ability]) -> tuple[bool, frozenset[Ability]]:
    """Return whether the record exists for a person, and what she may do with it."""
    if scope is Scope.ANYWHERE:
        return True, anywhere
    if scope is Scope.GIVER:
        own = frozenset().union(*(ROLE_ABILITIES[role] for role in here.owner))
        return bool(here.owner), own if Ability.DESCRIBE_OWN in own else frozenset()
    if scope is Scope.OWN_NOTE:
        return bool(here.owner - {Role.BROKER}) and Ability.VIEW_AREA in here.abilities, frozenset()
    if scope in {Scope.NOTES, Scope.SIDES, Scope.OWN_SIDE}:
        return Ability.VIEW_AREA in here.abilities, _acts(scope, here)
    if scope in SEES:
        is_side = scope is Scope.BOARD and _speaks(here)
        return is_side or SEES[scope] in here.abilities, here.abilities
    own = frozenset[Ability]().union(*(ROLE_ABILITIES[role] for role in here.owner))
    looks_on = Ability.ALLOCATE in own or Ability.VIEW_AREA in here.abilities
    return looks_on if scope is Scope.ROUND else bool(here.owner), own


def _acts(scope: Scope, here: Part) -> frozenset[Ability]:
    """Return what somebody who sees the area may do where that hangs on whom she speaks for."""
    if scope is Scope.NOTES:
        return here.abilities if here.owner - {Role.BROKER} or here.partner else frozenset()
    # Of the world's partnership, who takes part in the area is a side.
    runs = scope is Scope.SIDES and Ability.RUN_PARTNERSHIP in here.abilities
    acts = runs or _speaks(here)
    return frozenset({Ability.RUN_PARTNERSHIP} if acts else ())


def _speaks(here: Part) -> bool:
    """Tell whether somebody may say yes or no for the organisation that takes part."""
    return any(Ability.SPEAK_FOR_OWN in ROLE_ABILITIES[role] for role in here.partner)

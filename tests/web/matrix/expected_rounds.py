"""The rows of the permission matrix for allocations."""

from medspil.organisations.roles import Ability
from tests.web.matrix.rules import Page, Scope

READ = frozenset({"GET"})
FORM = frozenset({"GET", "POST"})
SEND = frozenset({"POST"})


def shared_out(
    ability: Ability | None, methods: frozenset[str] = READ, data: dict[str, object] | None = None, /, **args: str
) -> Page:
    """A page of an allocation."""
    return Page(scope=Scope.ROUND, ability=ability, methods=methods, args={"pk": "round"} | args, data=data or {})


ALLOCATIONS: dict[str, Page] = {
    # Allocations: run by the organisation that shares out, looked at by those who work in the areas
    "rounds:list": Page(scope=Scope.SIGNED_IN),
    "rounds:create": Page(scope=Scope.ANYWHERE, ability=Ability.ALLOCATE, methods=FORM),
    "rounds:board": shared_out(None),
    "rounds:export": shared_out(None, kind="=csv"),
    "rounds:edit": shared_out(Ability.ALLOCATE, FORM),
    "rounds:archive": shared_out(Ability.ALLOCATE, SEND),
    "rounds:restore": shared_out(Ability.ALLOCATE, SEND),
    "rounds:reopen": shared_out(Ability.ALLOCATE, SEND),
    "rounds:run": shared_out(Ability.ALLOCATE, SEND),
    "rounds:undo": shared_out(Ability.ALLOCATE, SEND, {"version": 1}),
    "rounds:pair": shared_out(Ability.ALLOCATE, FORM, {"version": 99, "do": "ban"}, demand="demand", supply="supply"),
    "rounds:move": shared_out(Ability.ALLOCATE, FORM, demand="demand"),
    "rounds:apply": shared_out(Ability.ALLOCATE, FORM, {"number": 1}),
    "rounds:answers": shared_out(Ability.ALLOCATE, SEND),
    "rounds:areas": shared_out(Ability.ALLOCATE, SEND),
    "rounds:rows": shared_out(Ability.ALLOCATE, asks="=oensker"),
    "rounds:choose": shared_out(Ability.ALLOCATE, FORM, asks="=udbud"),
    "rounds:add": shared_out(
        Ability.ALLOCATE,
        FORM,
        {"label": "Ny", "creation_key": "5d9a2c1e-7b1f-4c55-9d3e-0a1b2c3d4e5f"},
        asks="=oensker",
    ),
    "rounds:paste": shared_out(
        Ability.ALLOCATE,
        FORM,
        {"text": "navn\nNy", "add": 1, "creation_key": "6d9a2c1e-7b1f-4c55-9d3e-0a1b2c3d4e5f"},
        asks="=udbud",
    ),
    "rounds:row": shared_out(
        Ability.ALLOCATE, FORM, {"label": "Nyt navn", "version": 99}, asks="=oensker", row="demand"
    ),
    "rounds:row_out": shared_out(Ability.ALLOCATE, SEND, asks="=udbud", row="supply"),
    "rounds:row_forget": shared_out(Ability.ALLOCATE, SEND, asks="=udbud", row="supply"),
    "rounds:row_back": shared_out(Ability.ALLOCATE, SEND, asks="=udbud", row="supply"),
}

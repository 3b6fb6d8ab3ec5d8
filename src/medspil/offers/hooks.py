"""What rooms above tell of offers: where an offer is in use, which needs are answered, who turned down what.

Offers know neither links nor rounds. Those register here, in `ready` of their app, what they can say. Each question is
asked once for many records, never in a loop.

    register_use("linking", uses_of)            which links hold these offers, as far as a person may see them
    register_answers("linking", answered)       for which of these needs somebody is already linked
    register_refusals("linking", refusals_of)   what these organisations turned down
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.functional import Promise

from medspil.accounts.models import User
from medspil.offers.models import Offer


@dataclass(frozen=True, slots=True)
class Use:
    """One link or round that holds an offer. Without a name the person may not see it, only that it is there."""

    offer: int
    what: str | Promise  # "link", "allocation"
    record_type: str  # "linking.link"; the pages know its address
    record_id: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """What an organisation turned down: everything set here must hold for a need to be kept from it.

    `areas`: where it was said and holds; `kinds`: kinds of resource; `themes`: themes of challenges; `needs`: single
    needs; `beyond_m`: needs farther away. Nothing set means every need. `until`: the first day to ask again.
    """

    areas: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    needs: frozenset[int] = frozenset()
    beyond_m: float | None = None
    until: date | None = None

    def holds(self, *, area: int, need: int, kind: str, theme: str, distance_m: float | None, on: date) -> bool:
        """Return whether it keeps a need from the organisation on a day."""
        if self.until is not None and on >= self.until:
            return False
        if self.beyond_m is not None and (distance_m is None or distance_m <= self.beyond_m):
            return False
        return (
            (not self.areas or area in self.areas)
            and (not self.kinds or kind in self.kinds)
            and (not self.themes or theme in self.themes)
            and (not self.needs or need in self.needs)
        )


class UsesOf(Protocol):
    """Tells where offers are in use that still goes on."""

    def __call__(self, offers: Collection[int], /, *, user: User | None) -> Collection[Use]: ...


class AnsweredOf(Protocol):
    """Tells which of some needs somebody is already linked with."""

    def __call__(self, needs: Collection[int], /) -> Collection[int]: ...


class RefusalsOf(Protocol):
    """Tells what organisations turned down and did not take back."""

    def __call__(self, organisations: Collection[int], /) -> Mapping[int, Collection[Refusal]]: ...


_uses: dict[str, UsesOf] = {}
_answers: dict[str, AnsweredOf] = {}
_refusals: dict[str, RefusalsOf] = {}


def register_use(room: str, uses_of: UsesOf) -> None:
    """Let a room say where offers are in use."""
    _uses[room] = uses_of


def register_answers(room: str, answered_of: AnsweredOf) -> None:
    """Let a room say which needs are answered."""
    _answers[room] = answered_of


def register_refusals(room: str, refusals_of: RefusalsOf) -> None:
    """Let a room say what organisations turned down."""
    _refusals[room] = refusals_of


@contextmanager
def alone(
    *,
    uses: Mapping[str, UsesOf] | None = None,
    answers: Mapping[str, AnsweredOf] | None = None,
    refusals: Mapping[str, RefusalsOf] | None = None,
) -> Iterator[None]:
    """Ask only these for a while, for tests of this room."""
    before = dict(_uses), dict(_answers), dict(_refusals)
    _ask_only(uses or {}, answers or {}, refusals or {})
    try:
        yield
    finally:
        _ask_only(*before)


def in_use(offer: Offer, *, user: User | None = None) -> list[Use]:
    """Return the links and rounds that hold an offer."""
    return in_use_of([offer.pk], user=user).get(offer.pk, [])


def in_use_of(offers: Collection[int], *, user: User | None = None) -> dict[int, list[Use]]:
    """Return for offers the links and rounds that hold them; those that nothing holds are left out."""
    found: dict[int, list[Use]] = {}
    for uses_of in _uses.values() if offers else ():
        for use in uses_of(offers, user=user):
            found.setdefault(use.offer, []).append(use)
    return found


def answered(needs: Collection[int]) -> set[int]:
    """Return those of some needs that somebody is already linked with."""
    found: set[int] = set()
    for answered_of in _answers.values() if needs else ():
        found |= set(answered_of(needs))
    return found


def refusals(organisations: Collection[int]) -> dict[int, list[Refusal]]:
    """Return what organisations turned down and did not take back."""
    found: dict[int, list[Refusal]] = {}
    for refusals_of in _refusals.values() if organisations else ():
        for organisation, told in refusals_of(organisations).items():
            found.setdefault(organisation, []).extend(told)
    return found


def _ask_only(
    uses: Mapping[str, UsesOf], answers: Mapping[str, AnsweredOf], refusals: Mapping[str, RefusalsOf]
) -> None:
    for registry in (_uses, _answers, _refusals):
        registry.clear()
    _uses.update(uses)
    _answers.update(answers)
    _refusals.update(refusals)

"""What rooms above tell of who has a competence: links and partnerships.

The map knows no links. They register here, in `ready` of their app, how they answer one question for many challenges:

    register_reached("linking", reached)        who was linked with these challenges, for which kind of resource
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from medspil.accounts.models import User


@dataclass(frozen=True, slots=True)
class Reached:
    """A party that a link brings to a challenge with a kind of resource.

    `agreed`: it said yes, or a partnership runs; the competence then counts as there. A link that is only an idea or a
    question is shown and does not count. `record_type` and `record_id` tell the pages where to lead.
    """

    challenge: int
    kind: str
    name: str
    agreed: bool
    record_type: str  # "linking.link"
    record_id: int
    printed: bool = True
    """Whether the name may stand in files that leave the house. No name: the reader may not know who it is."""

    protected: bool = False
    """Whether it is a company that is protected from advertising; goes with its name wherever that goes."""


class ReachedBy(Protocol):
    """Tells who is linked with some challenges on a day, as far as a person may see it."""

    def __call__(self, challenges: Collection[int], /, *, user: User, on: date) -> Collection[Reached]: ...


_reached: dict[str, ReachedBy] = {}


def register_reached(room: str, reached_by: ReachedBy) -> None:
    """Let a room say who is linked with challenges."""
    _reached[room] = reached_by


@contextmanager
def alone(**reached_by: ReachedBy) -> Iterator[None]:
    """Ask only these for a while, for tests of this room."""
    before = dict(_reached)
    _reached.clear()
    _reached.update(reached_by)
    try:
        yield
    finally:
        _reached.clear()
        _reached.update(before)


def reached(challenges: Collection[int], *, user: User, on: date) -> list[Reached]:
    """Return who is linked with some challenges, by name."""
    found = [one for reached_by in _reached.values() if challenges for one in reached_by(challenges, user=user, on=on)]
    return sorted(found, key=lambda one: (one.name, one.record_id))

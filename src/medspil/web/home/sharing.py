"""Allocations on the first page: the newest that a person runs, with how far each is."""

from medspil.accounts.models import User
from medspil.rounds.models import Round
from medspil.rounds.programmes import Programme, programme

MOST = 3


def rounds_of(user: User) -> list[tuple[Round, Programme]]:
    """Return the newest allocations that a person runs, each with its kind."""
    found = Round.objects.visible_to(user).run_by(user).current().for_list()
    return [(one, programme(one.programme)) for one in found[:MOST]]

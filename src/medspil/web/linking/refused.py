"""Refusals at work for a need: who is left out or asked for less because they said no, why, and taking it back."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.linking.consequences import heard_by_need
from medspil.linking.models import Refusal
from medspil.linking.refusals import consequence
from medspil.mapping.models import Resource
from medspil.organisations.roles import Ability
from medspil.web.linking.link_parties import Eyes


@dataclass(frozen=True, slots=True)
class Refused:
    """One no at work: whose, why, what follows, and whether this person may take it back."""

    refusal: Refusal
    name: str
    follows: str
    may_undo: bool


@dataclass(frozen=True, slots=True)
class RefusedList:
    """All that is at work for a need; `hidden` were said to others, whose words this person may not read."""

    rows: list[Refused]
    hidden: int
    need: Need

    @property
    def number(self) -> int:
        """Return how many there are."""
        return len(self.rows) + self.hidden


def refused_for(user: User, need: Need) -> RefusedList:
    """Return what is at work for a need today. Five queries at most."""
    said_no = heard_by_need(need, timezone.localdate())
    return refused_of(user, need, (pk for _number, pk in said_no.refusals))


def refused_of(user: User, need: Need, keys: Iterable[int]) -> RefusedList:
    """Return these refusals in words. Three queries, none where nobody said no."""
    wanted = set(keys)
    if not wanted:
        return RefusedList([], 0, need)
    found = list(Refusal.objects.visible_to(user).filter(pk__in=wanted).for_page())
    hers = set(
        Area.objects.visible_to(user)
        .where(user, Ability.LINK)
        .filter(pk__in={one.area_id for one in found})
        .values_list("pk", flat=True)
    )
    people = {one.resource_id for one in found if one.resource_id}
    seen = Resource.objects.visible_to(user).filter(pk__in=people).values_list("pk", flat=True) if people else ()
    eyes = Eyes(frozenset(seen), register=False)
    rows = [
        Refused(one, eyes.who(one).name, consequence(one), one.area_id in hers and one.undone_at is None)
        for one in found
    ]
    return RefusedList(rows, len(wanted) - len(found), need)

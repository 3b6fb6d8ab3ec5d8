"""Which needs are on their way: companies were kept for them, or somebody is linked with them."""

from collections.abc import Collection
from datetime import date

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.linking.models import Candidate, Decision, Link


def served_needs(areas: Collection[Area], *, user: User, on: date) -> set[int]:
    """Return the keys of the areas' needs that somebody works on, as far as a person may see it. One query."""
    kept = Candidate.objects.visible_to(user).filter(need__area__in=areas, decision=Decision.KEPT)
    linked = Link.objects.visible_to(user, on=on).live().filter(need__area__in=areas)
    return set(kept.values_list("need", flat=True).union(linked.values_list("need", flat=True)))

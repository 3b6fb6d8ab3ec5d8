"""Who may do what with a walk: who plans it, who sees its stops and people, and who reads what was noted."""

from dataclasses import dataclass

from medspil.accounts.models import User
from medspil.areas.permissions import abilities
from medspil.linking.models import Link
from medspil.organisations.roles import Ability
from medspil.walks.models.walk import more_than_broker


@dataclass(frozen=True, slots=True)
class WalkRights:
    """What a person may do with the walks of a link that she sees. A broker sees when they are, and does nothing."""

    sees_area: bool
    """Is one of the area's people, and more than a broker there."""

    plans: bool
    """Plans walks, and reads what was noted on the way."""

    is_side: bool

    @property
    def sees_stops(self) -> bool:
        """Return whether she sees the stops and who comes."""
        return self.sees_area or self.is_side


def rights_in(user: User, link: Link) -> WalkRights:
    """Return what a person may do with the walks of a link that she sees. Two queries or three."""
    may = abilities(user, link.area)
    return WalkRights(
        sees_area=more_than_broker(user).filter(pk=link.area_id).exists(),
        plans=Ability.RUN_PARTNERSHIP in may,
        is_side=link.parties.of(user).exists(),
    )

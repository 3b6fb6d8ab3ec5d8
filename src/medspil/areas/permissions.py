"""What a person may do with an area and what hangs on it."""

from typing import TYPE_CHECKING

from django.db.models import Q

from medspil.areas.models import Area
from medspil.organisations.models import Membership
from medspil.organisations.roles import ROLE_ABILITIES, Abilities, Ability, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from medspil.accounts.models import User

# The facts of an area (border, programme, figures, who takes part) belong to the organisation that answers for it.
# Challenges and needs are everybody's work: owner and partners alike.
OWNER_ONLY = frozenset({Ability.EDIT_AREA})


def abilities(user: "User | AnonymousUser", area: Area) -> Abilities:
    """Return what a person may do, through the organisation that owns the area or one that takes part. One query."""
    if not user.is_authenticated:
        return Abilities(frozenset())
    partners = Area.partners.through._default_manager.filter(area=area).values("organisation")
    parties = Q(organisation=area.owner_id) | Q(organisation__in=partners)
    found: set[Ability] = set()
    for role, organisation in (
        Membership.objects.current().filter(parties, user=user).values_list("role", "organisation")
    ):
        may = ROLE_ABILITIES[Role(role)]
        found |= may if organisation == area.owner_id else may - OWNER_ONLY
    return Abilities(frozenset(found))

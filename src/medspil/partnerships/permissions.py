"""Who may do what in a partnership: who runs it for the area, and who speaks for one of those who take part."""

from dataclasses import dataclass
from datetime import date

from medspil.accounts.models import User
from medspil.areas.permissions import abilities
from medspil.linking.models import Brokerage
from medspil.organisations.roles import Ability
from medspil.partnerships.models import Partner, Partnership


@dataclass(frozen=True, slots=True)
class PartnershipRights:
    """What a person may do in a partnership. A broker sees it and does neither."""

    sees_area: bool
    runs: bool
    own: frozenset[int]
    """The partners she speaks for, by key: she answers and confirms for them and for nobody else."""


def rights_in(user: User, partnership: Partnership) -> PartnershipRights:
    """Return what a person may do in a partnership that she sees."""
    may = abilities(user, partnership.link.area)
    own = Partner.objects.filter(partnership=partnership).there().of(user)
    return PartnershipRights(
        sees_area=Ability.VIEW_AREA in may,
        runs=Ability.RUN_PARTNERSHIP in may,
        own=frozenset(own.values_list("pk", flat=True)),
    )


def speaks_for(user: User, partner: Partner) -> bool:
    """Tell whether a person speaks for one of those who take part, as long as that takes part."""
    return Partner.objects.filter(pk=partner.pk).there().of(user).exists()


def is_broker(user: User, partnership: Partnership, *, on: date) -> bool:
    """Tell whether a person is the broker between the sides on a day: she may reach those who answer for them."""
    return Brokerage.objects.of(user, on).filter(link=partnership.link_id).exists()

"""Companies of the register near an area that nobody approached within a year: most of them nobody has thought of."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.catalogue.vocabulary import Sector, vocabulary
from medspil.linking.approaches import counts_among
from medspil.mapping.companies import REACH_M, Near, nearby


@dataclass(frozen=True, slots=True)
class NeverAsked:
    """The companies near an area that could be asked, and those of them whom nobody asked, the near and large first."""

    reach_m: int
    could_be: int
    never: tuple[Near, ...]


def never_asked_near(area: Area, *, user: User, now: datetime, reach_m: int = REACH_M) -> NeverAsked | None:
    """Return which private companies near an area were not approached within a year, whoever approached.

    Protected and ceased ones are not among them, for they may not be asked. None while the area has no place. Seven
    queries at most.
    """
    found = nearby(area, user=user, reach_m=reach_m)
    if not found.placed:
        return None
    known = vocabulary()
    could_be = [
        one for one in found.all if not one.protected and known.sector_of_form(one.company_form) is Sector.PRIVATE
    ]
    asked = counts_among(now, among=Q()).approaches
    never = sorted((one for one in could_be if not asked.get(one.number)), key=lambda one: one.rank)
    return NeverAsked(reach_m, len(could_be), tuple(never))

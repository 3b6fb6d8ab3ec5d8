"""Is it a social partnership? The five marks of one, each with the evidence that the data hold, or what is missing.

After Nelson and Zadek: parties of at least two of the three sectors, each of which is there by its own will, brings
something, and gains something, for a social purpose.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from medspil.catalogue.vocabulary import Sector
from medspil.linking.models import Answer
from medspil.partnerships.models import Partner, PartnerGain, Partnership
from medspil.partnerships.sectors import sector_of

FEWEST_SECTORS = 2
Bringing = Callable[[Collection[Partner]], set[int]]
_also: list[Bringing] = []


def also_brings(find: Bringing) -> Bringing:
    """Have a function of a room above tell which sides said there what they bring, by their keys.

    Named once, when the room is loaded (`AppConfig.ready`).
    """
    if find not in _also:
        _also.append(find)
    return find


class Mark(StrEnum):
    """What makes a partnership a social one."""

    SECTORS = "sectors"
    OWN_WILL = "own_will"
    RESOURCES = "resources"
    GAINS = "gains"
    PURPOSE = "purpose"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Whether a partnership has a mark, of which sides the data say so, and of which they do not."""

    mark: Mark
    there: bool
    shown_by: tuple[Partner, ...] = ()
    lacking: tuple[Partner, ...] = ()
    sectors: tuple[Sector, ...] = ()


def definition(partnership: Partnership) -> list[Evidence]:
    """Return the marks of a partnership loaded `for_page`, in the order of the definition. Two queries."""
    sides = [one for one in partnership.partners.all() if one.left_on is None]
    sectors = tuple(sorted({found for one in sides if (found := sector_of(one.side))}, key=lambda one: one.number))
    gaining = set(PartnerGain.objects.filter(partner__in=sides).values_list("partner", flat=True))
    willing = {one.pk for one in sides if one.side.answer == Answer.YES}
    bringing = {one.pk for one in sides if one.side.brings}.union(*(find(sides) for find in _also))
    link = partnership.link
    return [
        Evidence(Mark.SECTORS, len(sectors) >= FEWEST_SECTORS, sectors=sectors),
        _by_side(Mark.OWN_WILL, sides, willing),
        _by_side(Mark.RESOURCES, sides, bringing),
        _by_side(Mark.GAINS, sides, gaining),
        Evidence(Mark.PURPOSE, link.need_id is not None or link.challenge_id is not None),
    ]


def _by_side(mark: Mark, sides: Collection[Partner], has_it: set[int]) -> Evidence:
    lacking = tuple(one for one in sides if one.pk not in has_it)
    return Evidence(mark, bool(sides) and not lacking, tuple(one for one in sides if one.pk in has_it), lacking)

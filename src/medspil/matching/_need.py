"""What is asked: the need, our own records of the units, and the user's filters."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from medspil.matching._answer import Model


@dataclass(frozen=True, slots=True)
class Wanted:
    """One kind of resource the need asks for; `weight` only counts against the other kinds."""

    kind: str
    weight: float = 1.0

    def __post_init__(self) -> None:
        if not (math.isfinite(self.weight) and self.weight > 0):
            raise ValueError("The weight of a wanted kind is a number above 0.")


@dataclass(frozen=True, slots=True)
class Profile:
    """What our own records say of one unit; `Profile()` scores exactly as no profile at all.

    `terms` are words of the company's own, weighed as in `UnitRecord.terms`: they count for relevance as if
    they stood in a unit of mean length, unless the register says the word more strongly. Place words
    (``@…``) and weights not above 0 are ignored.

    `declined` are kinds that the unit has said it does not give: it counts as fitting them not at all, and if they
    are all that a need wants, the unit has turned the need down.
    """

    themes: frozenset[str] = frozenset()
    csr: bool | None = None
    global_compact: bool = False
    volunteering: bool = False
    earlier_partnerships: int = 0
    in_contact: bool = False
    champion_known: bool = False
    through_network: bool = False
    recent_approaches: int = 0
    open_offers: int = 0
    terms: Mapping[str, float] = field(default_factory=dict, hash=False)
    declined: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if min(self.earlier_partnerships, self.recent_approaches, self.open_offers) < 0:
            raise ValueError("Counts in a profile are not negative.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What the area needs, as the engine sees it.

    Parameters
    ----------
    wanted : tuple of Wanted
        The kinds of resource that would help. Empty: capability is 0 for all.
    terms : Mapping[str, float]
        Term to weight. Place words (``@…``) are ignored here.
    themes : frozenset of str
        Themes of the need, compared with those of a profile.
    x, y : float or None
        Where the need is, EPSG:25832 in metres; both or none.
    scale_m : float
        Distance in metres at which proximity has fallen to 1/e.
    radius_m : float or None
        Gate: units further away are outside. A unit without a point is inside only when
        its municipality is named in `municipalities`.
    municipalities : frozenset of int or None
        Gate: units of other municipalities are outside. With a radius as well, both hold.
    effort : int
        How many people the task takes at once.
    profiles : Mapping[int, Profile]
        Our own records by unit number; most units have none.
    turned_down, consented : frozenset of int
        Unit numbers that have said no to this need with a reason that still holds; protected
        units that have said we may write to them.

    Raises
    ------
    ValueError
        For half a place, a radius without a place, or a scale, radius or effort out of range.
    """

    wanted: tuple[Wanted, ...] = ()
    terms: Mapping[str, float] = field(default_factory=dict)
    themes: frozenset[str] = frozenset()
    x: float | None = None
    y: float | None = None
    scale_m: float = 10_000.0
    radius_m: float | None = None
    municipalities: frozenset[int] | None = None
    effort: int = 1
    profiles: Mapping[int, Profile] = field(default_factory=dict)
    turned_down: frozenset[int] = frozenset()
    consented: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if (self.x is None) != (self.y is None):
            raise ValueError("A place has both coordinates or none.")
        if self.x is not None and self.y is not None:
            if not (math.isfinite(self.x) and math.isfinite(self.y)):
                raise ValueError("Coordinates are finite.")
        if not (math.isfinite(self.scale_m) and self.scale_m > 0):
            raise ValueError("The scale is a number of metres above 0.")
        if self.radius_m is not None:
            if self.x is None:
                raise ValueError("A radius needs a place to be measured from.")
            if not (math.isfinite(self.radius_m) and self.radius_m >= 0):
                raise ValueError("The radius is a number of metres from 0.")
        if self.effort < 1:
            raise ValueError("A task takes at least one person.")

    @property
    def place(self) -> tuple[float, float] | None:
        """The place of the need, or None."""
        return None if self.x is None or self.y is None else (float(self.x), float(self.y))


def declines_all(profile: Profile, need: Need) -> bool:
    """Return whether a unit has said that it gives none of the kinds a need wants; not for a need that wants none."""
    return bool(profile.declined and need.wanted) and all(one.kind in profile.declined for one in need.wanted)


def sorted_kinds(need: Need) -> list[Wanted]:
    """Return the wanted kinds in the order in which they are added up."""
    return sorted(need.wanted, key=lambda one: (one.kind, one.weight))


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """How the user narrows the list. Unlike gates they say nothing against a unit.

    `sizes` holds indexes into `EMPLOYMENT_CLASSES`, -1 for unknown. With `max_distance_m` a unit
    whose distance is not known is filtered out.
    """

    sectors: frozenset[int] | None = None
    sizes: frozenset[int] | None = None
    model: Model | None = None
    max_distance_m: float | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is filtered at all."""
        return self.sectors is None and self.sizes is None and self.model is None and self.max_distance_m is None

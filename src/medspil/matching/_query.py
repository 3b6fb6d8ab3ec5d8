"""A need made ready for one index: everything that does not depend on the single row."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from medspil.matching._arrays import Bool, Float64, Int64
from medspil.matching._criteria import capability, capacity_by_size, half_point, integrated
from medspil.matching._need import Need, Profile, declines_all, sorted_kinds
from medspil.matching._search import Term, known_terms, unknown_terms
from medspil.matching._weights import Weights

if TYPE_CHECKING:
    from medspil.matching._affinity import AffinityTable
    from medspil.matching._index import Index


@dataclass(frozen=True, slots=True)
class Query:
    """A need, an index, and what follows from the two.

    Attributes
    ----------
    kinds : tuple of str
        The wanted kinds, sorted.
    affinity : ndarray of float64, shape (industries, kinds)
    capability : ndarray of float64, shape (industries,)
    terms : list of Term
        The need's words that the index knows.
    unknown : list of Term
        The others, if there are profiles that may say them.
    half : float
        The BM25 sum worth half of the relevance.
    capacity : ndarray of float64, shape (12,)
    profiles : dict of int to Profile
        Our own records by slot; units the index does not have are dropped.
    """

    index: "Index"
    need: Need
    weights: Weights
    kinds: tuple[str, ...]
    affinity: Float64
    capability: Float64
    terms: list[Term]
    unknown: list[Term]
    half: float
    capacity: Float64
    profiles: dict[int, Profile]

    @property
    def integrated(self) -> Bool:
        """Which industries carry a strategically integrated partnership, shape (industries,)."""
        return integrated(self.affinity)

    def affinity_to(self, industry: int, profile: Profile) -> Float64:
        """Return an industry's affinity to each wanted kind, 0 for those that a unit has declined, shape (kinds,)."""
        row: Float64 = self.affinity[industry].copy()
        row[[at for at, kind in enumerate(self.kinds) if kind in profile.declined]] = 0.0
        return row

    def declining(self) -> list[int]:
        """Return the slots of units that have declined all that the need wants."""
        return [slot for slot, one in self.profiles.items() if one.declined and declines_all(one, self.need)]


def prepare(index: "Index", need: Need, table: "AffinityTable", weights: Weights) -> Query:
    """Make a need ready.

    Raises
    ------
    UnknownKind
        If the need asks for a kind that the table does not have.
    """
    wanted = sorted_kinds(need)
    columns = [table.column(one.kind) for one in wanted]
    affinity = index.affinities(table)[:, columns]
    terms = known_terms(index, need.terms, places=False)
    profiles: dict[int, Profile] = {}
    if need.profiles:
        profiles = dict(zip(slots_of(index, need.profiles).tolist(), need.profiles.values(), strict=True))
        profiles.pop(-1, None)
    return Query(
        index=index,
        need=need,
        weights=weights,
        kinds=tuple(one.kind for one in wanted),
        affinity=affinity,
        capability=capability(affinity, wanted_weights(need)),
        terms=terms,
        unknown=unknown_terms(index, need.terms, terms) if profiles else [],
        half=half_point(sum(term.weight for term in terms)),
        capacity=capacity_by_size(need.effort),
        profiles=profiles,
    )


def wanted_weights(need: Need) -> Float64:
    """Return the weights of the wanted kinds in their order, shape (kinds,)."""
    return np.array([one.weight for one in sorted_kinds(need)])


def slots_of(index: "Index", numbers: Iterable[int]) -> Int64:
    """Return the slots of unit numbers in turn, -1 for those the index does not have."""
    return index.rows_of(np.fromiter(numbers, np.int64))

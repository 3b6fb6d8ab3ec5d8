"""Needs made ready to be asked the other way round: which of them fit one unit?

Everything that does not depend on the unit is worked out once, in columns with one entry per need.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from medspil.matching._arrays import Bool, Float64, Int64
from medspil.matching._blocks import SIZE_CODES
from medspil.matching._criteria import capacity_by_size, half_point, kind_shares
from medspil.matching._need import Need, sorted_kinds
from medspil.matching._search import NOWHERE, Term, known_terms, unknown_terms

if TYPE_CHECKING:
    from medspil.matching._affinity import AffinityTable
    from medspil.matching._index import Index


class Entries(NamedTuple):
    """Which needs say which words: sorted by word – those the index knows first – and then by need.

    Attributes
    ----------
    words : list of str
        The words of all needs.
    terms : ndarray of int64, shape (known words,)
        The places of the first of them in the vocabulary of the index, ascending.
    longest_first : ndarray of int64, shape (known words,)
        The known words by the length of their posting lists in the index.
    word, need : ndarray of int64, shape (entries,)
        Places of the word and of the need.
    weight : ndarray of float64, shape (entries,)
        The need's weight of the word times its idf.
    """

    words: list[str]
    terms: Int64
    longest_first: Int64
    word: Int64
    need: Int64
    weight: Float64

    def find(self, needs: int, pairs: Sequence[tuple[int, int]]) -> Int64:
        """Return the entries of pairs of word and need, which have to be there; `needs` is how many there are."""
        key = self.word * needs + self.need
        return np.searchsorted(key, [word * needs + need for word, need in pairs])


@dataclass(frozen=True, slots=True, eq=False)
class NeedPool:
    """Open needs compiled for one index and one affinity table. Make it with `NeedPool.of`; it never changes.

    Attributes
    ----------
    keys : ndarray of int64, shape (n,)
        The needs' own numbers, ascending: ties go by them.
    needs : tuple of Need, length n
    kind_column : ndarray of int64, shape (n, kinds)
        Column of the affinity table of each wanted kind, sorted by kind; the number of its kinds stands for none.
    kind_share : ndarray of float64, shape (n, kinds)
        Weights of the kinds scaled to sum 1; 0 for none.
    place : ndarray of float64, shape (2, n)
        EPSG:25832, NaN for a need without a place.
    scale, radius : ndarray of float64, shape (n,)
        Metres; an infinite radius is none.
    capacity : ndarray of float64, shape (n, 12)
        Value of each size class, the last for unknown.
    half : ndarray of float64, shape (n,)
        The BM25 sum worth half of the relevance.
    own, listed : tuple of int
        Places of the needs that bring along records of our own, and of those that name municipalities.
    entries : Entries
    """

    index: "Index"
    table: "AffinityTable"
    keys: Int64
    needs: tuple[Need, ...]
    kind_column: Int64
    kind_share: Float64
    place: Float64
    scale: Float64
    radius: Float64
    has_radius: Bool
    capacity: Float64
    half: Float64
    own: tuple[int, ...]
    listed: tuple[int, ...]
    entries: Entries

    def __len__(self) -> int:
        return len(self.needs)

    @classmethod
    def of(cls, index: "Index", needs: Mapping[int, Need], table: "AffinityTable") -> "NeedPool":
        """Compile needs by their own numbers. 10,000 take about half a second; keep the pool.

        Parameters
        ----------
        needs : Mapping[int, Need]
            Need by its own number. Needs may share one mapping of profiles: it is looked into once.

        Raises
        ------
        UnknownKind
            If a need asks for a kind that the table does not have.
        """
        keys = sorted(needs)
        listed = tuple(needs[key] for key in keys)
        column, share = _kinds(listed, table)
        halves, entries = _words(index, listed)
        by_effort = {effort: capacity_by_size(effort) for effort in {need.effort for need in listed}}
        nowhere = (np.nan, np.nan)
        return cls(
            index=index,
            table=table,
            keys=np.array(keys, np.int64),
            needs=listed,
            kind_column=column,
            kind_share=share,
            place=np.array([need.place or nowhere for need in listed], np.float64).reshape(-1, 2).T.copy(),
            scale=np.array([need.scale_m for need in listed], np.float64),
            radius=np.array([np.inf if need.radius_m is None else need.radius_m for need in listed], np.float64),
            has_radius=np.array([need.radius_m is not None for need in listed], np.bool_),
            capacity=np.array([by_effort[need.effort] for need in listed], np.float64).reshape(-1, SIZE_CODES),
            half=halves,
            own=tuple(at for at, one in enumerate(listed) if one.profiles or one.turned_down or one.consented),
            listed=tuple(at for at, one in enumerate(listed) if one.municipalities is not None),
            entries=entries,
        )


def _kinds(needs: Sequence[Need], table: "AffinityTable") -> tuple[Int64, Float64]:
    most = max((len(need.wanted) for need in needs), default=0)
    column = np.full((len(needs), most), len(table.kinds), np.int64)
    share = np.zeros((len(needs), most))
    for at, need in enumerate(needs):
        wanted = sorted_kinds(need)
        column[at, : len(wanted)] = [table.column(one.kind) for one in wanted]
        share[at, : len(wanted)] = kind_shares(np.array([one.weight for one in wanted]))
    return column, share


def _words(index: "Index", needs: Sequence[Need]) -> tuple[Float64, Entries]:
    """Return each need's half point, and all words of all needs."""
    known: dict[str, Term | None] = {}
    halves = np.empty(len(needs))
    found: list[tuple[bool, str, int, Term]] = []
    for at, need in enumerate(needs):
        terms = known_terms(index, need.terms, places=False, known=known)
        halves[at] = half_point(sum(term.weight for term in terms))
        unknown = unknown_terms(index, need.terms, terms) if len(terms) < len(need.terms) else []
        found.extend((term.id == NOWHERE, term.word, at, term) for term in [*terms, *unknown])
    found.sort(key=lambda one: one[:3])
    place: dict[str, int] = {}
    for _, word, _, _ in found:
        place.setdefault(word, len(place))
    terms_of = np.array(list(dict.fromkeys(term.id for *_, term in found if term.id != NOWHERE)), np.int64)
    starts = index.arrays["posting_start"]
    return halves, Entries(
        words=list(place),
        terms=terms_of,
        longest_first=np.argsort(starts[terms_of] - starts[terms_of + 1], kind="stable"),
        word=np.array([place[word] for _, word, _, _ in found], np.int64),
        need=np.array([at for _, _, at, _ in found], np.int64),
        weight=np.array([term.weight for *_, term in found], np.float64),
    )

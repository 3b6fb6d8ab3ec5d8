"""What is answered: the ranked units, their points, and whom the gates left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from medspil.matching._weights import Criterion

if TYPE_CHECKING:
    from medspil.matching._need import Profile


class Gate(StrEnum):
    """Why a unit is not proposed at all, in the order in which the gates are asked."""

    CEASED = "ceased"
    OUTSIDE = "outside"
    PROTECTED = "protected"
    TURNED_DOWN = "turned_down"


class Model(StrEnum):
    """The two models of partnership: through the company's core services, or beside them."""

    STRATEGICALLY_INTEGRATED = "strategically_integrated"
    ADD_ON = "add_on"


class Part(NamedTuple):
    """One criterion's share of a score: ``points = weight * value``."""

    criterion: Criterion
    value: float
    weight: float
    points: float


class RankedUnit(NamedTuple):
    """One proposed unit and why.

    Attributes
    ----------
    number : int
        The register's number of the unit.
    score : float
        The sum of the points of `parts`, rounded to 12 decimals.
    parts : tuple of Part
        All seven criteria, in the order of `Criterion`.
    distance_m : float or None
        Metres from the need as the crow flies.
    kinds : tuple of (str, float)
        The wanted kinds with this industry's affinity, best first.
    words : tuple of (str, float)
        The need's words found in the unit, with their share of the relevance points, best first.
    model : Model
        The proposed model of partnership.
    deciding_kinds : tuple of str
        The kinds that made it strategically integrated; empty for an add-on.
    profile : Profile or None
        The facts from our own records that were used.
    """

    number: int
    score: float
    parts: tuple[Part, ...]
    distance_m: float | None
    kinds: tuple[tuple[str, float], ...]
    words: tuple[tuple[str, float], ...]
    model: Model
    deciding_kinds: tuple[str, ...]
    profile: "Profile | None"


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best units and an account of all the others.

    ``considered == sum(left_out.values()) + eligible``: every unit of the index is either stopped
    by its first gate or eligible. `filtered_out` of the eligible ones do not pass the filters.
    """

    units: tuple[RankedUnit, ...]
    left_out: Mapping[Gate, int]
    eligible: int
    filtered_out: int
    considered: int


class RankedNeed(NamedTuple):
    """One need that a unit fits, and why: what `RankedUnit` says of the pair, with the need's own number.

    Every figure is the one that `rank` and `explain_unit` give for this need and this unit.

    Attributes
    ----------
    key : int
        The need's own number.
    score, parts, distance_m, kinds, words, model, deciding_kinds, profile
        As in `RankedUnit`.
    """

    key: int
    score: float
    parts: tuple[Part, ...]
    distance_m: float | None
    kinds: tuple[tuple[str, float], ...]
    words: tuple[tuple[str, float], ...]
    model: Model
    deciding_kinds: tuple[str, ...]
    profile: "Profile | None"


@dataclass(frozen=True, slots=True)
class NeedRanking:
    """The needs that a unit fits best and an account of all the others.

    ``considered == sum(left_out.values()) + eligible``: every need of the pool is either counted
    under the first gate that stops the unit there, or eligible.
    """

    needs: tuple[RankedNeed, ...]
    left_out: Mapping[Gate, int]
    eligible: int
    considered: int

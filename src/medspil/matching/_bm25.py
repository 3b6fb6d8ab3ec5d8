"""BM25: how much a term in a unit says about it.

``b = Σ query weight · idf(term) · saturation(term, unit)`` over the terms of the query. The saturation
is worked out when the index is built and stored as float32: the stored number *is* the definition,
everything after it is float64.

References
----------
Robertson, S. & Zaragoza, H. (2009), "The Probabilistic Relevance Framework: BM25 and Beyond",
doi:10.1561/1500000019. Weighted fields enter as in BM25F's simple form: weights are summed into the
term frequency before it is saturated. The idf has the +1 that keeps it above 0.
"""

import math
from typing import Final

import numpy as np

from medspil.matching._arrays import Float32, Float64

K1: Final = 1.2
B: Final = 0.5
"""Half the usual length normalisation's reach: register texts are short, and a long purpose is no fault."""

SATURATION_TOP: Final = K1 + 1.0 + 1e-6
"""No saturation is above this, not even after it is rounded to float32."""

HALF_SHARE: Final = 0.3
"""A unit with this share of the query's ideal gets half of the relevance."""


def idf(rows: int, found: int) -> float:
    """Return the inverse document frequency of a term found in `found` of `rows` units, above 0."""
    return math.log1p((rows - found + 0.5) / (found + 0.5))


def saturation(weight: Float64, length: Float64, mean_length: float) -> Float32:
    """Return the saturated term frequency, in (0, K1 + 1].

    Parameters
    ----------
    weight : ndarray of float64, shape (n,)
        The term's weight in the unit.
    length : ndarray of float64, shape (n,)
        Sum of all term weights of the unit, without its place words.
    mean_length : float
        Mean of the lengths over the index.
    """
    share = length / mean_length if mean_length > 0 else np.ones_like(length)
    value = weight * (K1 + 1.0) / (weight + K1 * (1.0 - B + B * share))
    return value.astype(np.float32)


def saturation_at_mean(weight: float) -> float:
    """Return the saturated frequency of a term in a text of mean length; 0 for a weight not above 0."""
    return weight * (K1 + 1.0) / (weight + K1) if weight > 0 else 0.0

"""Order points along a Hilbert curve, so that neighbours in the order are neighbours on the map.

References
----------
Hilbert, D. (1891), "Über die stetige Abbildung einer Linie auf ein Flächenstück",
Mathematische Annalen 38, doi:10.1007/BF01199431. The conversion goes bit by bit from the coarsest
quadrant to the finest, turning and mirroring the square so that the curve stays connected.
"""

import numpy as np

from medspil.matching._arrays import Float64, Int64

ORDER = 16
"""Bits per axis: 65,536 steps, about 7 m over Denmark."""


def hilbert_keys(x: Float64, y: Float64) -> Int64:
    """Return each point's place along the curve; points that are not finite come last.

    Parameters
    ----------
    x, y : ndarray of float64, shape (n,)
        Coordinates in metres; the square is laid around the finite ones.

    Returns
    -------
    ndarray of int64, shape (n,)
        Keys in [0, 4**ORDER), and 4**ORDER for a missing point.

    Examples
    --------
    >>> corners = np.array([0.0, 0.0, 1.0, 1.0]), np.array([0.0, 1.0, 1.0, 0.0])
    >>> np.argsort(hilbert_keys(*corners)).tolist()
    [0, 1, 2, 3]
    """
    known = np.isfinite(x) & np.isfinite(y)
    keys = np.full(x.shape, 4**ORDER, np.int64)
    if not known.any():
        return keys
    left, low = float(x[known].min()), float(y[known].min())
    span = max(float(x[known].max()) - left, float(y[known].max()) - low, 1e-9)
    top = 2**ORDER - 1
    across = np.minimum((x[known] - left) / span * top, top).astype(np.int64)
    up = np.minimum((y[known] - low) / span * top, top).astype(np.int64)
    keys[known] = _distance_along(across, up)
    return keys


def _distance_along(x: Int64, y: Int64) -> Int64:
    """Return the distance along the curve of integer cells, shape (n,)."""
    distance = np.zeros_like(x)
    side = 2 ** (ORDER - 1)
    while side:
        right = (x & side) > 0
        upper = (y & side) > 0
        distance += side * side * ((3 * right) ^ upper)
        mirrored = right & ~upper
        x = np.where(mirrored, 2**ORDER - 1 - x, x)
        y = np.where(mirrored, 2**ORDER - 1 - y, y)
        x, y = np.where(upper, x, y), np.where(upper, y, x)
        side //= 2
    return distance

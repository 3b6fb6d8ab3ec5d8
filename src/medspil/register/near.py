"""Finds what lies around a place in the index: in milliseconds, whatever the size of the register."""

from collections.abc import Mapping

import numpy as np

from medspil.register.index import open_index

Industry = tuple[str, str]
"""Code and code system."""


def industries_within(*, x: float, y: float, reach_m: float) -> Mapping[Industry, int]:
    """Return how many units in business and without advertising protection are within a distance, by industry.

    Raises `RegisterNotReady`.
    """
    return open_index().industries_within((x, y), reach_m)


def numbers_in_box(box: tuple[float, float, float, float]) -> list[int]:
    """Return the P-numbers of what the index has between west, south, east and north in metres, and a metre around.

    The index may be a little older than the register, and it rounds: what is found is to be looked up there. Raises
    `RegisterNotReady`.
    """
    index = open_index()
    west, south, east, north = box
    x, y = index.column("x"), index.column("y")
    inside = (x >= west - 1) & (x <= east + 1) & (y >= south - 1) & (y <= north + 1)
    numbers: list[int] = index.column("number")[np.flatnonzero(inside)].tolist()
    return [number for number in numbers if number > 0]

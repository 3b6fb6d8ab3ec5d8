"""Counts the companies around a place by industry, in the index: in milliseconds, whatever the size of the register."""

from collections.abc import Mapping

from medspil.register.index import open_index

Industry = tuple[str, str]
"""Code and code system."""


def industries_within(*, x: float, y: float, reach_m: float) -> Mapping[Industry, int]:
    """Return how many units in business and without advertising protection are within a distance, by industry.

    Raises `RegisterNotReady`.
    """
    return open_index().industries_within((x, y), reach_m)

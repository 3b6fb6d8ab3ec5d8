"""The worth of each further unit of a demand, so that the best flow is the fairest plan."""

from typing import Final, NamedTuple

import numpy as np

from medspil.allocation._arrays import Bool, Int64

MOST_LEVELS: Final = 400
"""Different shares that are gone through one by one where the order alone does not do."""

PACKED: Final = 2**40


class Units(NamedTuple):
    """The units that can still be given, one row each, by demand: whose it is, and the how manieth it would be."""

    demand: Int64
    number: Int64

    @classmethod
    def of(cls, given: Int64, more: Int64) -> "Units":
        """Return the units of demands that have `given` and can get `more`."""
        demand = np.repeat(np.arange(len(given)), more)
        return cls(demand, given[demand] + 1 + np.arange(len(demand)) - np.repeat(np.cumsum(more) - more, more))


def order_aim(units: Units, wanted: Int64, least: Int64) -> Int64:
    """Return the worth of units by their order alone, at least 1.

    A unit comes the earlier, the smaller the share of its demand is without it, and then the larger it is with it;
    units up to `least` come before all others.

    Notes
    -----
    What a network can bring to its demands is a polymatroid, and on one the best base depends on the order of
    worths only, not on how far they are apart. So ranks do instead of powers, and leximin takes one flow.
    """
    before, after = (units.number - 1) / wanted[units.demand], units.number / wanted[units.demand]
    order = np.lexsort((-after, before))
    new = (np.diff(before[order]) != 0) | (np.diff(after[order]) != 0)
    place = np.zeros(len(order), np.int64)
    place[order[1:]] = np.cumsum(new)
    classes = int(place.max(initial=0)) + 1
    worth: Int64 = classes - place + classes * (units.number <= least[units.demand])
    return worth


def level_aims(units: Units, wanted: Int64, least: Int64) -> list[Int64] | None:
    """Return aims that say leximin in any network, or None when there are too many different shares.

    First the least units, then, for each share v from 0 up, how many demands get more than v. Each unit counts for
    the shares from the one without it until just below the one with it. As many levels as fit are put into one aim.
    """
    before, after = (units.number - 1) / wanted[units.demand], units.number / wanted[units.demand]
    levels = np.unique(np.concatenate((before, after)))
    if len(levels) > MOST_LEVELS:
        return None
    low, high = np.searchsorted(levels, before), np.searchsorted(levels, after)
    base = len(np.unique(units.demand)) + 1
    step = max(int(np.log(PACKED) / np.log(base + 1)), 1)
    aims = [(units.number <= least[units.demand]).astype(np.int64)]
    for begin in range(0, len(levels), step):
        count = min(step, len(levels) - begin)
        worth = np.array([base ** (count - 1 - at) for at in range(count)], np.int64)
        until = np.concatenate(([0], np.cumsum(worth)))
        aims.append(until[np.clip(high - begin, 0, count)] - until[np.clip(low - begin, 0, count)])
    return aims


def least_shares_aim(units: Units, least: Int64, needed: Int64) -> tuple[Int64, int]:
    """Return the worth of units towards leasts, one whole least being worth the second value or a little more."""
    whole = 2**20
    counts: Bool = units.number <= least[units.demand]
    worth: Int64 = np.where(counts, -(-whole // np.maximum(needed[units.demand], 1)), 0)
    return worth, whole

"""Say of each demand that gets less than it wants what stands in its way."""

from collections.abc import Iterator

from medspil.allocation._plan import Limit, Reason, Shortage
from medspil.allocation._state import State

ORDER = {reason: at for at, reason in enumerate(Reason)}


def shortages(state: State) -> tuple[Shortage, ...]:
    """Return one shortage for each demand that is short, by ident."""
    return tuple(
        Shortage(one.ident, state.wanted[row] - state.given[row], limits_of(state, row))
        for row, one in enumerate(state.table.demands)
        if state.given[row] < state.wanted[row]
    )


def offered_edges(state: State, demand: int) -> Iterator[int]:
    """Yield the edges of a demand, without pairs that are only locked."""
    first, offered = state.table.first, state.table.offered
    return (edge for edge in range(int(first[demand]), int(first[demand + 1])) if offered[edge])


def limits_of(state: State, demand: int) -> tuple[Limit, ...]:
    """Return what stands in the way of one demand.

    In the network of what is left, each pair that does not reach its demand any more is cut by the limits named
    here. Where a pair is cut by one limit alone, lifting that lets a unit (or lot) through, and nobody loses.
    """
    edges = list(offered_edges(state, demand))
    if not edges:
        return (Limit(Reason.NO_EDGE, enough=False),)
    lacking = _lacking(state, demand)
    alone: dict[Reason, set[str]] = {}
    together: dict[Reason, set[str]] = {}
    for edge in edges:
        step = state.step(edge)
        found = state.obstacles(edge, step)
        single = len(found) == 1 and step >= lacking
        for reason, name in found:
            (alone if single else together).setdefault(reason, set()).add(name)
    limits = [
        Limit(reason, tuple(sorted(names - {""})), enough)
        for group, enough in ((alone, True), (_without(together, alone), False))
        for reason, names in group.items()
    ]
    if lacking > 1 and (possible := could_get(state, edges)):
        limits.append(Limit(Reason.BELOW_LEAST, enough=True, amount=possible))
    return tuple(sorted(limits, key=lambda one: (ORDER[one.reason], not one.enough)))


def _without(together: dict[Reason, set[str]], alone: dict[Reason, set[str]]) -> dict[Reason, set[str]]:
    """Return the limits that never stand in the way alone."""
    left = {reason: names - alone.get(reason, set()) for reason, names in together.items()}
    return {reason: names for reason, names in left.items() if names}


def _lacking(state: State, demand: int) -> int:
    """Return the units without which more is nothing: 1, or all up to the least where the rules say so."""
    short = int(state.table.least[demand]) - state.given[demand]
    return max(short, 1) if state.table.rules.least_or_nothing else 1


def could_get(state: State, edges: list[int]) -> int:
    """Return how much these pairs could bring their demand if its least did not matter; all else stays."""
    added = []
    for edge in edges:
        room = state.room(edge)
        state.add(edge, room)
        added.append((edge, room))
    for edge, room in added:
        state.add(edge, -room)
    return sum(room for _, room in added)

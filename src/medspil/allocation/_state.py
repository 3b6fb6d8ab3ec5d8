"""A plan in the making: what each has, and what stands in the way of one more unit on a pair."""

from typing import NamedTuple

from medspil.allocation._arrays import Int64, ints
from medspil.allocation._plan import Reason
from medspil.allocation._table import Table


class Obstacle(NamedTuple):
    """A limit that more units on a pair would break, and whose it is."""

    reason: Reason
    name: str = ""


class State:
    """Amounts per edge with everything that follows from them, kept up to date one pair at a time."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.demand: list[int] = table.demand.tolist()
        self.supply: list[int] = table.supply.tolist()
        self.most: list[int] = table.most.tolist()
        self.wanted: list[int] = table.wanted.tolist()
        self.capacity: list[int] = table.capacity.tolist()
        self.whole: list[bool] = table.whole.tolist()
        self.pattern: list[int] = table.pattern.tolist()
        self.banned: list[bool] = table.banned.tolist()
        self.supply_group: list[int] = table.supply_groups.of.tolist()
        self.demand_group: list[int] = table.demand_groups.of.tolist()
        self.amount = [0] * len(self.demand)
        self.locked = [False] * len(self.demand)
        self.given = [0] * len(self.wanted)
        self.used = [0] * len(self.capacity)
        self.from_group = [0] * len(table.supply_groups.names)
        self.to_group = [0] * len(table.demand_groups.names)
        self.between: dict[tuple[int, int], int] = {}  # (supply group, demand)
        self.across: dict[tuple[int, int], int] = {}  # (supply, demand group)
        self.busy: dict[int, list[int]] = {}  # supply to the patterns of the demands it serves
        self.suppliers = [0] * len(self.wanted)

    def add(self, edge: int, units: int) -> None:
        """Put units on a pair; negative: take them away. Nothing is asked."""
        if not units:
            return
        demand, supply = self.demand[edge], self.supply[edge]
        before = self.amount[edge]
        self.amount[edge] = before + units
        self.given[demand] += units
        self.used[supply] += units
        giver, taker = self.supply_group[supply], self.demand_group[demand]
        if giver >= 0:
            self.from_group[giver] += units
            self.between[giver, demand] = self.between.get((giver, demand), 0) + units
        if taker >= 0:
            self.to_group[taker] += units
            self.across[supply, taker] = self.across.get((supply, taker), 0) + units
        if (before > 0) != (before + units > 0):
            self._meet(demand, supply, begin=before == 0)

    def _meet(self, demand: int, supply: int, *, begin: bool) -> None:
        self.suppliers[demand] += 1 if begin else -1
        pattern = self.pattern[demand]
        if pattern >= 0 and begin:
            self.busy.setdefault(supply, []).append(pattern)
        elif pattern >= 0:
            self.busy[supply].remove(pattern)

    def step(self, edge: int) -> int:
        """Return the fewest units by which a pair can grow: a lot goes whole."""
        supply = self.supply[edge]
        return max(self.capacity[supply], 1) if self.whole[supply] else 1

    def obstacles(self, edge: int, units: int) -> list[Obstacle]:
        """Return all that stands in the way of so many units more on a pair; what the demand wants is not asked."""
        demand, supply = self.demand[edge], self.supply[edge]
        name = self.table.supplies[supply].ident
        found = []
        if self.banned[edge]:
            found.append(Obstacle(Reason.BANNED, name))
        if self.locked[edge]:
            found.append(Obstacle(Reason.PAIR_LOCKED, name))
        if self.amount[edge] + units > self.most[edge]:
            found.append(Obstacle(Reason.EDGE_FULL, name))
        if self.used[supply] + units > self.capacity[supply]:
            found.append(Obstacle(Reason.SUPPLY_FULL, name))
        found += self._of_groups(demand, supply, units)
        if self.amount[edge] == 0:
            found += self._of_meeting(demand, supply)
        elif self.whole[supply]:
            found += self._of_suppliers(demand)  # a second lot like the one it has would come from another supplier
        if self.whole[supply] and self.given[demand] + units > self.wanted[demand]:
            found.append(Obstacle(Reason.LOT_TOO_LARGE, name))
        return found

    def _of_groups(self, demand: int, supply: int, units: int) -> list[Obstacle]:
        table, found = self.table, []
        giver, taker = self.supply_group[supply], self.demand_group[demand]
        if giver >= 0:
            if self.from_group[giver] + units > table.supply_groups.limit[giver]:
                found.append(Obstacle(Reason.SUPPLY_GROUP_FULL, table.supply_groups.names[giver]))
            limit = table.rules.most_from_group
            if limit is not None and self.between.get((giver, demand), 0) + units > limit:
                found.append(Obstacle(Reason.FROM_GROUP_FULL, table.supply_groups.names[giver]))
        if taker >= 0:
            if self.to_group[taker] + units > table.demand_groups.limit[taker]:
                found.append(Obstacle(Reason.DEMAND_GROUP_FULL, table.demand_groups.names[taker]))
            limit = table.rules.most_to_group
            if limit is not None and self.across.get((supply, taker), 0) + units > limit:
                found.append(Obstacle(Reason.TO_GROUP_FULL, table.supplies[supply].ident))
        return found

    def _of_meeting(self, demand: int, supply: int) -> list[Obstacle]:
        found = []
        pattern = self.pattern[demand]
        if pattern >= 0 and any(self.table.clash[pattern, other] for other in self.busy.get(supply, ())):
            found.append(Obstacle(Reason.TIME_CLASH, self.table.supplies[supply].ident))
        return found + self._of_suppliers(demand)

    def _of_suppliers(self, demand: int) -> list[Obstacle]:
        most = self.table.rules.most_supplies
        return [Obstacle(Reason.MOST_SUPPLIES)] if most is not None and self.suppliers[demand] >= most else []

    def room(self, edge: int) -> int:
        """Return how many units more a pair can carry by all rules but that of the least."""
        demand, supply = self.demand[edge], self.supply[edge]
        if self.banned[edge] or self.locked[edge]:
            return 0
        left = self.wanted[demand] - self.given[demand]
        room = min(left, self.capacity[supply] - self.used[supply], self.most[edge] - self.amount[edge])
        giver, taker = self.supply_group[supply], self.demand_group[demand]
        rules = self.table.rules
        if giver >= 0:
            room = min(room, self.table.supply_groups.limit[giver] - self.from_group[giver])
            if rules.most_from_group is not None:
                room = min(room, rules.most_from_group - self.between.get((giver, demand), 0))
        if taker >= 0:
            room = min(room, self.table.demand_groups.limit[taker] - self.to_group[taker])
            if rules.most_to_group is not None:
                room = min(room, rules.most_to_group - self.across.get((supply, taker), 0))
        if room <= 0 or (self.amount[edge] == 0 and self._of_meeting(demand, supply)):
            return 0
        if self.whole[supply]:
            return self.capacity[supply] if room >= self.capacity[supply] else 0
        return room

    def put(self, amounts: Int64) -> None:
        """Bring all pairs to these amounts."""
        for edge in range(len(self.amount)):
            self.add(edge, int(amounts[edge]) - self.amount[edge])

    def amounts(self) -> Int64:
        """Return the amounts of all pairs."""
        return ints(self.amount)

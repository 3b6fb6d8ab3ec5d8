"""DuckDB, native in-memory tables, in the fastest way we know.

Tried: the industries' values as a list literal or as a joined table, one thread or two. Nationwide
the join is faster, within 10 km the list; each is used where it is faster, and both thread counts run.
"""

import duckdb
import numpy as np

from bench.engines import TOP
from bench.plain import Plain
from medspil.matching import DEFAULT_WEIGHTS, AffinityTable, Index, Need, Profile
from medspil.matching._exact import own_values
from medspil.matching._query import Query, prepare


class Duck:
    """One connection with two tables; returns the fifty with the points of each criterion."""

    def __init__(self, index: Index, table: AffinityTable, data: Plain, *, threads: int) -> None:
        self.index, self.table = index, table
        self.name = f"DuckDB {duckdb.__version__}, {threads} thread{'s' * (threads > 1)}"
        self.connection = duckdb.connect(config={"threads": threads})
        units = {  # noqa: F841 - DuckDB reads local names
            "place": np.arange(len(data.number), dtype=np.int32),
            "number": data.number,
            "x": data.x,
            "y": data.y,
            "industry": data.industry,
            "size": data.size,
        }
        postings = {"term": data.term, "place": data.row, "impact": data.impact}  # noqa: F841 - DuckDB reads local names
        # A unit without a point lies at infinity, as in our own columns: exp(-inf) is 0.
        self.connection.execute("create table unit as select * from units order by place")
        self.connection.execute("create table posting as select * from postings order by term, place")

    def ask(self, need: Need) -> list[int]:
        """Rank; the points come with the winners."""
        query = prepare(self.index, need, self.table, DEFAULT_WEIGHTS)
        fit = {"i": np.arange(len(query.capability), dtype=np.int16), "value": query.capability}
        self.connection.register("fit", fit)
        return [int(row[0]) for row in self.connection.execute(_statement(query)).fetchall()]


def _statement(query: Query) -> str:
    need, weights = query.need, query.weights
    commitment, relation, fairness = own_values(Profile(), need)
    constant = weights.commitment * commitment + weights.relation * relation + weights.fairness * fairness
    place = need.place or (0.0, 0.0)
    distance = f"sqrt((x - {place[0]!r}) * (x - {place[0]!r}) + (y - {place[1]!r}) * (y - {place[1]!r}))"
    capacity = "[" + ", ".join(repr(value) for value in query.capacity.tolist()) + "]"
    terms = ", ".join(str(term.id) for term in query.terms) or "-1"
    weighed = " ".join(f"when {term.id} then {term.weight!r}" for term in query.terms) or "when -1 then 0.0"
    source, value, where = "unit join fit on i = industry", "value", "true"
    if need.radius_m is not None:
        source = "unit"
        value = f"[{', '.join(map(repr, query.capability.tolist()))}][industry + 1]"
        reach = need.radius_m
        where = (
            f"x between {place[0] - reach!r} and {place[0] + reach!r} "
            f"and y between {place[1] - reach!r} and {place[1] + reach!r} and {distance} <= {reach!r}"
        )
    return f"""
        with text as (
            select place, sum(impact * case term {weighed} end) as b
            from posting where term in ({terms}) group by place
        ), points as (
            select number,
                {weights.capability!r} * {value} as capability,
                {weights.relevance!r} * coalesce(b / (b + {query.half!r}), 0) as relevance,
                {weights.proximity!r} * exp(-{distance} / {need.scale_m!r}) as proximity,
                {weights.capacity!r} * {capacity}[case when size < 0 then 12 else size + 1 end] as capacity
            from {source} left join text using (place) where {where}
        )
        select *, round(capability + relevance + proximity + capacity + {constant!r}, 12) as score
        from points order by score desc, number limit {TOP}
    """

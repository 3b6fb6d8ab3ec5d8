"""The other directions: which needs fit a company, and every need against the whole register."""

import os
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from bench.needs import make_needs, nearby
from bench.register import Register
from medspil.matching import AffinityTable, Index, NeedPool, UnitRecord, rank_all, rank_needs

OPEN_NEEDS: Final = 10_000
ASKED: Final = 200
BATCH: Final = 1_000
KEPT: Final = 100
Rows = list[tuple[str, str]]


def reverse(index: Index, register: Register, table: AffinityTable, needs: int = OPEN_NEEDS) -> Rows:
    """Return the figures of asking for the best fifty of many needs, for units of the index and for new ones."""
    made = [nearby(need) if at % 2 else need for at, need in enumerate(make_needs(register, needs))]
    began = time.perf_counter()
    pool = NeedPool.of(index, dict(enumerate(made)), table)
    compiled = time.perf_counter() - began
    numbers = np.random.default_rng(1).choice(index.arrays["number_sorted"], ASKED).tolist()
    records = [replace(record, number=0) for record, _ in zip(register.records(), range(ASKED), strict=False)]
    words = len(pool.entries.words)
    return [
        (f"making the pool of {needs:,} needs ready, {words:,} words, once", f"{1000 * compiled:.0f} ms"),
        ("a unit of the index, p50 / p95", _asked(pool, numbers)),
        ("a record that the index does not have, p50 / p95", _asked(pool, records)),
    ]


def _asked(pool: NeedPool, units: Sequence[int] | Sequence[UnitRecord]) -> str:
    times = []
    for unit in units:
        began = time.perf_counter()
        rank_needs(pool, unit)
        times.append(1000 * (time.perf_counter() - began))
    middle, late = np.quantile(times, [0.5, 0.95]).tolist()
    return f"{middle:.1f} / {late:.1f} ms"


def batch(index: Index, register: Register, table: AffinityTable, needs: int = BATCH) -> Rows:
    """Return needs per second against the whole register, the best hundred each."""
    made = dict(enumerate(make_needs(register, needs)))
    rows = []
    for processes in (1, 2):
        began, computing = time.perf_counter(), _computing()
        first = 0.0
        for _ in rank_all(index, made, table, k=KEPT, processes=processes):
            first = first or time.perf_counter() - began
        took, computed = time.perf_counter() - began, _computing() - computing
        name = f"{needs:,} needs × {index.info.active_rows:,} units, best {KEPT}, processes: {processes}"
        rows.append((name, f"{needs / took:.0f} needs/s ({needs / computed:.0f} per second of computing)"))
        if processes > 1:
            rows.append(("of that until the first answer: starting the processes", f"{first:.1f} s"))
    return rows


def _computing() -> float:
    """Return the seconds computed by this process and by those it started that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system

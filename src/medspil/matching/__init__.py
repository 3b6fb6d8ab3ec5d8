"""Exact, explained ranking of the units of a register for a need. NumPy is all it takes.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> records = [
...     UnitRecord(1, "433200", "DB07", 461, 588_000, 6_140_000, 4, True, False, 0, {"tømrer": 1.0}),
...     UnitRecord(2, "561010", "DB07", 461, 589_000, 6_141_000, 2, True, False, 0, {"café": 1.0}),
...     UnitRecord(3, "433200", "DB07", 461, 588_500, 6_140_500, 3, True, True, 0, {"tømrer": 1.0}),
... ]
>>> table = AffinityTable("1", ("apprenticeships",), {("43", ""): [0.9], ("56", ""): [0.4]})
>>> need = Need(wanted=(Wanted("apprenticeships"),), terms={"tømrer": 1.0}, x=588_000, y=6_140_000)
>>> with TemporaryDirectory() as name:
...     info = build_index(records, Path(name), source="example", date="2025-01-01")
...     ranking = rank(Index.open(Path(name)), need, table)
>>> [(unit.number, str(unit.model)) for unit in ranking.units]
[(1, 'strategically_integrated'), (2, 'add_on')]
>>> ranking.left_out[Gate.PROTECTED], ranking.eligible
(1, 2)
>>> best = ranking.units[0]
>>> abs(sum(part.points for part in best.parts) - best.score) < 1e-9
True
"""

from medspil.matching._affinity import AffinityTable, AffinityTableInvalid, UnknownKind, read_affinity_csv
from medspil.matching._answer import Gate, Model, NeedRanking, Part, RankedNeed, RankedUnit, Ranking
from medspil.matching._batch import NeedTop, rank_all
from medspil.matching._batch_file import BatchFile, BatchOfAnother, batch_id
from medspil.matching._build import BuildRunning, build_index
from medspil.matching._criteria import INTEGRATED_FROM
from medspil.matching._format import (
    ENGINE_VERSION,
    FORMAT_VERSION,
    IndexDamaged,
    IndexInfo,
    IndexMissing,
    IndexOutdated,
    IndexUnusable,
)
from medspil.matching._index import Index
from medspil.matching._layout import DuplicateNumber
from medspil.matching._need import Filters, Need, Profile, Wanted
from medspil.matching._pool import NeedPool
from medspil.matching._rank import UnknownNumber, explain_unit, rank
from medspil.matching._record import EMPLOYMENT_CLASSES, PRIVATE, PUBLIC, UNKNOWN_SIZE, VOLUNTARY, UnitRecord
from medspil.matching._reverse import rank_needs
from medspil.matching._weights import DEFAULT_WEIGHTS, Criterion, Weights

__all__ = [
    "DEFAULT_WEIGHTS",
    "EMPLOYMENT_CLASSES",
    "ENGINE_VERSION",
    "FORMAT_VERSION",
    "INTEGRATED_FROM",
    "PRIVATE",
    "PUBLIC",
    "UNKNOWN_SIZE",
    "VOLUNTARY",
    "AffinityTable",
    "AffinityTableInvalid",
    "BatchFile",
    "BatchOfAnother",
    "BuildRunning",
    "Criterion",
    "DuplicateNumber",
    "Filters",
    "Gate",
    "Index",
    "IndexDamaged",
    "IndexInfo",
    "IndexMissing",
    "IndexOutdated",
    "IndexUnusable",
    "Model",
    "Need",
    "NeedPool",
    "NeedRanking",
    "NeedTop",
    "Part",
    "Profile",
    "RankedNeed",
    "RankedUnit",
    "Ranking",
    "UnitRecord",
    "UnknownKind",
    "UnknownNumber",
    "Wanted",
    "Weights",
    "batch_id",
    "build_index",
    "explain_unit",
    "rank",
    "rank_all",
    "rank_needs",
    "read_affinity_csv",
]

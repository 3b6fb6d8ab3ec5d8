"""Writes the files: one zipped CSV per entity, made in pieces by as many processes as there are cores."""

import json
import os
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np

from bench.country.draws import Ints, Shuffle
from bench.country.headers import GENERATION, HEADERS, file_name
from bench.country.land import DOORS
from bench.country.nation import EPOCH, Nation
from bench.country.rows import Rows, Subjects
from bench.country.sheets import SHEETS, Sheet
from bench.country.trades import FOREIGN, FORM_TEXTS, FORMS

PART: Final = 120_000  # rows made at a time, about
LEVEL: Final = 1
MANIFEST: Final = "register.json"
STAMP: Final = (2026, 9, 19, 3, 0, 0)
STATUSES: Final = ("aktiv", "ophørt", "under konkurs", "under frivillig likvidation", "under tvangsopløsning")
SERIES: Final = (
    "AarsbeskaeftigelseAntalAnsatte",
    "ErstMaanedsbeskaeftigelseAntalAnsatte",
    "ErstMaanedsbeskaeftigelseAntalAarsvaerk",
)  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """What register is wanted."""

    active: int
    total: int
    seed: int
    week: int


def write(folder: Path, wish: Wish, *, tell: Callable[[str], None] = lambda text: None) -> dict[str, Any]:
    """Write all files and `register.json`, which says what is in them; return that. What is there is not made again."""
    folder.mkdir(parents=True, exist_ok=True)
    if there := _written_before(folder, wish):
        return there
    began = time.perf_counter()
    entities: dict[str, Any] = {}
    workers = os.cpu_count() or 1 if wish.total > 20_000 else 1
    for entity, facts in _written(folder, wish, workers):
        entities[entity] = facts
        tell(f"{entity}: {facts['rows']:,} rows, {facts['bytes'] / 1e6:,.0f} MB of CSV")
    told = {
        "active": wish.active,
        "total": wish.total,
        "seed": wish.seed,
        "week": wish.week,
        "entities": {entity: entities[entity] for entity in HEADERS},
    }
    (folder / MANIFEST).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return told | {"seconds": time.perf_counter() - began}


def _written_before(folder: Path, wish: Wish) -> dict[str, Any] | None:
    """Return what stands in a folder that holds these very files; `register.json` is written when all are whole."""
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return None
    told: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
    return told | {"seconds": 0.0} if all(told[name] == value for name, value in asdict(wish).items()) else None


def _written(folder: Path, wish: Wish, workers: int) -> Iterator[tuple[str, dict[str, int]]]:
    if workers == 1:
        writer = Writer(wish)
        for entity in SHEETS:
            yield entity, writer.entity(folder, entity)
        return
    with ProcessPoolExecutor(workers, get_context("spawn"), initializer=_prepare, initargs=(wish,)) as pool:
        waiting = {entity: pool.submit(_one, folder, entity) for entity in SHEETS}  # the longest come first
        for entity, done in waiting.items():
            yield entity, done.result()


_writer: "Writer | None" = None


def _prepare(wish: Wish) -> None:
    global _writer  # noqa: PLW0603 - one per process
    _writer = Writer(wish)


def _one(folder: Path, entity: str) -> dict[str, int]:
    assert _writer is not None
    return _writer.entity(folder, entity)


class Writer:
    """Writes entities of one register, one after the other."""

    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        self.nation = Nation(active=wish.active, total=wish.total, seed=wish.seed, week=wish.week)
        self.rows = Rows(self.nation)
        self.database = duckdb.connect(config={"threads": 1, "preserve_insertion_order": True})
        self.database.execute("set enable_progress_bar = false")
        for name, value in _lists(self.nation).items():
            self.database.execute(f"set variable {name} = ?", [value])

    def entity(self, folder: Path, entity: str) -> dict[str, int]:
        """Write one entity; a file that is not finished keeps another name."""
        sheet, name = SHEETS[entity], file_name(entity, self.wish.week)
        self.database.execute("set variable entity = ?", [entity])
        cells = ", ".join(f'{sheet.cells.get(column, "null")} as "{column}"' for column in HEADERS[entity])
        piece, target = folder / f".{name}.part", folder / f"{name}.zip"
        unfinished = folder / f".{name}.zip"
        rows = 0
        entry = zipfile.ZipInfo(f"{name}.csv", STAMP)
        entry.compress_type = zipfile.ZIP_DEFLATED
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as packed:
            entry._compresslevel = LEVEL  # type: ignore[attr-defined]  # there is no public way for a stream
            with packed.open(entry, "w", force_zip64=True) as out:
                out.write((",".join(HEADERS[entity]) + "\n").encode())
                for some in self._subjects(sheet):
                    part = sheet.make(self.rows, some)
                    rows += len(part["a"])
                    self.database.execute(f"copy (select {cells} from part) to '{piece}' (format csv, header false)")
                    out.write(piece.read_bytes())
            info = packed.getinfo(f"{name}.csv")
        piece.unlink(missing_ok=True)
        unfinished.replace(target)
        return {"rows": rows, "bytes": info.file_size, "packed": info.compress_size, "crc": info.CRC}

    def _subjects(self, sheet: Sheet) -> Iterator[Subjects]:
        """Yield the subjects of a file in an order of their own, some at a time; what is new comes last."""
        nation = self.nation
        units, companies = (nation.total, nation.companies)
        kinds = {
            "units": (units, 0, 0),
            "companies": (0, companies, 0),
            "both": (units, companies, 0),
            "everybody": (units, companies, self.rows.people),
            "houses": (nation.land.houses, 0, 0),
        }[sheet.of]
        order = Shuffle(sum(kinds), len(sheet.cells))
        step = max(1_000, PART // sheet.rows_each)
        for begin in range(0, order.count, step):
            at = order(np.arange(begin, min(begin + step, order.count), dtype=np.int64))
            yield _apart(at, kinds)
        if nation.new and sheet.of != "houses":
            fresh = np.arange(nation.new, dtype=np.int64)
            nobody = fresh[:0]
            yield Subjects(fresh + units if kinds[0] else nobody, fresh + companies if kinds[1] else nobody, nobody)


def _apart(at: Ints, kinds: tuple[int, int, int]) -> Subjects:
    units, companies, _people = kinds
    return Subjects(
        at[at < units],
        at[(at >= units) & (at < units + companies)] - units,
        at[at >= units + companies] - units - companies,
    )


def _lists(nation: Nation) -> dict[str, Any]:
    """Return what the SQL looks up by number."""
    land = nation.land
    return {
        "minutes": [f"T{minute // 60:02d}:{minute % 60:02d}:{minute * 7 % 60:02d}.000000Z" for minute in range(1_440)],
        "updated": f"{EPOCH + timedelta(days=nation.today)}T02:14:07.331290Z",
        "sequence": GENERATION + nation.week - 1,
        "streets": land.streets.name,
        "towns": land.towns,
        "municipalities": [str(code) for code in land.municipalities],
        "municipality_names": land.municipality_names,
        "floors": [floor for floor, _side in DOORS],
        "sides": [side for _floor, side in DOORS],
        "countries": [code for code, _town, _postcode in FOREIGN],
        "abroad": [f"{postcode} {town}" for _code, town, postcode in FOREIGN],
        "statuses": list(STATUSES),
        "series": list(SERIES),
        "forms": list(FORMS),
        "form_texts": [FORM_TEXTS[code] for code in FORMS],
        "codes25": nation.db25.codes,
        "titles25": nation.db25.titles,
        "codes07": nation.db07.codes,
        "titles07": nation.db07.titles,
    }

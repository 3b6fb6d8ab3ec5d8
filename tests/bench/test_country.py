"""The made-up country is the same on every machine, looks like the register, and the real import takes it."""

# ruff: noqa: S608 - the statements are put together from constants of this file

import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import numpy as np
import pytest
from django.core.files import File

from bench.country.draws import Draws, Shuffle, Weighted
from bench.country.headers import HEADERS, file_name
from bench.country.nation import Nation
from bench.country.numbers import cvr_number, subject_id, unit_number
from bench.country.writing import Wish, write
from medspil.register import services
from medspil.register.models import ImportRun, PointQuality, Unit, UnitStatus

ACTIVE, TOTAL, SEED = 2_000, 5_600, 8
PINNED_BELOW, PINNED_PICK = [100, 624, 511, 631], [0, 2, 2, 2]


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("country")
    for week in (1, 2):
        write(folder / f"week{week}", Wish(ACTIVE, TOTAL, SEED, week))
    return folder


@pytest.fixture(scope="module")
def tables(country: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("unpacked")
    database = duckdb.connect()
    for entity in HEADERS:
        with zipfile.ZipFile(country / "week1" / f"{file_name(entity, 1)}.zip") as packed:
            path = packed.extract(f"{file_name(entity, 1)}.csv", folder)
        database.execute(f"create view {entity} as from read_csv('{path}', all_varchar=true, header=true)")
    database.execute("""create table living as select id, "tilknyttetVirksomhedsCVRNummer" as cvr from Produktionsenhed
        where "produktionsenhedOphoersdato" is null and "tilknyttetTilVirksomhedOphoersdato" is null
            and "virkningTil" is null""")
    yield database
    database.close()


def share(database: duckdb.DuckDBPyConnection, of_living: str) -> float:
    row = database.execute(f"select avg(({of_living})::int) from living").fetchone()
    assert row is not None
    return float(row[0])


def told(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "register.json").read_text(encoding="utf-8"))
    return found


def test_draws_are_whole_numbers_that_no_machine_and_no_version_changes() -> None:
    at = np.arange(4, dtype=np.int64)
    assert Draws(1).below("a", at, 1_000).tolist() == PINNED_BELOW
    assert Draws(1).pick("a", at, Weighted([1, 2, 3])).tolist() == PINNED_PICK
    assert Draws(2).below("a", at, 1_000).tolist() != PINNED_BELOW


@pytest.mark.parametrize("count", [1, 2, 17, 1_000])
def test_a_shuffle_meets_everybody_once(count: int) -> None:
    assert sorted(Shuffle(count, 3)(np.arange(count, dtype=np.int64)).tolist()) == list(range(count))


def test_numbers_are_valid_and_nobody_shares_one() -> None:
    at = np.arange(50_000, dtype=np.int64)
    cvr = cvr_number(at)
    digits = cvr[:, None] // 10 ** np.arange(7, -1, -1) % 10
    assert not (digits @ np.array([2, 7, 6, 5, 4, 3, 2, 1]) % 11).any()
    assert len(np.unique(cvr)) == len(np.unique(unit_number(at))) == len(np.unique(subject_id("unit", at))) == len(at)


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(country: Path, tmp_path: Path) -> None:
    first = told(country / "week1")["entities"]
    assert write(tmp_path / "again", Wish(ACTIVE, TOTAL, SEED, 1))["entities"] == first
    other = write(tmp_path / "other", Wish(ACTIVE, TOTAL, SEED + 1, 1))["entities"]
    assert all(other[entity]["crc"] != first[entity]["crc"] for entity in HEADERS)


def test_every_file_has_its_attributes_and_whole_rows(tables: duckdb.DuckDBPyConnection, country: Path) -> None:
    for entity, facts in told(country / "week1")["entities"].items():
        columns = [row[0] for row in tables.execute(f"describe {entity}").fetchall()]
        assert columns == list(HEADERS[entity])
        assert tables.execute(f"select count(*) from {entity}").fetchone() == (facts["rows"],)


def test_it_looks_like_the_register(tables: duckdb.DuckDBPyConnection) -> None:
    assert tables.execute("select count(*), count(distinct id) from living").fetchone() == (ACTIVE, ACTIVE)
    now = '"virkningTil" is null and "registreringTil" is null'
    name = f"""select "CVREnhedsId" from Navn where {now} and sekvens = '0' and vaerdi ilike '% v/%'"""
    assert share(tables, f"id in ({name})") == pytest.approx(0.07, abs=0.025)
    here = f"""select "CVREnhedsId" from Adressering where {now}"""
    assert share(tables, f'id in ({here} and "Adresse" is null)') == pytest.approx(0.03, abs=0.015)
    assert share(tables, f"id in ({here} and \"CVRAdresse_kommunenavn\" = 'KØBENHAVN')") == pytest.approx(
        0.11, abs=0.03
    )
    assert share(tables, 'id in (select "CVREnhedsId" from Beskaeftigelse)') == pytest.approx(0.34, abs=0.04)
    assert 0 < share(tables, "cvr is null") < 0.01
    wished = f"""select avg((vaerdi = 'true')::int) from Reklamebeskyttelse where {now}"""
    assert tables.execute(wished).fetchone() == (pytest.approx(0.20, abs=0.03),)


def test_every_address_with_an_id_has_a_point_in_its_postal_area(tables: duckdb.DuckDBPyConnection) -> None:
    found = tables.execute("""
        select count(*), count(point.position) from Adressering as place
        left join Adresse as door on door.id_lokalId = place."Adresse"
        left join Husnummer as house on house.id_lokalId = door.husnummer
        left join Adressepunkt as point on point.id_lokalId = house.adgangspunkt and point."virkningTil" is null
        where place."Adresse" is not null""").fetchone()
    assert found is not None
    assert found[0] == found[1] > ACTIVE


def test_a_hundredth_changes_in_a_week(country: Path) -> None:
    first, second = (told(country / f"week{week}")["entities"] for week in (1, 2))
    grown = {entity: second[entity]["rows"] - first[entity]["rows"] for entity in HEADERS}
    assert grown["Virksomhedsform"] == ACTIVE * 2 // 1_000  # as many as there are new companies
    assert 0 < grown["Navn"] < ACTIVE * 4 // 100
    assert grown["Husnummer"] == 0


@pytest.mark.django_db
def test_the_import_takes_it_again_and_a_week_later(country: Path) -> None:
    first = bring_in(country / "week1", date(2026, 9, 19))
    assert (first.added, first.rejected) == (ACTIVE, 0)
    assert first.findings["left_out"]["ceased_before"] == TOTAL - ACTIVE
    placed = Unit.objects.filter(point_quality=PointQuality.ADDRESS).count()
    assert placed == pytest.approx(ACTIVE * 0.97, abs=ACTIVE * 0.015)
    assert not Unit.objects.filter(name__icontains=" v/").exists()

    again = bring_in(country / "week1", date(2026, 9, 19))
    assert (again.added, again.changed, again.gone, again.unchanged) == (0, 0, 0, ACTIVE)

    later = bring_in(country / "week2", date(2026, 9, 26))
    assert later.added == ACTIVE * 2 // 1_000
    assert 0 < later.changed < ACTIVE * 2 // 100
    assert (later.gone, later.rejected) == (0, 0)
    nation = Nation(active=ACTIVE, total=TOTAL, seed=SEED, week=2)
    units = np.arange(nation.every_unit, dtype=np.int64)
    ended = unit_number(units[nation.unit_change(units) == 2]).tolist()
    ceased = Unit.objects.filter(status=UnitStatus.CEASED).order_by("number").values_list("number", flat=True)
    assert list(ceased) == sorted(ended)
    assert ended


def bring_in(folder: Path, day: date) -> ImportRun:
    def clock() -> datetime:
        return datetime(2026, 9, 30, 8, tzinfo=UTC)

    paths = sorted(folder.glob("*.zip"))
    opened = [path.open("rb") for path in paths]
    try:
        run = services.receive_files(
            creation_key=uuid4(),
            files=[(path.name, File(file, name=path.name)) for path, file in zip(paths, opened, strict=True)],
            source="CVR",
            source_date=day,
            now=clock(),
        )
    finally:
        for file in opened:
            file.close()
    services.compare(run=run, clock=clock)
    services.apply(run=run, clock=clock)
    return run

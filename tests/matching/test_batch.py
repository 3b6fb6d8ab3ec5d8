"""All needs at once: the same best as one by one, in any number of processes, stopped and taken up again."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from bench.needs import make_needs, make_table, nearby
from bench.register import make
from medspil.matching import (
    BatchFile,
    BatchOfAnother,
    Index,
    Need,
    NeedTop,
    UnitRecord,
    UnknownKind,
    Wanted,
    batch_id,
    build_index,
    rank,
    rank_all,
)
from tests.matching import strategies as some
from tests.matching.helpers import opened
from tests.matching.test_reverse import pools

TABLE = make_table()
REGISTER = make(2_000)
NEEDS = {at: need if at % 2 else nearby(need) for at, need in enumerate(make_needs(REGISTER, 40))}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("index")
    build_index(REGISTER.records(), folder, source="test", date="2025-01-01")
    return Index.open(folder)


def plain(top: NeedTop) -> list[object]:
    return [one.tolist() if isinstance(one, np.ndarray) else one for one in top]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.registers(), pools)
def test_every_need_gets_what_ranking_it_gives(records: list[UnitRecord], needs: dict[int, Need]) -> None:
    index = opened(records)
    tops = list(rank_all(index, needs, some.TABLE, k=7))

    assert [top.key for top in tops] == sorted(needs)
    for top in tops:
        found = rank(index, needs[top.key], some.TABLE, k=7)
        assert top.numbers.tolist() == [unit.number for unit in found.units]
        assert top.scores.tolist() == [unit.score for unit in found.units]
        assert top.points.tolist() == [[part.points for part in unit.parts] for unit in found.units]
        assert (top.left_out, top.eligible) == (found.left_out, found.eligible)


def test_two_processes_give_the_same_as_one(index: Index) -> None:
    alone = [plain(top) for top in rank_all(index, NEEDS, TABLE)]
    together = [plain(top) for top in rank_all(index, NEEDS, TABLE, processes=2)]
    assert sorted(together) == alone
    assert len(alone) == len(NEEDS)


def test_progress_counts_what_was_done_before(index: Index) -> None:
    told: list[tuple[int, int]] = []
    tops = rank_all(index, NEEDS, TABLE, done=range(37), on_done=lambda *now: told.append(now))
    assert [top.key for top in tops] == [37, 38, 39]
    assert told == [(38, 40), (39, 40), (40, 40)]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_batch_that_was_stopped_goes_on_from_its_file(index: Index, tmp_path: Path, processes: int) -> None:
    path, of = tmp_path / "batch", batch_id(index, NEEDS, TABLE, k=5)
    with BatchFile(path, of=of) as file:
        for top in rank_all(index, NEEDS, TABLE, k=5, processes=processes):
            file.append(top)
            if len(file.done) == 11:
                break
    with BatchFile(path, of=of) as file:
        assert len(file.done) == 11
        for top in rank_all(index, NEEDS, TABLE, k=5, processes=processes, done=file.done):
            file.append(top)
        assert sorted(map(plain, file)) == [plain(top) for top in rank_all(index, NEEDS, TABLE, k=5)]


def test_a_record_cut_anywhere_is_asked_again_and_nothing_before_it_is_lost(index: Index, tmp_path: Path) -> None:
    path, of = tmp_path / "batch", "the same"
    few = {key: NEEDS[key] for key in (3, 4)}
    with BatchFile(path, of=of) as file:
        for top in rank_all(index, few, TABLE, k=2):
            file.append(top)
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    middle = first + (len(whole) - first) // 2
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])
        with BatchFile(path, of=of) as file:
            assert file.done == ({3} if cut >= middle else set())
            for top in rank_all(index, few, TABLE, k=2, done=file.done):
                file.append(top)
        assert path.read_bytes() == whole


def test_a_flipped_byte_ends_what_is_believed(index: Index, tmp_path: Path) -> None:
    path = tmp_path / "batch"
    with BatchFile(path, of="x") as file:
        for top in rank_all(index, {1: NEEDS[1], 2: NEEDS[2]}, TABLE, k=2):
            file.append(top)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with BatchFile(path, of="x") as file:
        assert file.done == {1}


def test_a_file_for_something_else_is_refused(index: Index, tmp_path: Path) -> None:
    path = tmp_path / "batch"
    BatchFile(path, of=batch_id(index, NEEDS, TABLE)).close()
    with pytest.raises(BatchOfAnother):
        BatchFile(path, of=batch_id(index, NEEDS, TABLE, k=5))
    with pytest.raises(BatchOfAnother):
        BatchFile(path, of=batch_id(index, {**NEEDS, 1: NEEDS[2]}, TABLE))


def test_a_kind_that_the_table_lacks_is_refused_in_other_processes_too(index: Index) -> None:
    with pytest.raises(UnknownKind) as caught:
        list(rank_all(index, {1: Need(wanted=(Wanted("gold"),))}, TABLE, processes=2))
    assert caught.value.kind == "gold"

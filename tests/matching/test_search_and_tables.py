"""Looking units up by words, the vocabulary, the affinity file, and the curve on the map."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medspil.matching import AffinityTable, AffinityTableInvalid, UnitRecord, read_affinity_csv
from medspil.matching._hilbert import hilbert_keys
from tests.matching import strategies as some
from tests.matching.helpers import opened, unit
from tests.matching.reference import Reference

words = st.dictionaries(st.sampled_from((*some.WORDS, "unknown")), st.sampled_from((0.0, 0.4, 1.0)), max_size=4)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.registers(), words, st.sampled_from((0, 1, 5, 500)), st.booleans())
def test_search_gives_what_going_through_every_unit_gives(
    records: list[UnitRecord], terms: Mapping[str, float], limit: int, active_only: bool
) -> None:
    reference = Reference(records, some.TABLE)
    scored = [
        (record.number, round(reference.bm25(record, dict(terms)), 12))
        for record in records
        if record.active or not active_only
    ]
    expected = sorted((one for one in scored if one[1] > 0), key=lambda one: (-one[1], one[0]))[:limit]

    found = opened(records).search(terms, limit=limit, active_only=active_only)

    assert [number for number, _ in found] == [number for number, _ in expected]
    assert [score for _, score in found] == pytest.approx([score for _, score in expected], abs=1e-9)


def test_search_finds_ceased_units_unless_told_not_to() -> None:
    index = opened([unit(1, active=False), unit(2)])
    assert [number for number, _ in index.search({"tømrer": 1.0})] == [1, 2]
    assert [number for number, _ in index.search({"tømrer": 1.0}, active_only=True)] == [2]


@settings(deadline=None)
@given(st.sets(st.text(min_size=1, max_size=5), max_size=20))
def test_the_vocabulary_is_sorted_and_finds_every_term(terms: set[str]) -> None:
    vocabulary = opened([unit(1, terms=dict.fromkeys(terms, 1.0) or {"a": 1.0})]).vocabulary
    expected = sorted(terms or {"a"})
    assert list(vocabulary) == expected
    assert [vocabulary.find(term) for term in expected] == list(range(len(expected)))
    assert vocabulary[:2] == expected[:2]
    assert vocabulary[-1] == expected[-1]
    assert vocabulary.find("not there at all") is None
    with pytest.raises(IndexError):
        vocabulary[len(expected)]


def test_rows_are_found_by_number() -> None:
    index = opened(unit(number) for number in range(10, 200, 7))
    slots = [index.row_of(number) for number in range(10, 200, 7)]
    assert len(set(slots)) == len(slots)
    assert None not in slots
    assert index.row_of(11) is None
    assert index.row_of(10**12) is None


def test_the_longest_prefix_wins_and_at_equal_length_the_one_that_names_the_system() -> None:
    table = some.TABLE
    assert table.value("433200", "DB07", "jobs") == 0.9
    assert table.value("433410", "DB07", "jobs") == 0.6
    assert table.value("433410", "DB25", "jobs") == 0.2
    assert table.value("620100", "DB07", "jobs") == 0.0
    assert table.value("", "DB07", "jobs") == 0.0
    fit = table.fit(["433410", "561110"], ["DB25", "DB07"], ["rooms", "jobs"])
    assert fit.tolist() == [[0.2, 0.2], [0.8, 0.4]]


def test_the_affinity_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "affinity.csv"
    file.write_text(
        "# version: 3\nprefix;system;name_da;name_en;jobs;rooms\n# a remark\n43;;Håndværk;Trades;9;\n"
        "4334;DB25;Maling;Painting;2,5;10\n",
        encoding="utf-8",
    )
    table = read_affinity_csv(file)
    assert (table.version, table.kinds) == ("3", ("jobs", "rooms"))
    assert table.value("433410", "DB25", "jobs") == 0.25
    assert table.value("433410", "DB07", "rooms") == 0.0


@pytest.mark.parametrize(
    "text",
    [
        "prefix;system;name_da;name_en;jobs\n43;;a;b;1\n",
        "# version: 1\nprefix;system;name;jobs\n",
        "# version: 1\nprefix;system;name_da;name_en;jobs\n43;;a;b\n",
        "# version: 1\nprefix;system;name_da;name_en;jobs\n43;;a;b;x\n",
        "# version: 1\nprefix;system;name_da;name_en;jobs\n43;;a;b;11\n",
        "# version: 1\nprefix;system;name_da;name_en;jobs\n43;;a;b;1\n43;;a;b;2\n",
        "# version: 1\nprefix;system;name_da;name_en;jobs;jobs\n",
    ],
)
def test_an_affinity_file_with_a_mistake_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "affinity.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(AffinityTableInvalid):
        read_affinity_csv(file)


def test_the_projects_own_affinities_are_read() -> None:
    file = Path(__file__).parents[2] / "src" / "medspil" / "catalogue" / "data" / "affinity.csv"
    table = read_affinity_csv(file)
    assert len(table.rows) > 10
    assert all(any(values) for values in zip(*table.rows.values(), strict=True)), "a kind that nobody has"


def test_neighbours_along_the_curve_are_neighbours_on_the_map() -> None:
    side = 64
    x, y = (axis.ravel().astype(float) for axis in np.meshgrid(np.arange(side), np.arange(side)))
    order = np.argsort(hilbert_keys(x, y))
    steps = np.abs(np.diff(x[order])) + np.abs(np.diff(y[order]))
    assert (steps == 1).mean() > 0.95
    assert len(np.unique(hilbert_keys(x, y))) == side * side


def test_a_table_with_values_out_of_range_is_refused() -> None:
    with pytest.raises(AffinityTableInvalid):
        AffinityTable("1", ("jobs",), {("43", ""): (1.5,)})

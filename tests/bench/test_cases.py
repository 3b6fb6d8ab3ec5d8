"""Reading cases, ranking them, the statistics over ranks, and that tuning never opens the test half."""

import shutil
from itertools import islice
from math import inf
from pathlib import Path

import numpy as np
import pytest

from bench.cases import tune
from bench.cases.__main__ import main
from bench.cases.haystack import haystack, phrases_of, words_of_unit
from bench.cases.read import FOLDER, CaseInvalid, Half, read_cases
from bench.cases.score import FULL, Place, Scored, rank, rank_among_picked, variants
from bench.cases.statistics import difference, estimate, median_rank, per_case
from medspil.matching import DEFAULT_WEIGHTS, Criterion, Weights

CASE = """
[[case]]
id = "foto"
stratum = "stories"
name = "Foto"
source = "Avisen 2020"
need.title = "Børn vil lære at fotografere"
need.text = "Vi mangler kameraer."
need.wanted = { photo_film = 1.0, premises = 0.5 }
need.themes = ["image"]
need.postcode = "2200"
need.radius_km = 5
need.effort = 2
company.name = "Havblik"
company.industry = "742000"
company.text = "Fotografisk virksomhed"
company.purpose = ""
company.postcode = "2200"
company.size = -1
company.form = "110"
"""


def written(folder: Path, text: str) -> Path:
    (folder / Half.TUNING).mkdir(parents=True, exist_ok=True)
    (folder / Half.TUNING / "one.toml").write_text(text, encoding="utf-8")
    return folder


def a_case(folder: Path) -> Scored:
    """A case among four units: the company is the third."""
    case = read_cases(Half.TUNING, 1, 1, written(folder, CASE))[0]
    values = np.zeros((7, 4))
    values[0] = [0.9, 0.5, 0.5, 0.1]
    values[3] = [0.1, 0.9, 0.4, 0.2]
    return Scored(case, None, 2, values, np.array([True, False, True, False]))


def places(ranks: list[float], other: list[float], folder: Path) -> list[Place]:
    case = a_case(folder).case
    return [Place(case, None, 1_000, {"one": one, "two": two}) for one, two in zip(ranks, other, strict=True)]


def test_a_case_is_asked_as_the_site_asks_and_its_company_is_weighed_as_the_register_weighs(tmp_path: Path) -> None:
    case = read_cases(Half.TUNING, 7, 1, written(tmp_path, CASE))[0]
    assert [(one.kind, one.weight) for one in case.need.wanted] == [("photo_film", 1.0), ("premises", 0.5)]
    assert case.first_kind == "photo_film"
    assert (case.need.radius_m, case.need.scale_m) == (5_000.0, 2_500.0)
    assert "kamera" in case.need.terms
    assert case.company.sector == 2
    assert case.company.terms["havblik"] == 3.0
    assert words_of_unit(("Foto",), "Foto", ("Foto",)) == {"foto": 6.0}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('source = "Avisen 2020"', 'source = " "'),
        ('stratum = "stories"', 'stratum = "tales"'),
        ("photo_film = 1.0", "photography = 1.0"),
        ('need.themes = ["image"]', 'need.themes = ["fame"]'),
        ('need.postcode = "2200"', 'need.postcode = "0001"'),
        ('"742000"', '"7420"'),
        ("company.size = -1", "company.size = 11"),
        ('company.name = "Havblik"', ""),
    ],
)
def test_a_case_with_a_fault_is_refused_with_its_name(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(CaseInvalid, match="foto"):
        read_cases(Half.TUNING, 1, 1, written(tmp_path, CASE.replace(old, new)))


def test_a_case_that_comes_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseInvalid, match="foto comes twice"):
        read_cases(Half.TUNING, 1, 1, written(tmp_path, CASE + CASE))


def test_tuning_never_opens_the_test_half(tmp_path: Path) -> None:
    written(tmp_path, CASE)
    (tmp_path / Half.TEST).mkdir()
    (tmp_path / Half.TEST / "broken.toml").write_text("this is [ no TOML", encoding="utf-8")
    assert [one.case.id for one in tune.scored_cases(200, tmp_path)] == ["foto"]
    with pytest.raises(ValueError, match="line 1"):
        read_cases(Half.TEST, 1, 1, tmp_path)
    source = Path(tune.__file__).read_text(encoding="utf-8")
    assert "Half.TEST" not in source
    assert "list(Half)" not in source


def test_the_company_ranks_at_the_middle_of_its_ties(tmp_path: Path) -> None:
    found = a_case(tmp_path)
    alone = dict.fromkeys((one.value for one in Criterion), 0.0)
    assert rank(found, Weights(**(alone | {"capability": 1.0}))) == 2.5
    assert rank(found, Weights(**(alone | {"proximity": 1.0}))) == 2.0
    assert rank_among_picked(found) == 1.0


def test_a_company_that_a_gate_stops_or_whose_industry_nobody_picks_is_not_found(tmp_path: Path) -> None:
    found = a_case(tmp_path)
    stopped = Scored(found.case, "protected", -1, found.values, found.picked)
    assert rank(stopped, DEFAULT_WEIGHTS) == rank_among_picked(stopped) == inf
    assert rank_among_picked(Scored(found.case, None, 1, found.values, found.picked)) == inf


def test_every_criterion_is_left_out_once_and_the_rest_scaled_up() -> None:
    ways = variants()
    assert [name for name in ways if name.startswith("without")] == [f"without {one}" for one in Criterion]
    assert ways[FULL] == DEFAULT_WEIGHTS
    for one in Criterion:
        assert ways[f"without {one}"].of(one) == 0.0
        assert sum(ways[f"without {one}"].of(other) for other in Criterion) == pytest.approx(1.0)


def test_measures_count_what_is_found_among_the_first(tmp_path: Path) -> None:
    found = places([1.0, 10.5, 40.0, inf], [2.0] * 4, tmp_path)
    top10, top50, one_percent, reciprocal = per_case(found, "one")
    assert top10.tolist() == [1, 0, 0, 0]
    assert top50.tolist() == [1, 1, 1, 0]
    assert one_percent.tolist() == [1, 0, 0, 0]
    assert reciprocal.tolist() == [1.0, 1 / 10.5, 1 / 40, 0.0]
    assert median_rank(found, "one") == 25.25


def test_the_interval_holds_the_mean_narrows_with_more_cases_and_is_the_same_every_time() -> None:
    few, many = np.array([0.0, 1.0] * 5), np.array([0.0, 1.0] * 500)
    assert estimate(few) == estimate(few)
    assert estimate(few).low < 0.5 < estimate(few).high
    assert estimate(many).high - estimate(many).low < 0.2 < estimate(few).high - estimate(few).low


def test_differences_are_paired_case_by_case(tmp_path: Path) -> None:
    rising = [float(rank) for rank in range(1, 40)]
    same = difference(places(rising, rising, tmp_path), "one", "two")
    assert set(same) == {(0.0, 0.0, 0.0)}
    better = difference(places([1.0] * 39, rising, tmp_path), "one", "two")[3]
    assert better.value > better.low > 0


def test_the_haystack_is_the_same_every_time_and_its_units_are_of_the_country() -> None:
    first, again = list(islice(haystack(3_000), 500)), list(islice(haystack(3_000), 500))
    assert first == again
    assert len({unit.industry for unit in first}) > 100
    assert sum(unit.municipality == 101 for unit in first) > 40
    assert "café" in " ".join(phrases_of("561010"))
    assert sum(bool(unit.terms) for unit in first) == 500


def test_the_proposed_weights_stay_near_the_present_ones_unless_the_cases_speak_clearly(tmp_path: Path) -> None:
    found = [a_case(tmp_path)]
    tried = [tune.attempt(found, weights) for weights in tune.grid()]
    assert all(sum(one.weights.of(criterion) for criterion in Criterion) == pytest.approx(1.0) for one in tried)
    chosen = tune.choose(tried)
    assert chosen.logs.mean() == min(one.logs.mean() for one in tried)
    assert chosen.moved == pytest.approx(min(one.moved for one in tried if one.logs.mean() == chosen.logs.mean()))


def test_the_report_runs_from_end_to_end_and_keeps_the_halves_apart(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--units", "2000"]) == 0
    page = capsys.readouterr().out
    assert "2,000 made-up units (seed 2026)" in page
    assert page.index("## Tuning half: ") < page.index("## Test half: ") < page.index("## Case by case")
    for way in ("full score", "without capacity", "BM25 alone", "distance alone", "industries picked, then distance"):
        assert page.count(f"\n| {way} | ") >= 2


def test_the_tuning_report_runs_on_the_cases_at_hand(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    shutil.copytree(FOLDER / Half.TUNING, tmp_path / Half.TUNING)
    assert tune.main(["--units", "500"]) == 0
    assert "proposed" in capsys.readouterr().out

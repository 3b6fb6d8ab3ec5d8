"""The floor, and all measurements in turn: each runs from end to end and prints its tables."""

import re
from pathlib import Path

import pytest

from bench import everything, floor
from bench.country import __main__ as country
from bench.country.report import put_between


def test_the_floor_tells_bytes_touched_and_what_processes_share(capsys: pytest.CaptureFixture[str]) -> None:
    assert floor.main(["--units", "3000", "--needs", "2"]) == 0
    page = capsys.readouterr().out
    nationwide = re.search(r"^\| nationwide \| (\S+) \| (\S+) \|", page, re.MULTILINE)
    assert nationwide is not None
    assert 0 < float(nationwide[2]) < 5  # the engine cannot answer without reading its index, nor reads more than all
    assert len(re.findall(r"^\| \d \|", page, re.MULTILINE)) == floor.PROCESSES


def test_the_country_is_measured_from_zip_to_ranking(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert country.main(["run", "--quick", "--kill-active", "0", "--work", str(tmp_path)]) == 0
    page = capsys.readouterr().out
    assert "| the same files again |" in page
    assert re.search(r"^\| the same files again .* \| 2,000 \| 0 \| 0 \| 0 \|$", page, re.MULTILINE)
    assert "the register and the index are the same" in page
    assert list(tmp_path.iterdir()) == []


def test_tables_go_between_their_markers_and_nowhere_else(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text("before\n<!-- a: begin -->\nold\n<!-- a: end -->\nafter\n", encoding="utf-8")
    put_between("a", "new", path)
    put_between("a", "newer", path)
    assert path.read_text(encoding="utf-8") == "before\n<!-- a: begin -->\n\nnewer\n\n<!-- a: end -->\nafter\n"
    with pytest.raises(ValueError, match="no markers"):
        put_between("b", "new", path)


def test_a_part_that_fails_is_named_and_the_others_run(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = {"broken": everything.Part("bench.no_such"), "language": everything.PARTS["language"]}
    monkeypatch.setattr(everything, "PARTS", broken)
    assert everything.main([]) == 1
    told = capfd.readouterr()
    assert "Did not end well: broken" in told.err
    assert "# language" in told.out
    assert "Medspil" in told.out

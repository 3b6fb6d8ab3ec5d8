"""The comparison runs from end to end, and all exact engines agree."""

import re

import pytest

from bench.__main__ import main


def test_a_tiny_comparison_gives_the_same_fifty_in_all_exact_engines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--units", "3000", "--needs", "3", "--rounds", "1"]) == 0
    page = capsys.readouterr().out
    rows = re.findall(r"^\| (.+?) \| .* \| (\d) of 3 \|$", page, re.MULTILINE)
    agreeing = [name for name, same in rows if same == "3"]
    assert len(rows) == 9
    assert sum(name.startswith("DuckDB") for name in agreeing) == 4
    assert sum(name.startswith("NumPy") for name in agreeing) == 2
    assert "| opening |" in page

"""Sharing out is measured from end to end, and solvers that go for the score agree on it."""

import re

import numpy as np
import pytest

from bench.allocation import child
from bench.allocation.__main__ import main
from bench.allocation.problems import plain
from bench.allocation.solvers import SOLVERS, greedy


@pytest.mark.parametrize("name", SOLVERS)
def test_all_that_are_exact_come_to_the_same_score_and_greedy_to_no_more(name: str) -> None:
    made = plain(12, 4)
    score = child.figures(made, SOLVERS[name][0](made))["score"]
    best = child.figures(made, SOLVERS["OR-tools min-cost flow, score alone"][0](made))["score"]
    assert score <= best if SOLVERS[name][0] is greedy else score == best


def test_amounts_that_break_a_limit_are_not_measured() -> None:
    made = plain(5, 2)
    with pytest.raises(AssertionError):
        child.figures(made, np.full(len(made.demand), 9))


def test_a_tiny_run_tells_of_every_solver_and_every_rule(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bench.allocation.__main__.RULED", {"no rules": None, "whole lots": None})
    monkeypatch.setattr("bench.allocation.__main__.SOLVERS", dict(list(SOLVERS.items())[:1]))
    assert main(["--quick"]) == 0
    page = capsys.readouterr().out
    assert re.search(r"^\| medspil.allocation \| .* \| 0 \|", page, re.MULTILINE)
    assert re.search(r"^\| no rules \| flow \| .* leasts, shares, score ", page, re.MULTILINE)
    assert re.search(r"^\| whole lots.* \| program \| ", page, re.MULTILINE)

"""Companies around a place by industry: counted in the index, exactly as the register has them."""

from collections import Counter
from math import hypot
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from medspil.register.index import RegisterNotReady
from medspil.register.models import Unit
from medspil.register.near import industries_within
from tests.factories.rankings import CENTRE


@pytest.mark.parametrize("reach_m", [0, 500, 900, 1_499.9, 3_000, 20_000, 100_000])
def test_those_within_the_circle_are_counted_by_industry(units: dict[str, Unit], reach_m: float) -> None:
    x, y = CENTRE
    inside = [
        unit
        for unit in units.values()
        if unit.x is not None and unit.y is not None and hypot(unit.x - x, unit.y - y) <= reach_m
        and unit.status == "active" and not unit.protected
    ]  # fmt: skip
    expected = Counter((unit.industry, unit.code_system) for unit in inside)
    assert industries_within(x=x, y=y, reach_m=reach_m) == expected


def test_without_an_index_nothing_is_guessed(settings: Settings, tmp_path: Path) -> None:
    settings.INDEX_DIR = tmp_path
    with pytest.raises(RegisterNotReady):
        industries_within(x=0.0, y=0.0, reach_m=1_000)

"""Which industries could give a kind: the same answer as the engine reads from the same file."""

from importlib.resources import as_file, files

import pytest

from medspil.catalogue.fits import COULD, could_give
from medspil.catalogue.industries import industries
from medspil.catalogue.vocabulary import vocabulary
from medspil.matching import AffinityTable, read_affinity_csv


@pytest.fixture(scope="module")
def table() -> AffinityTable:
    with as_file(files("medspil.catalogue").joinpath("data", "affinity.csv")) as path:
        return read_affinity_csv(path)


@pytest.mark.parametrize("kind", vocabulary().resource_kinds)
def test_an_industry_could_give_what_the_engine_says_it_can_with_some_effort(table: AffinityTable, kind: str) -> None:
    codes = [(one.code, one.system or "DB25") for one in industries()]
    said = {code: could_give(kind, *code) for code in codes}
    assert said == {code: table.value(*code, kind) >= COULD / 10 - 1e-9 for code in codes}
    assert any(said.values())


def test_an_industry_nobody_knows_could_give_nothing() -> None:
    assert not could_give("photo_film", "", "DB25")
    assert not could_give("photo_film", "000000", "DB07")
    assert could_give("photo_film", "742000", "DB07")

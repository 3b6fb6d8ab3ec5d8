"""The register is searched by name, number, industry and place, with slips and unfinished words."""

from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from medspil.matching import PRIVATE, PUBLIC, VOLUNTARY, IndexUnusable
from medspil.register import search
from medspil.register.forms import sector_of
from medspil.register.index import RegisterNotReady, index_state, open_index, rebuild_index
from medspil.register.models import Unit
from medspil.register.sizes import size_class
from tests.factories import companies
from tests.factories.registers import applied, csv_file, many

pytestmark = pytest.mark.django_db


@pytest.fixture
def some() -> None:
    """Make a few units, and the index."""
    companies.unit("Havnens Smedje ApS", number=1_000_000_101, cvr="12345674")
    companies.unit("Tømrer Nord", number=1_000_000_102, cvr="12345674", industry_text="Tømrerarbejde")
    companies.unit("Bageriet i Aabenraa", number=1_000_000_103, city="Aabenraa", postcode="6200", municipality="0580",
                   industry="107120", industry_text="Fremstilling af friske bageriprodukter")  # fmt: skip
    companies.unit("Lukket Smedje", number=1_000_000_104, status="ceased")
    rebuild_index()


def names(text: str, **asked: object) -> list[str]:
    return [unit.name for unit in search.search_units(text=text, **asked).units]  # type: ignore[arg-type]


@pytest.mark.usefixtures("some")
class TestWithIndex:
    """What is found, and in which order."""

    @pytest.mark.parametrize("text", ["smedje", "Smedjen", "havnens smedje aps", "smed", "sme", "HAVNENS"])
    def test_a_name_is_found_in_any_form_and_from_its_beginning(self, text: str) -> None:
        assert names(text)[0] == "Havnens Smedje ApS"

    @pytest.mark.parametrize(("text", "read"), [("smejde", "smedje"), ("tømmrer", "tømrer"), ("tørmer", "tømrer")])
    def test_a_slip_is_forgiven_and_what_was_read_is_told(self, text: str, read: str) -> None:
        found = search.search_units(text=f"{text} vejle")
        assert read in found.read_as[text]
        assert any(read in unit.name.lower() for unit in found.units)

    def test_an_industry_is_found_by_its_words(self) -> None:
        assert names("bageriprodukter") == ["Bageriet i Aabenraa"]

    @pytest.mark.parametrize("text", ["Åbenrå", "aabenraa", "6200"])
    def test_a_place_is_found_by_town_and_postal_code(self, text: str) -> None:
        assert names(text) == ["Bageriet i Aabenraa"]

    @pytest.mark.parametrize("text", ["1000000101", "P 1000000101", "P-nr. 1000 000 101"])
    def test_a_p_number_finds_its_unit(self, text: str) -> None:
        assert names(text) == ["Havnens Smedje ApS"]

    @pytest.mark.parametrize("text", ["12345674", "CVR 12 34 56 74", "DK12345674", "123456"])
    def test_a_cvr_number_or_its_beginning_finds_all_units_of_the_company(self, text: str) -> None:
        assert names(text) == ["Havnens Smedje ApS", "Tømrer Nord"]

    def test_a_unit_that_says_all_words_comes_before_those_that_say_one(self) -> None:
        companies.unit("Tømrer Tømrer", number=1_000_000_105, city="Aabenraa", postcode="6200")
        companies.unit("Vejle Vejle", number=1_000_000_106, city="Vejle")
        rebuild_index()
        assert names("tømrer vejle")[0] == "Tømrer Nord"

    def test_ceased_units_are_found_only_when_asked_for(self) -> None:
        assert "Lukket Smedje" not in names("smedje")
        assert "Lukket Smedje" in names("smedje", active_only=False)

    def test_one_municipality_can_be_searched_alone(self) -> None:
        assert names("smedje bageri", municipality="0580") == ["Bageriet i Aabenraa"]

    def test_nothing_asked_or_nothing_like_it_gives_nothing(self) -> None:
        assert names("  ") == names("xqzxqzxqz") == names("9999999999") == []

    def test_a_unit_that_left_the_database_after_the_index_was_built_is_left_out(self) -> None:
        Unit.objects.filter(number=1_000_000_101).update(status="ceased")
        assert names("smedje") == []


@given(st.text(max_size=80))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@pytest.mark.usefixtures("some")
def test_any_text_can_be_searched(text: str) -> None:
    assert len(search.search_units(text=text).units) <= 20


@pytest.fixture
def none() -> None:
    """Make a unit, but no index."""
    companies.unit("Havnens Smedje ApS")


@pytest.mark.usefixtures("none")
def test_without_an_index_names_are_searched_in_the_database_and_the_answer_says_what_to_do() -> None:
    found = search.search_units(text="smedje havn")
    assert [unit.name for unit in found.units] == ["Havnens Smedje ApS"]
    assert "medspil register index" in found.notice


@pytest.mark.usefixtures("none")
def test_an_index_that_is_damaged_or_missing_is_told_in_a_plain_sentence() -> None:
    with pytest.raises(RegisterNotReady, match="medspil register index"):
        open_index()
    built = rebuild_index()
    (Path(settings.INDEX_DIR) / f"index-{built.built_id}" / "data").write_bytes(b"")
    with pytest.raises(IndexUnusable, match="medspil register index"):
        open_index()
    assert "medspil register index" in index_state().problem


@pytest.mark.usefixtures("none")
def test_a_new_index_is_opened_by_itself_and_the_same_one_only_once() -> None:
    rebuild_index()
    first = open_index()
    assert open_index() is first
    companies.unit("Ny")
    rebuild_index()
    assert open_index().info.rows == 2


def test_the_index_is_current_until_the_register_changes(tmp_path: Path) -> None:
    applied(csv_file(tmp_path, many(3)))
    rebuild_index()
    assert index_state().current
    applied(csv_file(tmp_path, many(4)))
    assert not index_state().current


@pytest.mark.usefixtures("none")
def test_a_unit_without_a_name_for_its_place_still_goes_into_the_index() -> None:
    companies.unit("Uden sted", municipality="", postcode="", city="", x=None, y=None, code_system="DB07")
    assert rebuild_index().rows == 2


@pytest.mark.parametrize(
    ("low", "high", "size"),
    [(None, None, -1), (0, 0, 0), (1, 1, 1), (2, 4, 2), (3, 3, 2), (5, 9, 3), (20, 49, 5), (1000, None, 10), (0, 9, 2)],
)
def test_employees_fall_in_the_engines_classes(low: int | None, high: int | None, size: int) -> None:
    assert size_class(low, high) == size


def test_company_forms_give_the_sector() -> None:
    assert [sector_of(form) for form in ("250", "115", "80", "")] == [PUBLIC, VOLUNTARY, PRIVATE, PRIVATE]


def test_an_index_folder_that_cannot_be_read_is_not_an_error_page() -> None:
    (Path(settings.INDEX_DIR) / "CURRENT").mkdir(parents=True)
    with pytest.raises(IndexUnusable):
        open_index()

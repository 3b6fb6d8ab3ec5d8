"""The answer of cvrapi.dk about one company: each place of work becomes a row, the owners are never read."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medspil.register.models import Unit
from medspil.register.reading import Tally, UnreadableFile, as_bundle, read_rows, sniff
from tests.factories.cvrapi_answers import answer, place
from tests.factories.registers import applied, compared
from tests.factories.virk_records import written


def read(folder: Path, content: Any) -> tuple[list[dict[str, str]], Tally]:
    """Return rows by field, and what was counted."""
    text = content if isinstance(content, str) else json.dumps(content)
    bundle, tally = as_bundle(written(folder, text, "answer.json")), Tally()
    layout = sniff(bundle)
    assert layout.kind == "cvrapi"
    return [dict(zip(layout.header, cells, strict=True)) for _row, cells in read_rows(bundle, layout, tally)], tally


@pytest.mark.django_db
def test_a_company_becomes_its_units_and_never_the_whole_of_a_source(tmp_path: Path) -> None:
    run = applied(written(tmp_path, json.dumps(answer())), complete=True)
    assert not run.complete
    main, branch = Unit.objects.order_by("number")
    assert (main.cvr, main.company_name, main.company_form) == ("12345674", "Opdigtet Skole ApS", "80")
    assert (main.industry, main.employees_from, main.employees_to) == ("012300", 200, 499)
    assert (main.started_on.isoformat() if main.started_on else "", main.email) == ("2008-10-01", "post@skole.example")
    assert (branch.name, branch.postcode, branch.employees_from, branch.protected) == ("Filialen", "7000", None, True)


def test_owners_and_c_o_names_reach_no_cell(tmp_path: Path) -> None:
    rows, tally = read(tmp_path, answer(owners=[{"name": "Person Opdigtet"}], addressco="Erik Opdigtet"))
    assert "Opdigtet Skole" in str(rows)
    assert not any(name in str(rows) for name in ("Person", "Erik"))
    assert tally["participants_skipped"] == 1


@pytest.mark.django_db
def test_a_unit_that_comes_without_its_number_is_rejected_with_the_ordinary_sentence(tmp_path: Path) -> None:
    run = compared(written(tmp_path, json.dumps(answer(productionunits=[place(None)]))))
    assert (run.added, run.rejected, run.findings["reasons"]) == (0, 1, {"number_missing": 1})


def test_protection_of_the_company_protects_its_units_and_so_does_silence(tmp_path: Path) -> None:
    def protected(company: Any, unit: Any) -> str:
        return read(tmp_path, answer(protected=company, productionunits=[place(protected=unit)]))[0][0]["protected"]

    assert [protected(True, False), protected(False, True), protected(None, None)] == ["1"] * 3
    assert [protected(False, False), protected(False, None)] == ["0"] * 2


def test_bankruptcy_and_the_day_a_company_ended_are_told(tmp_path: Path) -> None:
    rows, _tally = read(tmp_path, answer(creditbankrupt=True, enddate="03/09 - 2020"))
    assert {(row["status"], row["ended_on"]) for row in rows} == {("under konkurs", "03/09 - 2020")}


def test_an_error_instead_of_a_company_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="NOT_FOUND"):
        read(tmp_path, {"error": "NOT_FOUND", "t": 0, "version": 6})


def test_a_company_without_units_is_counted(tmp_path: Path) -> None:
    rows, tally = read(tmp_path, answer(productionunits=[]))
    assert (rows, tally["company_without_units"]) == ([], 1)


@pytest.mark.parametrize("twentieth", range(5, 20))
def test_an_answer_cut_off_anywhere_is_refused(tmp_path: Path, twentieth: int) -> None:
    content = json.dumps(answer(productionunits=[place(1_000_000_001 + nth) for nth in range(40)]))
    with pytest.raises(UnreadableFile, match=r"breaks off|headings"):
        sniff(as_bundle(written(tmp_path, content[: len(content) * twentieth // 20])))


_LEAF: Any = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
_ANY: Any = st.deferred(lambda: _LEAF | st.lists(_ANY, max_size=3) | st.dictionaries(st.text(), _ANY, max_size=3))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    company=st.dictionaries(st.sampled_from(sorted(answer())), _ANY, max_size=8),
    unit=st.dictionaries(st.sampled_from(sorted(place())), _ANY, max_size=8),
    dropped=st.sets(st.sampled_from(sorted(set(answer()) - {"vat", "productionunits", "companycode"}))),
)
def test_an_answer_may_lack_anything_and_hold_anything(
    tmp_path: Path, company: dict[str, Any], unit: dict[str, Any], dropped: set[str]
) -> None:
    messy = {key: value for key, value in answer().items() if key not in dropped}
    messy |= {"productionunits": [place() | unit, 7, None]} | company
    try:
        rows, _tally = read(tmp_path, messy)
    except UnreadableFile:
        return
    assert all(isinstance(cell, str) for row in rows for cell in row.values())

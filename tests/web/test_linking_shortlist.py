"""The shortlist: who does what next, edited in place, by two people, and taken home as files."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader
from pytest_django.fixtures import Settings

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.common.tables import plain_cell
from medspil.linking.models import Candidate
from medspil.linking.shortlist import keep, set_aside
from medspil.register.models import Unit
from tests.conftest import NOW
from tests.factories import companies

ENGLISH = {"accept-language": "en"}
HTMX = {**ENGLISH, "HX-Request": "true"}
STEP = {"version": "1", "owner": "", "next_step": "Ring til ejeren", "next_step_on": "2026-11-20", "note": "=2+2"}


@pytest.fixture
def kept(units: dict[str, Unit], need: Need, anna: User) -> Candidate:
    """Return a company that Anna kept; its name would be a formula in a spreadsheet."""
    return keep(need=need, number=units["formula"].number, expected_version=0, by=anna, now=NOW)


def shortlist(client: Client, need: Need) -> str:
    return client.get(reverse("linking:shortlist", args=[need.pk]), headers=ENGLISH).content.decode()


def change(client: Client, candidate: Candidate, headers: dict[str, str] = ENGLISH, **data: str) -> Any:
    return client.post(reverse("linking:change", args=[candidate.pk]), STEP | data, headers=headers)


def download(client: Client, name: str, need: Need, kind: str) -> bytes:
    response = client.get(reverse(f"linking:{name}", args=[need.pk, kind]), headers=ENGLISH)
    assert response.status_code == 200
    assert response["Content-Disposition"].endswith(f'.{kind}"')
    assert response["Content-Disposition"].isascii()
    return response.content


def test_an_empty_list_teaches(need: Need, as_anna: Client) -> None:
    html = shortlist(as_anna, need)
    assert reverse("linking:ranking", args=[need.pk]) in html
    assert "For example:" in html


def test_the_next_step_is_written_and_shown_as_late(kept: Candidate, need: Need, as_anna: Client, anna: User) -> None:
    response = change(as_anna, kept, owner=str(anna.pk))
    assert response["Location"] == reverse("linking:shortlist", args=[need.pk]) + f"#candidate-{kept.pk}"
    html = shortlist(as_anna, need)
    assert "Ring til ejeren" in html
    assert "Anna" in html
    assert Candidate.objects.get().owner == anna


def test_htmx_edits_in_place_of_the_card(kept: Candidate, as_anna: Client) -> None:
    form = as_anna.get(reverse("linking:change", args=[kept.pk]), headers=HTMX).content.decode()
    assert form.strip().startswith(f'<div class="ms-card" id="candidate-{kept.pk}"')
    card = change(as_anna, kept, headers=HTMX).content.decode()
    assert card.strip().startswith(f'<article class="ms-card ms-kept" id="candidate-{kept.pk}"')
    assert "Ring til ejeren" in card


def test_two_editors_lose_nothing(kept: Candidate, as_anna: Client) -> None:
    change(as_anna, kept)
    response = change(as_anna, kept, next_step="Skriv til ejeren")
    html = response.content.decode()
    assert response.status_code == 409
    assert "Ring til ejeren" in html
    assert "Skriv til ejeren" in html
    assert 'name="version" value="2"' in html
    change(as_anna, kept, next_step="Skriv til ejeren", version="2")
    assert Candidate.objects.get().next_step == "Skriv til ejeren"


def test_somebody_outside_cannot_be_given_the_step(kept: Candidate, as_anna: Client, carl: User) -> None:
    assert change(as_anna, kept, owner=str(carl.pk)).status_code == 422
    assert Candidate.objects.get().version == 1


def test_a_stranger_finds_nothing(kept: Candidate, need: Need, as_carl: Client) -> None:
    assert as_carl.get(reverse("linking:shortlist", args=[need.pk])).status_code == 404
    assert as_carl.get(reverse("linking:shortlist_export", args=[need.pk, "csv"])).status_code == 404
    assert change(as_carl, kept).status_code == 404


def test_set_aside_companies_are_listed_with_reason_and_undo(
    kept: Candidate, units: dict[str, Unit], need: Need, as_anna: Client, anna: User
) -> None:
    set_aside(
        need=need, number=units["bank"].number, reason="other", note="Flytter", expected_version=0, by=anna, now=NOW
    )
    html = shortlist(as_anna, need)
    assert "Fjordbanken" in html
    assert "Flytter" in html
    assert html.count("fortryd") == 2


def test_a_kept_company_that_became_protected_is_marked(kept: Candidate, need: Need, as_anna: Client) -> None:
    Unit.objects.filter(pk=kept.unit.pk).update(protected=True)
    assert "now protected from advertising" in shortlist(as_anna, need)
    rows = list(
        csv.reader(io.StringIO(download(as_anna, "shortlist_export", need, "csv").decode("utf-8-sig")), delimiter=";")
    )
    assert dict(zip(rows[0], rows[1], strict=True))["Advertising protection"] == "yes"


def test_the_list_is_there_without_an_index(kept: Candidate, need: Need, as_anna: Client, settings: Settings) -> None:
    settings.INDEX_DIR = settings.INDEX_DIR / "gone"
    html = shortlist(as_anna, need)
    assert "Why it was kept" in html
    assert download(as_anna, "shortlist_export", need, "pdf")


def test_ten_companies_cost_as_many_queries_as_one(kept: Candidate, need: Need, as_anna: Client, anna: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            shortlist(as_anna, need)
        return len(asked.captured_queries)

    set_aside(
        need=need, number=companies.unit().number, reason="too_far", note="", expected_version=0, by=anna, now=NOW
    )
    few = queries()
    for nth in range(9):
        unit = companies.unit(f"Foto {nth}")
        (keep if nth % 2 else _aside)(need=need, number=unit.number, expected_version=0, by=anna, now=NOW)
    assert queries() == few
    assert few <= 15


def _aside(**facts: Any) -> Candidate:
    return set_aside(reason="too_far", note="", **facts)


@pytest.mark.parametrize("name", ["export", "shortlist_export"])
def test_a_csv_cannot_be_run_and_can_be_read_again(kept: Candidate, need: Need, as_anna: Client, name: str) -> None:
    change(as_anna, kept)
    body = download(as_anna, name, need, "csv")
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))
    assert len({len(row) for row in rows}) == 1
    cells = [cell for row in rows for cell in row]
    assert "'=1+1 Foto" in cells
    assert "=1+1 Foto" in [plain_cell(cell) for cell in cells]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


@pytest.mark.parametrize("name", ["export", "shortlist_export"])
def test_a_workbook_holds_texts_where_formulas_would_be(
    kept: Candidate, need: Need, as_anna: Client, name: str
) -> None:
    sheet = load_workbook(io.BytesIO(download(as_anna, name, need, "xlsx"))).active
    assert sheet is not None
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1 Foto"]
    assert found
    assert {cell.data_type for cell in found} == {"s"}


@pytest.mark.parametrize("name", ["export", "shortlist_export"])
def test_the_pdf_can_be_read_aloud(kept: Candidate, need: Need, as_anna: Client, name: str) -> None:
    reader = PdfReader(io.BytesIO(download(as_anna, name, need, "pdf")))
    catalog = reader.root_object
    assert str(catalog["/Lang"]) == "en"
    assert "'/Marked': True" in str(catalog["/MarkInfo"])
    assert "/StructTreeRoot" in catalog
    assert reader.metadata is not None
    assert "Fotoskole for børn" in str(reader.metadata.title)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in reader.xmp_metadata.stream.get_data()  # type: ignore[union-attr]
    text = "".join(page.extract_text() for page in reader.pages)
    assert "=1+1 Foto" in text
    assert "Source" in text


def test_a_kind_of_file_nobody_makes_is_not_found(need: Need, units: dict[str, Unit], as_anna: Client) -> None:
    for name in ("export", "shortlist_export"):
        assert as_anna.get(reverse(f"linking:{name}", args=[need.pk, "exe"])).status_code == 404

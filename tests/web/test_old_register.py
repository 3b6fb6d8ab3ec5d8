"""A register that is old says so on every ranking: on the page, in its files, in the terminal and on stored ones."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader
from pytest_django.fixtures import Settings

from medspil.areas.models import Need
from medspil.cli.rank import rank
from medspil.linking.services import rank_need
from medspil.organisations.models import Organisation
from medspil.register.index import rebuild_index
from medspil.register.models import Unit
from tests.conftest import NOW
from tests.factories import rankings

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
SAID = "The register is old"


@pytest.fixture
def need(vejle: Organisation, settings: Settings, tmp_path: Path) -> Need:
    """Return a need, with a register of 1 November 2010 to rank."""
    rankings.register(settings, tmp_path)
    Unit.objects.update(source_date=date(2010, 11, 1))
    rebuild_index()
    return rankings.photo_need(vejle)


def file(client: Client, need: Need, kind: str) -> bytes:
    return client.get(reverse("linking:export", args=[need.pk, kind]), headers=ENGLISH).content


def test_the_page_says_it_and_a_fresh_register_says_nothing(as_anna: Client, need: Need, settings: Settings) -> None:
    address = reverse("linking:ranking", args=[need.pk])
    assert SAID in as_anna.get(address, headers=ENGLISH).content.decode()
    settings.REGISTER_STALE_DAYS = 36_500
    assert SAID not in as_anna.get(address, headers=ENGLISH).content.decode()


def test_every_line_of_the_spreadsheets_says_it(as_anna: Client, need: Need) -> None:
    rows = list(csv.DictReader(io.StringIO(file(as_anna, need, "csv").decode("utf-8-sig")), delimiter=";"))
    assert rows
    assert all(SAID in row["Note on the register"] for row in rows)
    sheet = load_workbook(io.BytesIO(file(as_anna, need, "xlsx"))).active
    assert sheet
    assert SAID in str(sheet.cell(2, sheet.max_column).value)


def test_the_paper_says_it(as_anna: Client, need: Need) -> None:
    pages = PdfReader(io.BytesIO(file(as_anna, need, "pdf"))).pages
    assert SAID in " ".join(pages[0].extract_text().split())


def test_the_terminal_says_it(need: Need) -> None:
    assert SAID in CliRunner().invoke(rank, [str(need.pk)]).output
    assert SAID in json.loads(CliRunner().invoke(rank, [str(need.pk), "--json"]).stdout)["old"]


def test_a_stored_ranking_says_it(as_anna: Client, need: Need) -> None:
    run = rank_need(need=need, by=None, now=NOW)
    html = as_anna.get(reverse("linking:run", args=[run.pk]), headers=ENGLISH).content.decode()
    assert "1 November 2010" in html
    assert "Ask the same again today." in html

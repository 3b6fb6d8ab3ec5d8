"""Advertising protection goes with every copy of a company that leaves the site, whatever door it leaves by.

A new way out fails here until it has been walked.
"""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader
from pytest_django.fixtures import Settings

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.cli.allocate import allocate
from medspil.cli.needs_for import needs_for_command
from medspil.cli.rank import rank
from medspil.cli.register import register
from medspil.linking.parties import Party
from medspil.linking.shortlist import keep
from medspil.mapping import companies
from medspil.mapping.models import Competence
from medspil.organisations.models import Organisation
from medspil.register.models import Unit
from medspil.rounds.services import run as run_round
from tests.conftest import NOW
from tests.factories import changes, links, offering, places, rankings, resources, rounds
from tests.factories.cvrapi_answers import answer
from tests.factories.net import service

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
SOURCES = Path(__file__).parents[2] / "src" / "medspil"
# Where files and JSON are made, and by which of the tests below what is made there is walked.
WAYS_OUT = {
    "web/linking/downloads.py": "shortlist and ranking as files",
    "web/linking/papers.py": "shortlist and ranking as files",
    "web/areas/news.py": "news near an area",
    "web/linking/link_files.py": "links and who is asked how often",
    "web/mapping/downloads.py": "resources of an area",
    "web/mapping/profile.py": "resources of an area",
    "web/mapping/coverage.py": "what an area lacks",
    "web/offers/area.py": "what waits in an area",
    "register/exporting.py": "the register",
    "cli/rank.py": "ranking in the terminal",
    "cli/needs_for.py": "both directions in the terminal",
    "linking/batch.py": "both directions in the terminal",
    "cli/register.py": "search in the terminal",
    "cli/register_online.py": "look-up in the terminal",
    "web/partnerships/papers.py": "handed to the company itself; of one that nobody may approach none is made",
    "agreements/papers.py": "an agreement, between the sides themselves",
    "web/agreements/views.py": "an agreement, between the sides themselves",
    "web/alignment/papers.py": "what the sides of a partnership wrote, between themselves",
    "web/walks/papers.py": "a walk on paper: tests/web/walks/test_walk_pages.py",
    "boards/papers.py": "agenda and minutes of a board, to those who see the board: tests/web/boards",
    "boards/mail_papers.py": "the agenda of a board, to its members: tests/boards/test_papers_by_mail.py",
    "boards/content.py": "a fingerprint",
    "web/boards/meeting_papers.py": "agenda and minutes of a board, to those who see the board: tests/web/boards",
    "web/boards/coming.py": "an agenda, to a member who was called: tests/web/boards/test_coming.py",
    "web/boards/in_writing.py": "minutes, to who was at the meeting: tests/web/boards/test_in_writing.py",
    "web/boards/decisions.py": "decisions of a board, to those who see the board: tests/web/boards",
    # No company in them
    "common/tables.py": "writes what it is given",
    "documents/render.py": "writes what it is given",
    "web/files.py": "writes what it is given",
    "web/register/views.py": "counts by municipality and industry",
    "cli/register_status.py": "counts",
    "cli/register_import.py": "counts",
    "cli/organisation.py": "people of an organisation",
    "cli/mail.py": "counts, and mails by their number",
    "rounds/migrations/0003_names_in_one_place.py": "a fingerprint",
    "web/areas/forms.py": "the border of an area, to its own page",
    "linking/answer.py": "a fingerprint",
    "rounds/sheet.py": "a fingerprint",
    "web/rounds/downloads.py": "an allocation as files and in the terminal",
    "web/rounds/papers.py": "an allocation as files and in the terminal",
    "cli/allocate.py": "an allocation as files and in the terminal",
    "register/progress.py": "how far a job got",
    "register/placement.py": "a number in a file of our own",
    "register/lookup/asking.py": "a question to a service",
    "register/lookup/cvrapi.py": "an answer on its way in",
    "register/lookup/datafordeler.py": "an answer on its way in",
    "register/reading/virk/side_table.py": "a file on its way in",
    # The user's own file, as it was handed in
    "register/findings.py": "rejected rows, for those who import",
    "web/register/imports.py": "rejected rows, for those who import",
}
_MAKES = re.compile(
    r"\b(file_answer|table_answer|csv_bytes|csv_lines|xlsx_bytes|render_pdf|json\.dumps?|FileResponse|JsonResponse)\("
)


@pytest.fixture
def units(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Unit]:
    """Return the units of a small register that has been indexed."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    return rankings.register(settings, tmp_path)


@pytest.fixture
def need(units: dict[str, Unit], vejle: Organisation, anna: User) -> Need:
    """Return a need for which a company was kept that has turned protected since."""
    need = rankings.photo_need(vejle)
    keep(need=need, number=units["photo"].number, expected_version=0, by=anna, now=NOW)
    Unit.objects.filter(pk=units["photo"].pk).update(protected=True)
    return need


def download(client: Client, name: str, pk: int, *args: str) -> bytes:
    response = client.get(reverse(name, args=[pk, *args]), headers=ENGLISH)
    assert response.status_code == 200
    return response.content


def csv_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def xlsx_rows(content: bytes) -> list[dict[str, Any]]:
    header, *rows = load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def pdf_text(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def told_of(rows: list[dict[str, Any]], name: str, column: str = "Advertising protection") -> list[Any]:
    """Return what each row of a company says of its protection."""
    return [row[column] for row in rows if name in row.values()]


@pytest.mark.parametrize(("kind", "read"), [("csv", csv_rows), ("xlsx", xlsx_rows)])
def test_the_shortlist_as_a_table_says_so(
    need: Need, as_anna: Client, kind: str, read: Callable[[bytes], list[dict[str, Any]]]
) -> None:
    assert told_of(read(download(as_anna, "linking:shortlist_export", need.pk, kind)), "Lysets Fotostudie ApS") == [
        "yes"
    ]


def test_the_shortlist_on_paper_says_so(need: Need, as_anna: Client) -> None:
    text = pdf_text(download(as_anna, "linking:shortlist_export", need.pk, "pdf"))
    assert "Lysets Fotostudie ApS" in text
    assert "protected from advertising" in text.lower()


@pytest.mark.parametrize(("kind", "read"), [("csv", csv_rows), ("xlsx", xlsx_rows)])
def test_the_ranking_as_a_table_leaves_protected_companies_out_and_tells_of_the_others(
    need: Need, as_anna: Client, kind: str, read: Callable[[bytes], list[dict[str, Any]]]
) -> None:
    rows = read(download(as_anna, "linking:export", need.pk, kind))
    assert told_of(rows, "Lysets Fotostudie ApS") == told_of(rows, "Fredet Foto") == []
    assert {row["Advertising protection"] for row in rows} == {"no"}


def test_the_ranking_on_paper_and_in_the_terminal_leaves_protected_companies_out(need: Need, as_anna: Client) -> None:
    text = pdf_text(download(as_anna, "linking:export", need.pk, "pdf"))
    told = json.loads(CliRunner().invoke(rank, [str(need.pk), "--json"]).stdout)
    for where in (text, json.dumps(told["answer"], ensure_ascii=False)):
        assert "Rullerne" in where
        assert "Lysets" not in where
        assert "Fredet" not in where
    assert {row["unit"]["protected"] for row in told["answer"]["units"]} == {False}


def test_both_directions_in_the_terminal_leave_protected_companies_out(
    need: Need, units: dict[str, Unit], tmp_path: Path
) -> None:
    told = json.loads(CliRunner().invoke(needs_for_command, [str(units["photo"].number), "--json"]).stdout)
    assert told["needs"] == []
    path = tmp_path / "all.csv"
    result = CliRunner().invoke(rank, ["--all", "--out", str(path)])
    assert result.exit_code == 0, result.output
    numbers = {cell for row in csv_rows(path.read_bytes()) for cell in row.values()}
    assert str(units["film"].number) in numbers
    assert not {str(units["photo"].number), str(units["protected"].number)} & numbers


@pytest.mark.parametrize(("kind", "read"), [("csv", csv_rows), ("xlsx", xlsx_rows)])
def test_links_as_a_table_say_so_and_who_is_asked_how_often_leaves_protected_companies_out(  # noqa: PLR0917  (pytest)
    need: Need, units: dict[str, Unit], anna: User, as_anna: Client, kind: str,
    read: Callable[[bytes], list[dict[str, Any]]],
) -> None:  # fmt: skip
    links.link(need, units["film"], by=anna)
    Unit.objects.filter(pk=units["film"].pk).update(protected=True)
    assert told_of(read(download(as_anna, "linking:links_export", need.area_id, kind)), "Rullerne") == ["yes"]
    response = as_anna.get(reverse("linking:asked_export", args=[kind]), headers=ENGLISH)
    assert told_of(read(response.content), "Rullerne") == []


def test_news_near_an_area_say_so(need: Need, units: dict[str, Unit], as_anna: Client) -> None:
    changes.change(changes.applied_run(), unit=units["protected"])
    assert told_of(csv_rows(download(as_anna, "areas:news_export", need.area.pk)), "Fredet Foto") == ["yes"]


@pytest.mark.parametrize(("kind", "read"), [("csv", csv_rows), ("xlsx", xlsx_rows)])
def test_what_waits_in_an_area_says_so(
    need: Need,
    units: dict[str, Unit],
    as_anna: Client,
    kind: str,
    read: Callable[[bytes], list[dict[str, Any]]],
) -> None:
    for name in ("photo", "bank"):
        giver = offering.company(units[name].name, unit=units[name])
        offering.noted_down(giver, need.area.owner, need.area)
    rows = read(download(as_anna, "offers:area_export", need.area.pk, kind))
    assert told_of(rows, "Lysets Fotostudie ApS") == ["yes"]
    assert told_of(rows, "Fjordbanken") == ["no"]


def test_resources_of_an_area_say_so(need: Need, units: dict[str, Unit], as_anna: Client, anna: User) -> None:
    companies.pick_up(area=need.area, unit=units["photo"], creation_key=uuid4(), by=anna, now=NOW)
    for kind, read in (("csv", csv_rows), ("xlsx", xlsx_rows)):
        rows = read(download(as_anna, "mapping:export", need.area.pk, kind))
        assert told_of(rows, "Lysets Fotostudie ApS") == ["yes"]
    assert "protected from advertising" in pdf_text(download(as_anna, "mapping:profile", need.area.pk)).lower()


def test_the_register_written_as_csv_says_so(need: Need, tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    result = CliRunner().invoke(register, ["export", "--out", str(path)])
    assert result.exit_code == 0, result.output
    rows = csv_rows(path.read_bytes())
    told = {row["Navn"]: row["Reklamebeskyttelse"] for row in rows}
    assert told["Fredet Foto"] == told["Lysets Fotostudie ApS"] != told["Rullerne"]


def test_a_search_in_the_terminal_says_so(need: Need) -> None:
    found = json.loads(CliRunner().invoke(register, ["search", "fredet", "--json"]).stdout)
    assert [unit["protected"] for unit in found] == [True]
    assert "[protected]" in CliRunner().invoke(register, ["search", "fredet"]).stdout


def test_a_look_up_in_the_terminal_says_so(units: dict[str, Unit], settings: Settings) -> None:
    with service(lambda question: (200, answer(protected=True))) as running:
        settings.LOOKUP, settings.LOOKUP_URL, settings.LOOKUP_AGENT = "cvrapi", running.address, "Medspil"
        told = json.loads(CliRunner().invoke(register, ["lookup", "12345674", "--no-index", "--json"]).stdout)
        lines = CliRunner().invoke(register, ["lookup", "12345674", "--no-index"]).stdout
    assert {unit["number"]: unit["protected"] for unit in told["units"]} == {
        unit.number: unit.protected for unit in Unit.objects.filter(cvr="12345674")
    }
    assert lines.count("[protected]") == sum(unit["protected"] for unit in told["units"]) == 2


def test_an_allocation_as_files_and_in_the_terminal_says_so(
    units: dict[str, Unit], vejle: Organisation, anna: User, as_anna: Client
) -> None:
    round_ = rounds.begin(vejle, anna)
    rounds.fill(round_, anna, asks=True, text="klasse\n7.A")
    rounds.fill(round_, anna, asks=False, text="virksomhed\nFredet Foto")
    round_.supplies.update(unit=units["protected"])
    run_round(round_=round_, by=anna, now=NOW)
    for kind, read in (("csv", csv_rows), ("xlsx", xlsx_rows)):
        assert told_of(read(download(as_anna, "rounds:export", round_.pk, kind)), "Fredet Foto") == ["yes"]
    assert "Fredet Foto (protected from advertising)" in pdf_text(download(as_anna, "rounds:export", round_.pk, "pdf"))
    assert "Fredet Foto [protected]" in CliRunner().invoke(allocate, [str(round_.pk)]).stdout
    told = json.loads(CliRunner().invoke(allocate, [str(round_.pk), "--json"]).stdout)
    assert told["protected"] == [str(round_.supplies.get().pk)]


def test_what_an_area_lacks_says_so_of_who_has_it(
    need: Need, units: dict[str, Unit], anna: User, as_anna: Client
) -> None:
    area, unit = need.area, units["photo"]
    unit.refresh_from_db()
    challenge = places.challenge(area)
    Competence.objects.create(challenge=challenge, kind="photo_film")
    resources.resource(area, anna, "Lysets Fotostudie", "company", unit=unit, kinds=["photo_film"])
    offering.offer(offering.company("Studiet", unit=unit), area)
    consented = Party(unit=unit, consent_on=NOW.date(), consent_how="Ejeren ringede")
    link = links.link(need, consented, by=anna, challenge=challenge)
    link.parties.filter(unit=unit).update(answer="yes")
    [row] = [row for row in csv_rows(download(as_anna, "mapping:coverage_export", area.pk)) if row["Who has it"]]
    named = {"Lysets Fotostudie", "Studiet", unit.name}
    assert set(row["Who has it"].split(", ")) == named
    assert set(row["Advertising protection"].split(", ")) == named


def test_every_place_where_files_and_json_are_made_has_been_walked() -> None:
    making = {
        path.relative_to(SOURCES).as_posix()
        for path in SOURCES.rglob("*.py")
        if not path.is_relative_to(SOURCES / "matching") and not path.is_relative_to(SOURCES / "language")
        and _MAKES.search(path.read_text(encoding="utf-8"))
    }  # fmt: skip
    assert making == WAYS_OUT.keys()

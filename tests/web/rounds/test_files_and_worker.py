"""The plan as files and on one page of paper; a large allocation is worked out by the worker while one may leave."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from openpyxl import load_workbook
from pypdf import PdfReader

from medspil.accounts.models import User
from medspil.common.tables import plain_cell
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.register.progress import ProgressFile
from medspil.rounds import services
from medspil.rounds.models import Proposal, Round, Solving, SolvingState
from medspil.rounds.services import running
from medspil.rounds.tasks import solve_round
from tests.conftest import NOW
from tests.factories import people, places, rounds

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def adoption(vejle: Organisation, anna: User) -> Round:
    """Return ten classes and seven companies of one area."""
    area = places.area(vejle)
    return rounds.adoption(vejle, anna, area=area, need=places.need(area, "Adoption", ("company_visit",)))


def download(client: Client, round_: Round, kind: str) -> bytes:
    response = client.get(reverse("rounds:export", args=[round_.pk, kind]), headers=ENGLISH)
    assert response.status_code == 200
    assert response["Content-Disposition"].endswith(f'.{kind}"')
    return response.content


def test_the_plan_is_a_table_with_a_row_for_each_pair(adoption: Round, anna: User, as_anna: Client) -> None:
    rounds.fill(adoption, anna, asks=True, text="klasse;klassetrin;adresse\n=1+1;8;9800 Hjørring")
    services.run(round_=adoption, by=anna, now=NOW)
    rows = list(csv.DictReader(io.StringIO(download(as_anna, adoption, "csv").decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 11
    assert rows[-1]["Class"].startswith("'")
    assert plain_cell(rows[-1]["Class"]) == "=1+1"
    assert "too far away" in rows[-1]["Note"]
    sheet = load_workbook(io.BytesIO(download(as_anna, adoption, "xlsx"))).worksheets[0]
    assert [cell.value for cell in sheet[2]][:6] == ["7.A", "Nørremarken", 1, 1, 1, rows[0]["Company"]]


def test_the_plan_on_paper_is_one_page_with_everybody_on_it(adoption: Round, anna: User, as_anna: Client) -> None:
    services.run(round_=adoption, by=anna, now=NOW)
    paper = PdfReader(io.BytesIO(download(as_anna, adoption, "pdf")))
    text = " ".join(paper.pages[0].extract_text().split())
    assert len(paper.pages) == 1
    assert all(name in text for name in ("7.A", "9.X", "Klodsfabrikken", "Hospitalet", "Who gets what"))


def test_before_a_proposal_the_files_say_so(adoption: Round, as_anna: Client) -> None:
    assert b"7.A" in download(as_anna, adoption, "csv")
    assert download(as_anna, adoption, "pdf").startswith(b"%PDF")
    assert as_anna.get(reverse("rounds:export", args=[adoption.pk, "exe"])).status_code == 404


def test_a_reader_s_file_holds_only_the_rows_of_her_areas(
    adoption: Round, anna: User, vejle: Organisation, as_anna: Client
) -> None:
    other = places.area(people.organisation("Esbjerg Kommune"), name="Et andet sted")
    rounds.fill(adoption, anna, asks=True, text="klasse;klassetrin\nFremmed;8", area=other)
    adoption.areas.add(other)
    services.run(round_=adoption, by=anna, now=NOW)
    carl = people.signed_in(people.member(other.owner, Role.READER, name="Carl"))
    text = download(carl, adoption, "csv").decode()
    assert "Fremmed" in text
    assert "7.A" not in text
    assert "Klodsfabrikken" not in text
    assert "7.A" in download(as_anna, adoption, "csv").decode()


@pytest.fixture
def large(adoption: Round, monkeypatch: pytest.MonkeyPatch) -> Round:
    """Return a round that counts as too large for somebody to wait for."""
    monkeypatch.setattr(running, "AT_ONCE", 10)
    return adoption


def test_a_large_round_goes_to_the_worker_and_its_page_shows_how_far_it_is(large: Round, as_anna: Client) -> None:
    url, board = reverse("rounds:run", args=[large.pk]), reverse("rounds:board", args=[large.pk])
    as_anna.post(url)
    as_anna.post(url)
    job = DBTaskResult.objects.get()
    assert "Waiting for the worker" in as_anna.get(board, headers=ENGLISH).content.decode()
    progress = ProgressFile(large.progress_name)
    progress.tell("pairing", 5, 10)
    html = as_anna.get(board, headers={**ENGLISH, "HX-Request": "true"}).content.decode()
    assert html.strip().startswith('<div id="board" hx-get')
    assert "5 of 10" in html
    progress.finish()
    solve_round.call(*job.args_kwargs["args"])
    html = as_anna.get(board, headers=ENGLISH).content.decode()
    assert "10 of 10 wanted" in html
    assert 'hx-trigger="every 1s"' not in html
    assert Proposal.objects.count() == 1


def test_a_change_to_a_large_round_is_said_at_once_and_worked_out_later(
    large: Round, as_anna: Client, anna: User
) -> None:
    services.run(round_=large, by=anna, now=NOW)
    large.refresh_from_db()
    klass, company = rounds.demand(large, "9.X"), rounds.supply(large, "Hospitalet")
    url = reverse("rounds:pair", args=[large.pk, klass.pk, company.pk])
    page = as_anna.get(url, {"hvad": "ban"}, headers=ENGLISH).content.decode()
    assert "the price is worked out when it is done" in page
    as_anna.post(url, {"version": large.version, "do": "ban"})
    assert large.pair_rules.count() == 1
    solve_round.call(*DBTaskResult.objects.get().args_kwargs["args"])
    large.refresh_from_db()
    assert large.proposal
    assert large.proposal.number == 2


def test_a_worker_that_was_killed_is_told_of(large: Round, as_anna: Client) -> None:
    as_anna.post(reverse("rounds:run", args=[large.pk]))
    Solving.objects.update(state=SolvingState.RUNNING, alive_until=NOW.replace(year=2020))
    board = reverse("rounds:board", args=[large.pk])
    assert "The work stopped before it was done" in as_anna.get(board, headers=ENGLISH).content.decode()
    as_anna.post(reverse("rounds:run", args=[large.pk]))
    assert Solving.objects.under_way().count() == 1

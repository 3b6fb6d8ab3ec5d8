"""The register's pages: look up, one unit, the state, and an import from the file to the changed register."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from medspil.accounts.models import User
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.register.index import rebuild_index
from medspil.register.models import ColumnMapping, ImportRun, ImportState, Unit
from medspil.register.progress import ProgressFile
from medspil.register.tasks import apply_import, build_search_index, compare_import
from tests.factories import companies, people
from tests.factories.registers import applied, compared, csv_file, csv_text, many, received, row, use_folder

pytestmark = pytest.mark.django_db
KEY = "5f0f5c0e-5df0-4c8b-9f0c-0d5b8b6f3a11"


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    """Write nothing outside the test's own folder, and speak English, in which the sources are written."""
    use_folder(settings, tmp_path / "data")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def as_reader(vejle: Organisation) -> Client:
    """Return a browser of somebody who may look, but not import."""
    return people.signed_in(people.member(vejle, Role.READER, name="Rita"))


@pytest.fixture
def as_company(vejle: Organisation) -> Client:
    """Return a browser of somebody who may not even look."""
    return people.signed_in(people.member(vejle, Role.COMPANY_CONTACT, name="Carl"))


def work() -> None:
    """Do the waiting jobs, as the worker would."""
    jobs = {each.module_path: each for each in (compare_import, apply_import, build_search_index)}
    for waiting in DBTaskResult.objects.filter(status="READY").order_by("enqueued_at"):
        with translation.override(None):
            jobs[waiting.task_path].call(*waiting.args_kwargs["args"])
        DBTaskResult.objects.filter(pk=waiting.pk).update(status="SUCCESSFUL")


def page(client: Client, name: str, *args: object, **query: str) -> str:
    response = client.get(reverse(f"register:{name}", args=args), query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def upload(client: Client, content: bytes | str, **changed: str) -> ImportRun:
    told = {"creation_key": KEY, "source": "CVR", "source_date": "2026-11-01", "complete": "on"} | changed
    file = SimpleUploadedFile("register.csv", content.encode() if isinstance(content, str) else content)
    response = client.post(reverse("register:upload"), {**told, "file": file})
    assert response.status_code == 302, response.content.decode()
    return ImportRun.objects.get(creation_key=told["creation_key"])


def columns_of(run: ImportRun) -> dict[str, str]:
    """Return what the page of columns sends when nothing is corrected."""
    layout = run.layout
    told = {f"column_{field}": heading for field, heading in run.columns.items()}
    return told | {
        "encoding": layout["encoding"], "delimiter": layout["delimiter"], "decimal": layout["decimal"],
        "day_first": "1", "code_system": "DB25", "silent_is_protected": "1",
    }  # fmt: skip


def test_a_unit_is_found_by_name_and_its_page_shows_facts_with_source_and_date(as_reader: Client) -> None:
    unit = companies.unit("Havnens Smedje ApS", protected=True, made_up=True, source_date=date(2026, 11, 1))
    rebuild_index()
    found = page(as_reader, "list", q="smejde")
    assert "Havnens Smedje ApS" in found
    assert reverse("register:detail", args=[unit.number]) in found
    shown = page(as_reader, "detail", unit.number)
    for text in (
        "Advertising protection",
        "Made up",
        "prøve",
        "1 November 2026",
        "The point on the map is the address",
    ):
        assert text in shown


def test_htmx_gets_the_results_only(as_reader: Client) -> None:
    companies.unit("Havnens Smedje ApS")
    rebuild_index()
    answer = as_reader.get(reverse("register:list"), {"q": "smedje"}, headers={"HX-Request": "true"}).content.decode()
    assert "Havnens Smedje ApS" in answer
    assert "<html" not in answer


def test_without_an_index_the_page_still_finds_names_and_says_what_to_do(as_reader: Client) -> None:
    companies.unit("Havnens Smedje ApS")
    found = page(as_reader, "list", q="smedje")
    assert "Havnens Smedje ApS" in found
    assert "medspil register index" in found


def test_nonsense_in_the_address_narrows_nothing(as_reader: Client) -> None:
    companies.unit("Havnens Smedje ApS")
    rebuild_index()
    assert "Havnens Smedje ApS" in page(as_reader, "list", q="smedje", municipality="nonsense")


def test_an_empty_register_teaches_and_offers_the_import_to_who_may(as_anna: Client, as_reader: Client) -> None:
    assert reverse("register:upload") in page(as_anna, "list")
    assert reverse("register:upload") not in page(as_reader, "list")


def test_the_state_tells_counts_sources_age_and_the_index(as_reader: Client, tmp_path: Path) -> None:
    applied(csv_file(tmp_path, many(3)))
    assert "CVR-udtræk" in page(as_reader, "status")
    assert "medspil register index" in page(as_reader, "status")
    rebuild_index()
    assert "3 units and is up to date" in page(as_reader, "status")


def test_only_who_may_import_sees_imports_and_only_who_may_look_sees_units(
    as_reader: Client, as_company: Client, tmp_path: Path
) -> None:
    run, unit = received(csv_file(tmp_path, many(1))), companies.unit()
    for name, args in (("imports", []), ("upload", []), ("import", [run.pk]), ("columns", [run.pk])):
        assert as_reader.get(reverse(f"register:{name}", args=args)).status_code == 403
    for name in ("compare", "apply", "discard"):
        assert as_reader.post(reverse(f"register:{name}", args=[run.pk])).status_code == 403
    assert as_reader.post(reverse("register:index")).status_code == 403
    assert as_company.get(reverse("register:list")).status_code == 403
    assert as_company.get(reverse("register:detail", args=[unit.number])).status_code == 403
    assert Client().get(reverse("register:list")).status_code == 302


def test_an_import_goes_from_the_file_to_the_register_in_four_pages(as_anna: Client, anna: User) -> None:
    run = upload(as_anna, csv_text([row(), row(1_000_000_002, Navn="=cmd()"), row("x")]))
    shown = page(as_anna, "columns", run.pk)
    assert "1000000001 · 1000000002 · x" in shown
    as_anna.post(reverse("register:columns", args=[run.pk]), columns_of(run))
    assert "Waiting for the worker" in page(as_anna, "import", run.pk)
    work()
    shown = page(as_anna, "import", run.pk)
    assert "Nothing has happened yet" in shown
    assert "The P-number contains a letter or a symbol" in shown
    assert "=cmd()" in shown
    assert not Unit.objects.exists()
    as_anna.post(reverse("register:apply", args=[run.pk]))
    work()
    work()
    assert "The register is changed" in page(as_anna, "import", run.pk)
    assert Unit.objects.count() == 2
    assert "Havnens Smedje ApS" in page(as_anna, "list", q="smedje")
    run.refresh_from_db()
    assert run.by_name == str(anna)


def test_rejected_rows_come_as_a_file_that_no_spreadsheet_runs(as_anna: Client, tmp_path: Path) -> None:
    run = compared(csv_file(tmp_path, [row(), row("x", Navn="=cmd()")]))
    response = as_anna.get(reverse("register:rejected", args=[run.pk]))
    content = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    response.close()
    assert ";'=cmd();" in content
    assert "attachment" in response["Content-Disposition"]


def test_no_file_of_rejected_rows_is_404(as_anna: Client, tmp_path: Path) -> None:
    run = compared(csv_file(tmp_path, many(1)))
    assert as_anna.get(reverse("register:rejected", args=[run.pk])).status_code == 404


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"1;2;3\n4;5;6\n"])
def test_a_file_that_cannot_be_read_is_told_at_the_field_and_nothing_is_kept(as_anna: Client, content: bytes) -> None:
    told = {"creation_key": KEY, "source": "CVR", "source_date": "2026-11-01", "complete": "on"}
    answer = as_anna.post(reverse("register:upload"), {**told, "file": SimpleUploadedFile("r.csv", content)})
    assert answer.status_code == 422
    assert "form-error-message" in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_a_file_too_big_is_told_with_the_way_for_big_files(as_anna: Client, settings: Settings) -> None:
    settings.UPLOAD_LIMIT_BYTES = 10
    told = {"creation_key": KEY, "source": "CVR", "source_date": "2026-11-01"}
    answer = as_anna.post(reverse("register:upload"), {**told, "file": SimpleUploadedFile("r.csv", b"x" * 11)})
    assert "medspil register import" in answer.content.decode()


def test_a_double_click_makes_one_import_and_one_comparison(as_anna: Client) -> None:
    run = upload(as_anna, csv_text(many(2)))
    assert upload(as_anna, csv_text(many(2))) == run
    for _click in range(2):
        as_anna.post(reverse("register:columns", args=[run.pk]), columns_of(run))
    assert DBTaskResult.objects.count() == 1


def test_a_file_of_companies_says_so_on_the_page_and_cannot_go_on(as_anna: Client) -> None:
    run = upload(as_anna, "CVR-nr;Navn\r\n12345674;A\r\n")
    assert "companies but no units" in page(as_anna, "columns", run.pk)
    answer = as_anna.post(reverse("register:columns", args=[run.pk]), columns_of(run))
    assert answer.status_code == 422
    assert "P-numbers" in answer.content.decode()


def test_columns_are_corrected_and_saved_under_a_name(as_anna: Client) -> None:
    run = upload(as_anna, "Nummer på stedet;Kaldes\r\n1000000001;A\r\n")
    told = columns_of(run) | {"column_number": "Nummer på stedet", "column_name": "Kaldes", "save_as": "Konsulenten"}
    assert as_anna.post(reverse("register:columns", args=[run.pk]), told).status_code == 302
    assert ColumnMapping.objects.get().name == "Konsulenten"
    work()
    run.refresh_from_db()
    assert (run.state, run.added) == (ImportState.COMPARED, 1)


def test_another_encoding_shows_the_columns_again(as_anna: Client) -> None:
    run = upload(as_anna, "P-nummer;Navn;Formål\r\n1000000001;Ærø;Møl\r\n".encode("cp1252"))
    answer = as_anna.post(reverse("register:columns", args=[run.pk]), columns_of(run) | {"encoding": "cp850"})
    assert answer["Location"] == reverse("register:columns", args=[run.pk])
    assert not DBTaskResult.objects.exists()


def test_progress_is_seen_while_the_work_goes_on(as_anna: Client, tmp_path: Path) -> None:
    run = received(csv_file(tmp_path, many(1)))
    compare_import.enqueue(run.pk)
    ProgressFile(run.progress_name).tell("comparing", 250, 1000)
    shown = page(as_anna, "import", run.pk)
    assert 'value="250" max="1000"' in shown
    assert 'hx-trigger="every 1s"' in shown


def test_an_import_whose_worker_fell_silent_says_so(as_anna: Client, tmp_path: Path) -> None:
    run = received(csv_file(tmp_path, many(1)))
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.APPLYING, lease_until=datetime(2026, 1, 1, tzinfo=UTC))
    assert "fallen silent" in page(as_anna, "import", run.pk)


def test_a_file_that_lacks_much_needs_a_tick(as_anna: Client, tmp_path: Path) -> None:
    applied(csv_file(tmp_path, many(40)))
    run = compared(csv_file(tmp_path, many(10)))
    assert "Much is missing" in page(as_anna, "import", run.pk)
    answer = as_anna.post(reverse("register:apply", args=[run.pk]), follow=True)
    assert "30 of the source" in answer.content.decode()
    assert not DBTaskResult.objects.exists()
    as_anna.post(reverse("register:apply", args=[run.pk]), {"accept_gone": "on"})
    work()
    assert Unit.objects.active().count() == 10


def test_changes_are_shown_from_what_to_what(as_anna: Client, tmp_path: Path) -> None:
    applied(csv_file(tmp_path, [row()]))
    run = compared(csv_file(tmp_path, [row(Navn="Ny Smedje", Reklamebeskyttelse="ja")]))
    shown = page(as_anna, "import", run.pk)
    assert "Ny Smedje" in shown
    assert '<td data-title="Now">no</td>' in shown


def test_an_import_can_be_thrown_away_until_it_is_applied(as_anna: Client, tmp_path: Path) -> None:
    run, done = compared(csv_file(tmp_path, many(1))), applied(csv_file(tmp_path, many(1)))
    as_anna.post(reverse("register:discard", args=[run.pk]))
    as_anna.post(reverse("register:discard", args=[done.pk]))
    assert list(ImportRun.objects.all()) == [done]
    assert done.source in page(as_anna, "imports")


def test_the_index_can_be_built_from_the_page(as_anna: Client) -> None:
    companies.unit("Havnens Smedje ApS")
    for _click in range(2):
        assert as_anna.post(reverse("register:index")).status_code == 302
    assert DBTaskResult.objects.count() == 1
    work()
    assert "up to date" in page(as_anna, "status")

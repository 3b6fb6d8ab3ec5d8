"""Several files are brought in on the page as one import: no columns are asked for, and what is left out is told."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from medspil.register.models import ImportRun, ImportState, Unit
from tests.factories.datafordeler import Download
from tests.factories.registers import csv_text, many, use_folder
from tests.web.test_register import KEY, work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    """Write nothing outside the test's own folder, and speak English, in which the sources are written."""
    use_folder(settings, tmp_path / "data")
    settings.LANGUAGE_CODE = "en"


def hand_in(client: Client, *paths: Path) -> ImportRun:
    told = {"creation_key": KEY, "source": "CVR", "source_date": "2026-11-13", "complete": "on"}
    files = [SimpleUploadedFile(path.name, path.read_bytes()) for path in paths]
    response = client.post(reverse("register:upload"), {**told, "file": files})
    assert response.status_code == 302, response.content.decode()
    run = ImportRun.objects.get()
    assert response.headers["Location"] == reverse("register:import", args=[run.pk])
    return run


def shown(client: Client, run: ImportRun) -> str:
    return client.get(reverse("register:import", args=[run.pk])).content.decode()


def test_the_files_of_a_download_are_compared_at_once_and_applied(as_anna: Client, tmp_path: Path) -> None:
    download = Download()
    download.unit(cvr=download.company("12345674")[1:])
    run = hand_in(as_anna, *download.write(tmp_path / "d", packing="zip").values())
    work()
    run.refresh_from_db()
    assert run.state == ImportState.COMPARED, run.problem
    page = shown(as_anna, run)
    assert f"{run.files.count()} files, data of 13 November 2026" in page
    assert "<strong>Produktionsenhed</strong>" in page
    assert reverse("register:columns", args=[run.pk]) not in page
    assert as_anna.get(reverse("register:columns", args=[run.pk])).status_code == 302
    as_anna.post(reverse("register:apply", args=[run.pk]))
    work()
    assert Unit.objects.get().name == "Havnens Smedje"


def test_what_was_left_out_is_told_with_its_number_and_an_example(as_anna: Client, tmp_path: Path) -> None:
    download = Download()
    download.unit(cvr=download.company("12345674")[1:])
    run = hand_in(as_anna, *download.write(tmp_path / "d").values())
    work()
    run.refresh_from_db()
    told = run.findings | {
        "left_out": {"secret_contact_dropped": 1234, "employment_unknown": 7},
        "left_out_examples": {"secret_contact_dropped": ["P 1000000001"]},
    }
    ImportRun.objects.filter(pk=run.pk).update(findings=told)
    page = shown(as_anna, run)
    left_out, noticed = page.split("Left out")[1].split("Noticed on the way")
    for text in ("1,234", "marked as secret", "P 1000000001"):
        assert text in left_out
    assert "number of employees is not known" in noticed


def test_a_warning_says_which_unit_and_which_of_the_files(as_anna: Client, tmp_path: Path) -> None:
    download = Download()
    download.unit(cvr=download.company("12345678")[1:])
    run = hand_in(as_anna, *download.write(tmp_path / "d").values())
    work()
    page = shown(as_anna, run)
    assert "P 1000000001: 12345678" in page
    assert "CVR number (Produktionsenhed)" in page


def test_tables_that_do_not_belong_together_are_refused_in_a_sentence(as_anna: Client) -> None:
    files = [SimpleUploadedFile(name, csv_text(many(1)).encode()) for name in ("a.csv", "b.csv")]
    told = {"creation_key": KEY, "source": "CVR", "source_date": "2026-11-13", "file": files}
    response = as_anna.post(reverse("register:upload"), told)
    assert response.status_code == 422
    assert "one at a time" in response.content.decode()
    assert not ImportRun.objects.exists()


def test_an_empty_file_among_several_is_refused(as_anna: Client) -> None:
    files = [SimpleUploadedFile("a.csv", csv_text(many(1)).encode()), SimpleUploadedFile("b.csv", b"")]
    told = {"creation_key": KEY, "source": "CVR", "source_date": "2026-11-13", "file": files}
    response = as_anna.post(reverse("register:upload"), told)
    assert response.status_code == 422
    assert "The file is empty." in response.content.decode()

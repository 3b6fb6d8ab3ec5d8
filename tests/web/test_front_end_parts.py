"""Others' front-end parts: copied whole, once, and such that static files can be collected from them."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import Settings

from medspil.cli.demo import demo
from medspil.cli.serve import serve

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(not (ROOT / "node_modules").is_dir(), reason="the front-end parts are not installed")


@pytest.fixture
def script() -> ModuleType:
    """Return the script as a module."""
    spec = importlib.util.spec_from_file_location("front_end_parts", ROOT / "scripts/front_end_parts.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_second_run_copies_nothing_and_a_missing_mark_copies_again(script: ModuleType, tmp_path: Path) -> None:
    parts = tmp_path / "parts"
    number = script.copy_parts(parts)
    assert number > 100
    assert script.copy_parts(parts) == 0
    (parts / script.STAMP).unlink()
    assert script.copy_parts(parts) == number


def test_static_files_are_collected_with_every_reference_found(
    script: ModuleType, tmp_path: Path, settings: Settings
) -> None:
    script.copy_parts(tmp_path / "parts")
    settings.STATICFILES_DIRS = [tmp_path / "parts"]
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "static/staticfiles.json").exists()
    assert list((tmp_path / "static/medspil").glob("medspil.*.css"))


def test_without_the_parts_of_others_the_site_says_what_to_do_and_does_not_start(
    db: None, settings: Settings, client: Client, tmp_path: Path
) -> None:
    settings.FRONTEND_PARTS = tmp_path / "parts"
    for command in (serve, demo):
        said = CliRunner().invoke(command, ["--port", "18999"])
        assert said.exit_code == 1
        assert "front-end parts are missing" in said.output
        assert "make demo" in said.output
    storage = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": storage}
    settings.STATIC_ROOT = tmp_path / "static"
    client.raise_request_exception = False
    page = client.get("/", headers={"accept-language": "en"})
    assert page.status_code == 500
    assert "style sheets and scripts of the site are missing" in page.content.decode()

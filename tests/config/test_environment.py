"""Settings come from the environment and fail loudly."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from medspil.config import env

REAL_SITE = {
    "MEDSPIL_SECRET_KEY": "for-this-test-alone-0123456789-abcdefghijklmnopqrstuvwxyz-%&+",
    "MEDSPIL_HOSTS": "medspil.example.org",
    "MEDSPIL_ORIGINS": "https://medspil.example.org",
    "MEDSPIL_SMTP_HOST": "mail.example.org",
    "MEDSPIL_FROM": "Medspil <medspil@medspil.example.org>",
}


def django(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run one of Django's commands in a fresh Python with these variables alone."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MEDSPIL_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "django", *command, "--settings", "medspil.config.settings"],
        env=kept | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(("value", "read"), [("true", True), ("1", True), ("False", False), ("0", False), ("", True)])
def test_a_flag_is_one_of_four_words_or_its_default(monkeypatch: pytest.MonkeyPatch, value: str, read: bool) -> None:
    monkeypatch.setenv("MEDSPIL_X", value)
    assert env.flag("MEDSPIL_X", default=True) is read


def test_a_flag_that_is_another_word_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDSPIL_X", "ja")
    with pytest.raises(ImproperlyConfigured, match="MEDSPIL_X is 'ja'"):
        env.flag("MEDSPIL_X", default=False)


def test_a_secret_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hush\n", encoding="utf-8")
    monkeypatch.setenv("MEDSPIL_X_FILE", str(tmp_path / "secret"))
    assert env.text("MEDSPIL_X") == "hush"


def test_words_are_cut_at_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDSPIL_X", " a.dk, b.dk ,,")
    assert env.words("MEDSPIL_X") == ["a.dk", "b.dk"]


def test_without_a_url_the_database_is_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("MEDSPIL_DATABASE", raising=False)
    found = env.database("MEDSPIL_DATABASE", default=tmp_path / "x.sqlite3")
    assert found["ENGINE"].endswith("sqlite3")
    assert found["NAME"] == tmp_path / "x.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_url_names_a_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDSPIL_DATABASE", "postgresql://anna:p%40ss@db.example.org:5433/medspil")
    found = env.database("MEDSPIL_DATABASE", default=Path("x"))
    assert found["ENGINE"].endswith("postgresql")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example.org", 5433, "medspil")
    assert (found["USER"], found["PASSWORD"]) == ("anna", "p@ss")
    assert found["CONN_HEALTH_CHECKS"] is True


def test_a_url_may_name_the_folder_of_a_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDSPIL_DATABASE", "postgresql://postgres@/postgres?host=%2Frun%2Fpg")
    found = env.database("MEDSPIL_DATABASE", default=Path("x"))
    assert (found["HOST"], found["PORT"], found["USER"]) == ("/run/pg", "", "postgres")


def test_another_kind_of_database_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDSPIL_DATABASE", "mysql://x")
    with pytest.raises(ImproperlyConfigured, match="starts with 'mysql'"):
        env.database("MEDSPIL_DATABASE", default=Path("x"))


def test_a_real_site_passes_djangos_check_before_deployment(tmp_path: Path) -> None:
    done = django("check", "--deploy", "--fail-level", "WARNING", MEDSPIL_DATA=str(tmp_path), **REAL_SITE)
    assert done.returncode == 0, done.stderr


def test_a_site_without_a_key_does_not_start(tmp_path: Path) -> None:
    done = django("check", MEDSPIL_DATA=str(tmp_path))
    assert done.returncode != 0
    assert "Set MEDSPIL_SECRET_KEY" in done.stderr


def test_a_site_on_ones_own_machine_needs_no_setting_but_one(tmp_path: Path) -> None:
    assert django("check", MEDSPIL_DATA=str(tmp_path), MEDSPIL_LOCAL="true").returncode == 0


SHOW_ADDRESS = """
from allauth.core.internal.httpkit import get_client_ip
from django.test import RequestFactory
print(get_client_ip(RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "1.1.1.1, 2.2.2.2"})))
"""


@pytest.mark.parametrize(("behind_proxy", "counted"), [("true", "2.2.2.2"), ("false", "10.0.0.1")])
def test_attempts_are_counted_by_the_address_the_proxy_saw_and_nobody_can_make_one_up(
    tmp_path: Path, behind_proxy: str, counted: str
) -> None:
    done = django(
        "shell", "-v0", "-c", SHOW_ADDRESS, MEDSPIL_BEHIND_PROXY=behind_proxy, MEDSPIL_DATA=str(tmp_path), **REAL_SITE
    )
    assert done.stdout.split() == [counted], done.stderr

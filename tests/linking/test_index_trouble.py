"""Without a usable index there is no ranking, but nothing else is lost."""

from datetime import datetime
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.models import Decision
from medspil.linking.services import ask
from medspil.linking.shortlist import keep
from medspil.matching import IndexUnusable
from medspil.register.models import Unit


def break_it(folder: Path, how: str) -> None:
    """Do to the index what disks, killed builds and upgrades do."""
    named = folder / (folder / "CURRENT").read_text().strip()
    if how == "missing":
        (folder / "CURRENT").unlink()
    elif how == "half written":
        data = named / "data"
        data.write_bytes(data.read_bytes()[: data.stat().st_size // 2])
    else:
        header = named / "header"
        header.write_bytes(b"\x00" * header.stat().st_size)


@pytest.mark.usefixtures("units")
@pytest.mark.parametrize("how", ["missing", "half written", "unreadable"])
def test_the_trouble_is_told_in_a_sentence(need: Need, now: datetime, settings: Settings, how: str) -> None:
    break_it(settings.INDEX_DIR, how)
    settings.INDEX_DIR = settings.INDEX_DIR.rename(settings.INDEX_DIR.with_name("moved"))
    with pytest.raises(IndexUnusable, match="medspil register index"):
        ask(need=need, by=None, now=now)


@pytest.mark.usefixtures("units")
def test_an_index_of_another_version_is_not_read(
    need: Need, now: datetime, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("medspil.matching._format.FORMAT_VERSION", 99)
    settings.INDEX_DIR = settings.INDEX_DIR.rename(settings.INDEX_DIR.with_name("moved"))
    with pytest.raises(IndexUnusable, match="medspil register index") as trouble:
        ask(need=need, by=None, now=now)
    assert trouble.value.reason == "format_version"


def test_a_company_can_be_kept_without_an_index(
    units: dict[str, Unit], need: Need, anna: User, now: datetime, settings: Settings
) -> None:
    settings.INDEX_DIR = settings.INDEX_DIR / "nothing here"
    candidate = keep(need=need, number=units["photo"].number, expected_version=0, by=anna, now=now)
    assert (candidate.decision, candidate.grounds, candidate.run) == (Decision.KEPT, {}, None)

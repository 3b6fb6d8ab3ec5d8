"""Makes register files for tests, and hands them in."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings as django_settings
from django.core.files import File
from pytest_django.fixtures import Settings

from medspil.register import services
from medspil.register.models import ImportRun

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
HEADER = ("P-nummer", "CVR-nr", "Navn", "Branchekode", "Branchetekst", "Adresse", "Postnr", "Kommunekode", "X", "Y",
          "Ansatte", "Startdato", "Reklamebeskyttelse")  # fmt: skip
ROW = ("1000000001", "12345674", "Havnens Smedje ApS", "251100", "Metal", "Havnegade 1", "7100", "630", "533500,0",
       "6174000,0", "20-49", "01-02-2003", "nej")  # fmt: skip


def clock() -> datetime:
    """Return the moment at which tests happen."""
    return NOW


def row(number: int | str = 1_000_000_001, **changed: str) -> list[str]:
    """Return a good row with some cells changed, named by heading."""
    cells = dict(zip(HEADER, ROW, strict=True)) | {"P-nummer": str(number)}
    cells |= {heading.replace("_", "-"): value for heading, value in changed.items()}
    return list(cells.values())


def csv_text(rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER) -> str:
    """Return a CSV file as Danish offices send it; no quotation marks, so that faults stay faults."""
    return "".join(";".join(cells) + "\r\n" for cells in [header, *rows])


def csv_file(folder: Path, rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER, name: str = "r.csv") -> Path:
    """Write a CSV file in UTF-8."""
    path = folder / name
    path.write_text(csv_text(rows, header), encoding="utf-8", newline="")
    return path


def many(count: int, first: int = 1_000_000_001) -> list[list[str]]:
    """Return good rows with numbers in a row."""
    return [row(first + nth, Navn=f"Virksomhed {nth} ApS") for nth in range(count)]


def received(path: Path, **facts: Any) -> ImportRun:
    """Hand a file in."""
    told: dict[str, Any] = {"source": "CVR-udtræk", "source_date": date(2026, 11, 1), "creation_key": uuid4()}
    with path.open("rb") as file:
        return services.receive_file(file=File(file), file_name=path.name, **{"now": NOW} | told | facts)


def compared(path: Path, **facts: Any) -> ImportRun:
    """Hand a file in and compare it."""
    return services.compare(run=received(path, **facts), clock=clock)


def applied(path: Path, *, accept_gone: bool = False, **facts: Any) -> ImportRun:
    """Hand a file in, compare and apply it."""
    return services.apply(run=compared(path, **facts), clock=clock, accept_gone=accept_gone)


def folder_settings(folder: Path) -> dict[str, Any]:
    """Return the settings that keep files, progress and index in a folder of a test's own."""
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder / "files"}}
    storages = django_settings.STORAGES | {"default": storage}
    return {"DATA_DIR": folder, "INDEX_DIR": folder / "index", "STORAGES": storages}


def use_folder(settings: Settings, folder: Path) -> None:
    """Keep a test's files, progress and index in its own folder."""
    for name, value in folder_settings(folder).items():
        setattr(settings, name, value)

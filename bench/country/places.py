"""Where an import is tried: a data folder of its own and an empty database in it, or a PostgreSQL beside it."""

import importlib.util
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from types import ModuleType, TracebackType
from typing import Final, Self
from urllib.parse import parse_qs, urlsplit

from bench.country.watching import KillAt, Watched, watch

ROOT: Final = Path(__file__).resolve().parents[2]
# A server that is measured waits for the disk, as a real one does.
SAFE: Final = ("max_connections=60", "listen_addresses=", "max_wal_size=4GB")


class StepFailed(Exception):
    """A step of the import ended with an error; its last words are the message."""


class Place:
    """An empty installation; as a context manager it goes away at the end."""

    def __init__(self, work: Path, *, url: str = "", server: int | None = None) -> None:
        self.data = Path(mkdtemp(prefix="installation-", dir=work))
        self.server = server
        self.environment = {"MEDSPIL_LOCAL": "true", "MEDSPIL_DATA": str(self.data), "MEDSPIL_DATABASE": url}
        self._emptied = bool(url)

    def __enter__(self) -> Self:
        self.run("prepare", self.data)
        if self._emptied:
            self.run("empty", self.data)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self.data, ignore_errors=True)

    def run(
        self, step: str, files: Path, *, kill_at: KillAt | None = None, more: Mapping[str, str] | None = None
    ) -> Watched:
        """Run one step here. Raises `StepFailed`."""
        environment = self.environment | dict(more or {})
        watched = watch(step, files, environment=environment, kill_at=kill_at, server=self.server)
        if watched.error:
            raise StepFailed(f"{step}: {watched.error}")
        return watched


@contextmanager
def database(kind: str, work: Path) -> Iterator[Callable[[], Place]]:
    """Give a maker of empty installations on SQLite or PostgreSQL."""
    if kind == "sqlite":
        yield lambda: Place(work)
        return
    with _script().postgres(SAFE) as url:
        socket = Path(parse_qs(urlsplit(url).query)["host"][0])
        server = int((socket / "postmaster.pid").read_text(encoding="ascii").split()[0])
        yield lambda: Place(work, url=url, server=server)


def _script() -> ModuleType:
    """Load the script that starts a throw-away PostgreSQL."""
    spec = importlib.util.spec_from_file_location("with_postgres", ROOT / "scripts" / "with_postgres.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

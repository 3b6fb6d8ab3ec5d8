"""One step of an import in a process of its own, which the measuring watches and kills: `worker STEP EVENTS FOLDER`.

Each event is a line of JSON: what begins or ends, when, and how many rows. The steps are those of the command and the
page: services of the register, called as they call them.
"""

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

SOURCE: Final = "CVR"
NEED: Final = "lektiehjælp og fritidsjob for unge, hjælp til at søge læreplads i et lokalt værksted"
AREA: Final = (533_700.0, 6_175_800.0)  # Nørremarken, as in the example
SEARCHES: Final = ("tømrer vejle", "frisør", "grundejerforeningen")
PORTION: Final = 20_000


class Events:
    """Tells what happens, to a file that survives a kill."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", encoding="utf-8", buffering=1)
        self._told = ("", 0.0)

    def tell(self, kind: str, name: str, **facts: Any) -> None:
        """Write a line."""
        self._file.write(json.dumps({"at": time.monotonic(), "kind": kind, "name": name, **facts}) + "\n")

    @contextmanager
    def stage(self, name: str) -> Iterator[dict[str, Any]]:
        """Tell when a stage begins and ends; what is put into the dictionary is told at its end."""
        facts: dict[str, Any] = {}
        self.tell("begin", name)
        yield facts
        self.tell("end", name, **facts)

    def progress(self, phase: str, done: int, total: int) -> None:
        """Tell how far the importer says it got: when a phase begins, and twice a second."""
        now = time.monotonic()
        if phase != self._told[0] or now - self._told[1] > 0.5:
            self.tell("progress", phase, done=done, total=total)
            self._told = (phase, now)


def main() -> None:
    """Do one step."""
    step, events, folder = sys.argv[1], Events(Path(sys.argv[2])), Path(sys.argv[3])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medspil.config.settings")
    import django  # noqa: PLC0415 - the settings are read from the environment when it is set up

    with events.stage("start"):
        django.setup()
    STEPS[step](events, folder)
    events.tell("done", step, peak_kb=_own("VmHWM"))


def prepare(events: Events, folder: Path) -> None:
    """Make the tables."""
    from django.core.management import call_command  # noqa: PLC0415 - only once Django is set up

    with events.stage("migrate"):
        call_command("migrate", verbosity=0)


def bring_in(events: Events, folder: Path) -> None:
    """Import the files of a folder: receive, compare, apply, index. What an earlier process did is not done again."""
    from medspil.register import services  # noqa: PLC0415 - only once Django is set up
    from medspil.register.index import index_state, rebuild_index  # noqa: PLC0415 - only once Django is set up
    from medspil.register.models import ImportState  # noqa: PLC0415 - only once Django is set up

    clock = _clock()
    with events.stage("receive") as facts:
        run, size = _receive(folder, clock())
        facts["bytes"] = size
    compared = (ImportState.COMPARED, ImportState.APPLYING, ImportState.APPLIED)
    if run.state not in compared:
        with events.stage("compare") as facts, _reader_heard(events):
            services.compare(run=run, clock=clock, tell=events.progress)
            facts["rows"] = run.rows_total
    if run.state != ImportState.APPLIED:
        with events.stage("apply") as facts:
            services.apply(run=run, clock=clock, accept_gone=True, tell=events.progress)
            facts["rows"] = run.added + run.changed + run.gone
    names = ("rows_total", "added", "changed", "unchanged", "gone", "rejected", "warned")
    counted = {name: getattr(run, name) for name in names}
    events.tell("told", "import", **counted, left_out=run.findings.get("left_out", {}))
    if not index_state().current:
        with events.stage("index") as facts:
            facts["rows"] = rebuild_index(tell=events.progress).rows
    services.forget_files(run=run)


def _receive(folder: Path, now: datetime) -> tuple[Any, int]:
    from django.core.files import File  # noqa: PLC0415 - only once Django is set up

    from medspil.register import services  # noqa: PLC0415 - only once Django is set up

    paths = sorted(path for path in folder.iterdir() if path.suffix in (".zip", ".csv"))
    told = json.loads((folder / "register.json").read_text(encoding="utf-8"))
    day = date(2026, 9, 19) + timedelta(days=7 * (told["week"] - 1))
    turn = os.environ.get("COUNTRY_TURN", "1")
    with ExitStack() as opened:
        files = [(path.name, File(opened.enter_context(path.open("rb")), name=path.name)) for path in paths]
        run = services.receive_files(
            creation_key=uuid5(NAMESPACE_URL, f"country/{day}/{turn}"),
            files=files,
            source=SOURCE,
            source_date=day,
            made_up=True,
            by_name="bench.country",
            now=now,
        )
    return run, sum(path.stat().st_size for path in paths)


@contextmanager
def _reader_heard(events: Events) -> Iterator[None]:
    """Hear the reader's own steps as it writes them down, and time apart from the work between its rows."""
    from medspil.register import comparing  # noqa: PLC0415 - only once Django is set up
    from medspil.register.reading.datafordeler import reader  # noqa: PLC0415 - only once Django is set up

    kind, read_rows = reader.Stage, comparing.read_rows  # type: ignore[attr-defined]

    def heard(name: str, seconds: float, rows: int) -> Any:
        events.tell("step", name, seconds=seconds, rows=rows)
        return kind(name, seconds, rows)

    def timed(*told: Any) -> Iterator[Any]:
        events.tell("step", "reader begins", seconds=0.0, rows=0)
        count, spent, rows = 0, 0.0, read_rows(*told)
        began = time.perf_counter()
        for row in rows:
            spent += time.perf_counter() - began
            count += 1
            yield row
            began = time.perf_counter()
        spent += time.perf_counter() - began
        events.tell("step", "reader ends", seconds=spent, rows=count)

    reader.Stage, comparing.read_rows = heard, timed  # type: ignore[assignment, attr-defined, misc]
    try:
        yield
    finally:
        reader.Stage, comparing.read_rows = kind, read_rows  # type: ignore[attr-defined, misc]


def _clock() -> Callable[[], datetime]:
    """Return the clock; after a kill it goes ahead, past the lease of the process that is gone."""
    ahead = timedelta(minutes=float(os.environ.get("COUNTRY_AHEAD_MINUTES", "0")))
    return lambda: datetime.now(UTC) + ahead


def look(events: Events, folder: Path) -> None:
    """Say what is in the register and its index: counts and a checksum of all that units say."""
    from medspil.matching import IndexUnusable  # noqa: PLC0415 - only once Django is set up
    from medspil.register.index import open_index  # noqa: PLC0415 - only once Django is set up
    from medspil.register.models import ImportRun, RegisterVersion, StagedUnit, Unit  # noqa: PLC0415 - only once Django is set up

    # The primary key says in which order rows came, not what they say.
    columns = [field.attname for field in Unit._meta.concrete_fields if not field.primary_key]
    digest, count, after = hashlib.blake2b(digest_size=16), 0, 0
    at = columns.index("number")
    while rows := list(Unit.objects.filter(number__gt=after).order_by("number").values_list(*columns)[:PORTION]):
        digest.update("\n".join(map(repr, rows)).encode())
        count, after = count + len(rows), rows[-1][at]
    try:
        index = open_index()
        index.verify()
        indexed: dict[str, Any] = {"rows": index.info.rows, "checksum": index.info.checksum}
    except IndexUnusable as problem:
        indexed = {"problem": getattr(problem, "reason", "unusable")}
    version = RegisterVersion.objects.filter(pk=1).first()
    events.tell(
        "told",
        "state",
        units=count,
        checksum=digest.hexdigest(),
        index=indexed,
        version=version.version if version else 0,
        staged=StagedUnit.objects.count(),
        database=_database(),
        imports=list(ImportRun.objects.order_by("pk").values_list("state", flat=True)),
    )


def _database() -> str:
    """Return name and version of the database."""
    from django.db import connection  # noqa: PLC0415 - only once Django is set up

    statement = "SHOW server_version" if connection.vendor == "postgresql" else "SELECT sqlite_version()"
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return f"{connection.display_name} {cursor.fetchone()[0]}"


def ask(events: Events, folder: Path) -> None:
    """Rank and search for the first time in a new process, then again."""
    with events.stage("import"):
        from medspil.linking.affinities import affinities  # noqa: PLC0415 - only once Django is set up
        from medspil.matching import Need, Wanted, rank  # noqa: PLC0415 - only once Django is set up
        from medspil.register.index import open_index, terms_of  # noqa: PLC0415 - only once Django is set up
        from medspil.register.search import search_units  # noqa: PLC0415 - only once Django is set up

        table = affinities()
    with events.stage("words"):
        words = {term: weight for term, weight in terms_of("", "", NEED, "", "").items() if not term.startswith("@")}
    with events.stage("open"):
        index = open_index()
    need = Need(wanted=tuple(Wanted(kind) for kind in table.kinds[3:6]), terms=words, x=AREA[0], y=AREA[1], effort=2)
    for name in ("first ranking", "second ranking"):
        with events.stage(name) as facts:
            found = rank(index, need, table, k=50)
            facts["units"] = [unit.number for unit in found.units]
            facts["considered"] = found.considered
    for name in ("first search", "second search"):
        with events.stage(name) as facts:
            facts["found"] = [len(search_units(text=text, limit=20).units) for text in SEARCHES]


def guard(events: Events, folder: Path) -> None:
    """Let the database count from now on how often a row of a unit is touched."""
    from django.db import connection  # noqa: PLC0415 - only once Django is set up

    if connection.vendor == "postgresql":
        events.tell("told", "touched", rows=_touched())
        return
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_touched (rows INTEGER)")
        cursor.execute("DELETE FROM bench_touched")
        cursor.execute("INSERT INTO bench_touched VALUES (0)")
        for what in ("INSERT", "UPDATE", "DELETE"):
            cursor.execute(
                f"CREATE TRIGGER bench_{what} AFTER {what} ON register_unit"
                " BEGIN UPDATE bench_touched SET rows = rows + 1; END"
            )


def touched(events: Events, folder: Path) -> None:
    """Say how many rows of units were touched; the counting ends."""
    from django.db import connection  # noqa: PLC0415 - only once Django is set up

    events.tell("told", "touched", rows=_touched())
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for what in ("INSERT", "UPDATE", "DELETE"):
                cursor.execute(f"DROP TRIGGER bench_{what}")
            cursor.execute("DROP TABLE bench_touched")


def _touched() -> int:
    from django.db import connection  # noqa: PLC0415 - only once Django is set up

    statement = "SELECT rows FROM bench_touched"
    if connection.vendor == "postgresql":
        statement = "SELECT n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_user_tables WHERE relname = 'register_unit'"
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])


def empty(events: Events, folder: Path) -> None:
    """Empty all tables, for the next trial."""
    from django.core.management import call_command  # noqa: PLC0415 - only once Django is set up

    with events.stage("empty"):
        call_command("flush", interactive=False, verbosity=0)


def _own(what: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what))


STEPS: Final[dict[str, Callable[[Events, Path], None]]] = {
    "prepare": prepare,
    "import": bring_in,
    "look": look,
    "ask": ask,
    "guard": guard,
    "touched": touched,
    "empty": empty,
}

if __name__ == "__main__":
    main()

"""Every need against the whole register: the rows of the rankings, and it goes on after being killed anywhere."""

import csv
import io
import json
import signal
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking import shortlist
from medspil.linking.batch import Batch, BatchBusy, rank_everything
from medspil.linking.services import ask
from medspil.matching import BatchOfAnother
from medspil.organisations.models import Organisation, Topic
from medspil.organisations.subjects import of_unit
from medspil.register.index import rebuild_index
from medspil.register.models import Unit
from tests.factories import places
from tests.factories.people import NOW
from tests.factories.profiles import answer
from tests.register.processes import start

SCRIPT = """
_settings.INDEX_DIR = Path(sys.argv[1])
from medspil.areas.models import Need
from medspil.linking.batch import rank_everything
def tell(phase, done, total):
    if (phase, done) == (sys.argv[3], int(sys.argv[4])):
        os.kill(os.getpid(), signal.SIGKILL)
needs = Need.objects.select_related("area__owner", "challenge").order_by("pk")
rank_everything(needs=needs, out=Path(sys.argv[2]), now=NOW, tell=tell, k=5)
"""


def batch(out: Path, *, k: int = 5, processes: int = 1, tell: Any = lambda phase, done, total: None) -> Batch:
    needs = Need.objects.select_related("area__owner", "challenge").order_by("pk")
    return rank_everything(needs=needs, out=out, now=NOW, tell=tell, k=k, processes=processes)


def rows_of(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.read_text().splitlines()]


@pytest.fixture
def needs(need: Need, vejle: Organisation) -> list[Need]:
    """Return some needs that differ in what they ask for."""
    kinds = ["photo_film", "premises", "mentors", "budget_advice"]
    more = [places.need(need.area, title=f"Behov {number}", kinds=(kinds[number % 3],)) for number in range(11)]
    return [need, *more]


@pytest.mark.django_db
def test_the_rows_are_those_of_each_needs_own_ranking(
    units: dict[str, Unit], needs: list[Need], anna: User, vejle: Organisation, tmp_path: Path
) -> None:
    answer(of_unit(units["photo"]), vejle, Topic.GLOBAL_COMPACT, anna, "yes")
    shortlist.set_aside(
        need=needs[0], number=units["bank"].number, reason="too_far", note="", expected_version=0, by=anna, now=NOW
    )
    done = batch(tmp_path / "all.ndjson")
    rows = rows_of(tmp_path / "all.ndjson")
    assert (done.needs, done.before, done.rows, done.anew) == (len(needs), 0, len(rows), False)
    for need in needs:
        asked = ask(need=need, by=None, now=NOW, k=5).answer["units"]
        mine = [row for row in rows if row["need"] == need.pk]
        assert [(row["rank"], row["number"], row["score"]) for row in mine] == [
            (unit["rank"], unit["number"], unit["score"]) for unit in asked
        ]
        assert [row["points"] for row in mine] == [
            {part["criterion"]: part["points"] for part in unit["parts"]} for unit in asked
        ]


@pytest.mark.django_db
def test_a_spreadsheet_gets_the_same_rows_and_runs_no_formula(
    units: dict[str, Unit], needs: list[Need], tmp_path: Path
) -> None:
    batch(tmp_path / "all.ndjson", k=20)
    batch(tmp_path / "all.csv", k=20)
    lines = list(csv.DictReader(io.StringIO((tmp_path / "all.csv").read_text("utf-8-sig")), delimiter=";"))
    rows = rows_of(tmp_path / "all.ndjson")
    assert [(int(line["need"]), int(line["number"])) for line in lines] == [(r["need"], r["number"]) for r in rows]
    assert float(lines[0]["proximity"].replace(",", ".")) == rows[0]["points"]["proximity"]
    assert {line["name"] for line in lines if "1+1" in line["name"]} == {"'=1+1 Foto"}


@pytest.mark.django_db
def test_a_company_that_is_protected_is_never_in_the_file(
    units: dict[str, Unit], needs: list[Need], tmp_path: Path
) -> None:
    Unit.objects.filter(pk=units["photo"].pk).update(protected=True)  # the index does not know it yet
    batch(tmp_path / "all.ndjson", k=20)
    numbers = {row["number"] for row in rows_of(tmp_path / "all.ndjson")}
    assert numbers
    assert not numbers & {units[name].number for name in ("photo", "protected", "ceased")}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("when", [("asking", 3), ("ranking", 1), ("ranking", 7), ("writing", 4)])
def test_a_killed_batch_goes_on_and_ends_in_the_same_file(
    units: dict[str, Unit], needs: list[Need], settings: Settings, tmp_path: Path, when: tuple[str, int]
) -> None:
    phase, at = when
    batch(tmp_path / "whole.ndjson")
    out = tmp_path / "killed.ndjson"
    with start(SCRIPT, settings.INDEX_DIR, out, phase, at) as child:
        child.communicate(timeout=60)
    assert child.returncode == -signal.SIGKILL
    assert not out.exists()
    done = batch(out)
    assert done.before == {"asking": 0, "ranking": at - 1, "writing": len(needs)}[phase]
    assert out.read_bytes() == (tmp_path / "whole.ndjson").read_bytes()
    assert not list(tmp_path.glob("killed.ndjson.*"))


@pytest.mark.django_db(transaction=True)
def test_processes_of_a_killed_batch_end_with_it(
    units: dict[str, Unit], needs: list[Need], settings: Settings, tmp_path: Path
) -> None:
    script = SCRIPT.replace("k=5", "k=5, processes=2").replace(
        "os.kill(os.getpid()",
        "print(*[one.pid for one in __import__('multiprocessing').active_children()], flush=True);os.kill(os.getpid()",
    )
    with start(script, settings.INDEX_DIR, tmp_path / "all.ndjson", "ranking", 1) as child:
        told, _errors = child.communicate(timeout=20)  # ends when the last process that holds the pipe has ended
    assert len(told.split()) == 2
    assert batch(tmp_path / "all.ndjson").needs == len(needs)


@pytest.mark.django_db
def test_an_interrupted_batch_keeps_what_was_finished(
    units: dict[str, Unit], needs: list[Need], tmp_path: Path
) -> None:
    def stop(phase: str, done: int, total: int) -> None:
        if (phase, done) == ("ranking", 5):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch(tmp_path / "all.ndjson", tell=stop)
    assert batch(tmp_path / "all.ndjson").before == 4


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["need", "index", "limit"])
def test_another_question_or_index_begins_anew(
    units: dict[str, Unit], needs: list[Need], tmp_path: Path, change: str
) -> None:
    def stop(phase: str, done: int, total: int) -> None:
        if (phase, done) == ("ranking", 5):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch(tmp_path / "all.ndjson", tell=stop)
    if change == "need":
        Need.objects.filter(pk=needs[1].pk).update(title="Lån og budget i banken")
    if change == "index":
        Unit.objects.filter(pk=units["bank"].pk).update(name="Fotobanken")
        rebuild_index()
    done = batch(tmp_path / "all.ndjson", k=6 if change == "limit" else 5)
    assert (done.anew, done.before) == (True, 0)


@pytest.mark.django_db
def test_a_file_of_something_else_is_not_overwritten(units: dict[str, Unit], need: Need, tmp_path: Path) -> None:
    other = tmp_path / "all.ndjson.unfinished"
    other.write_text("my diary\n")
    with pytest.raises(BatchOfAnother):
        batch(tmp_path / "all.ndjson")
    assert other.read_text() == "my diary\n"


@pytest.mark.django_db
def test_two_do_not_write_the_same_file(units: dict[str, Unit], need: Need, tmp_path: Path) -> None:
    refused = []

    def second(phase: str, done: int, total: int) -> None:
        if phase == "asking":
            with pytest.raises(BatchBusy) as busy:
                batch(tmp_path / "all.ndjson")
            refused.append(str(busy.value))

    batch(tmp_path / "all.ndjson", tell=second)
    assert len(refused) == 1

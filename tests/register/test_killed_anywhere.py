"""Killed with no warning at any point of an import: nothing is half done, and doing it again completes it."""

from pathlib import Path

import pytest

from tests.factories.registers import csv_file, many
from tests.register.processes import told_by

UNITS = 40
POINTS = 10
# One process learns how many of our functions an import calls, then kills a copy of itself at every tenth of the way.
SCRIPT = """
from uuid import uuid4
from django.core.files import File
from django.db import connections
from medspil.register.index import index_state, rebuild_index
from medspil.register.models import ImportFile, StagedUnit, Unit
source, points = Path(sys.argv[1]), int(sys.argv[2])
calls, stop_at = 0, 0

def count(frame, event, argument):
    global calls
    if event == "call" and "/medspil/" in frame.f_code.co_filename:
        calls += 1
        if calls == stop_at:
            os.kill(os.getpid(), signal.SIGKILL)

def bring_in(now):
    services.discard_left_lying(by_name="test", clock=lambda: now)
    with source.open("rb") as file:
        run = services.receive_file(creation_key=uuid4(), file=File(file), file_name="r.csv", source="a",
                                    source_date=NOW.date(), by_name="test", now=now)
    services.apply(run=services.compare(run=run, clock=lambda: now), clock=lambda: now)
    if not index_state().current:
        rebuild_index()

def killed(at, now):
    global calls, stop_at
    connections.close_all()
    child = os.fork()
    if not child:
        calls, stop_at = 0, at
        sys.setprofile(count)
        bring_in(now)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])

def found():
    state = index_state()
    return {"units": Unit.objects.count(), "index": state.info.rows if state.info else 0, "current": state.current,
            "staged": StagedUnit.objects.count()}

def begin_anew():
    ImportRun.objects.all().delete()
    Unit.objects.all().delete()

bring_in(NOW)  # so that what is remembered for good is
begin_anew()
rebuild_index()
sys.setprofile(count)
bring_in(NOW)
sys.setprofile(None)
whole, told = calls, []
for point in range(points):
    begin_anew()
    rebuild_index()
    now = NOW + timedelta(hours=point + 1)
    was_killed = killed(whole * (2 * point + 1) // (2 * points), now)
    after = found()
    bring_in(now + timedelta(minutes=10))
    kept = set(ImportFile.objects.exclude(file="").values_list("file", flat=True))
    services.forget_old_files(now=now + timedelta(days=2))
    there = {f"register/{path.name}" for path in (_settings.DATA_DIR / "files" / "register").iterdir()}
    told.append({"killed": was_killed, "after": after, "again": found(), "strays": sorted(there - kept)})
print(json.dumps(told))
"""


@pytest.mark.django_db(transaction=True)
def test_wherever_an_import_is_killed_nothing_is_half_done_and_doing_it_again_completes_it(tmp_path: Path) -> None:
    path = csv_file(tmp_path, many(UNITS))
    told = told_by(SCRIPT, path, POINTS)
    assert len(told) == POINTS
    for one in told:
        assert one["killed"], one
        assert one["after"]["units"] in (0, UNITS), one
        assert one["after"]["index"] in (0, UNITS), one
        assert one["again"] == {"units": UNITS, "index": UNITS, "current": True, "staged": 0}, one
        assert one["strays"] == [], one
    assert {one["after"]["units"] for one in told} == {0, UNITS}

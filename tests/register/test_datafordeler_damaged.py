"""Cut, flipped, swollen and exploding files are refused in a sentence that names them, and nothing stays behind."""

import gzip
import random
import re
import signal
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from medspil.register.reading import Tally, UnreadableFile, read_rows, sniff
from medspil.register.reading.bundle import as_bundle
from medspil.register.reading.datafordeler.spool import spool, spool_root
from tests.factories.datafordeler import many, read

TWENTIETHS = range(1, 20)
EVERY_TWENTIETH = (("csv", "plain"), ("json", "plain"), ("csv", "zip"))
SOME = (("csv", "gzip"), ("json", "zip"), ("lines", "plain"))
WHOLE = many(60)


def left_behind() -> list[Path]:
    return [path for path in spool_root().iterdir() if path.is_dir()] if spool_root().exists() else []


@pytest.fixture(autouse=True)
def nothing_stays_behind(own_folder: None) -> None:
    """After every one of these, the folder for unpacked files is empty."""


def refused(paths: dict[str, Path], match: str) -> str:
    with pytest.raises(UnreadableFile, match=match) as told:
        read(paths.values())
    assert not left_behind()
    return str(told.value)


@pytest.mark.parametrize(
    ("form", "packing", "part"),
    [(form, packing, part) for form, packing in EVERY_TWENTIETH for part in TWENTIETHS]
    + [(form, packing, part) for form, packing in SOME for part in (1, 9, 19)],
)
def test_a_file_cut_at_any_twentieth_is_refused_by_name(tmp_path: Path, form: str, packing: str, part: int) -> None:
    paths = WHOLE.write(tmp_path, form=form, packing=packing)
    entity = list(paths)[part % len(paths)]
    whole = paths[entity].read_bytes()
    cut = whole[: len(whole) * part // 20]
    paths[entity].write_bytes(
        cut[:-3] if cut.endswith(b"\n") else cut
    )  # between two rows: see what files say of others
    refused(paths, re.escape(paths[entity].name))


@pytest.mark.parametrize("entity", ["Navn", "Produktionsenhed", "Reklamebeskyttelse", "Beskaeftigelse"])
def test_a_cut_in_the_middle_of_a_row_tells_its_line(tmp_path: Path, entity: str) -> None:
    paths = WHOLE.write(tmp_path)
    lines = paths[entity].read_bytes().splitlines(keepends=True)
    paths[entity].write_bytes(b"".join(lines[:20]) + lines[20][:-3])
    refused(paths, rf"{entity}_\S+ \({entity}\) breaks off in line 21")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b"Firma 7 ", b"Firma \xff ", "line 16 has characters that are not UTF-8"),
        (b"Firma 7 ", b"Firma\x007 ", "line 16 has signs that are no text"),
        (b",Firma 7 ", b',"Firma" 7 ', "line 16 has a quotation mark that is not closed"),
        (b",Firma 7 ", b',"Firma 7 ', "line 16 does not have the columns of the heading"),
        (b",Firma 7 ", b";Firma 7 ", "line 16 does not have the columns of the heading"),
        (b",Firma 7 ", b",,Firma 7 ", "line 16 does not have the columns of the heading"),
        (b'"Sted 7, Vejle"', b"Sted 7, Vejle", "line 17 does not have the columns of the heading"),
        (b"Firma 7 ", b"Firma " + b"7" * 3_000_000, "line 16 is far too long"),
    ],
)  # fmt: skip
def test_damage_in_a_table_is_told_with_its_line(tmp_path: Path, old: bytes, new: bytes, told: str) -> None:
    paths = WHOLE.write(tmp_path)
    text = paths["Navn"].read_bytes()
    assert text.count(old) == 1
    paths["Navn"].write_bytes(text.replace(old, new))
    refused(paths, rf"CVR_V2_Navn_\S+ \(Navn\).*{told}")


@pytest.mark.parametrize("form", ["json", "lines"])
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b"Firma 7 ", b"Firma \xff ", "record 15 has characters that are not UTF-8"),
        (b'"Firma 7 ', b"Firma 7 ", "record 15 is damaged"),
        (b'"Firma 7 ', b'{"Firma 7 ', "record 15 is damaged"),
    ],
)
def test_damage_in_json_is_told_with_its_record(tmp_path: Path, form: str, old: bytes, new: bytes, told: str) -> None:
    paths = WHOLE.write(tmp_path, form=form)
    text = paths["Navn"].read_bytes()
    paths["Navn"].write_bytes(text.replace(old, new))
    refused(paths, rf"CVR_V2_Navn_\S+ \(Navn\).*{told}")


@pytest.mark.parametrize("form", ["csv", "json", "lines"])
def test_any_byte_flipped_is_read_or_refused_but_never_fails_otherwise(tmp_path: Path, form: str) -> None:
    paths = WHOLE.write(tmp_path, form=form)
    chance = random.Random(f"20261122 {form}")
    for _nth in range(15):
        entity = chance.choice(list(paths))
        whole = paths[entity].read_bytes()
        at = chance.randrange(len(whole))
        paths[entity].write_bytes(whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :])
        with suppress(UnreadableFile):
            assert len(read(paths.values())) <= 60
        paths[entity].write_bytes(whole)
    assert not left_behind()


@pytest.mark.parametrize("packing", ["gzip", "zip"])
def test_a_flipped_byte_in_a_packed_file_shows_by_its_checksum(tmp_path: Path, packing: str) -> None:
    paths = WHOLE.write(tmp_path, packing=packing)
    whole = bytearray(paths["Branche"].read_bytes())
    whole[len(whole) // 2] ^= 4
    paths["Branche"].write_bytes(whole)
    refused(paths, r"CVR_V2_Branche_\S+")


def test_a_file_unpacked_meanwhile_is_refused_in_the_language_of_who_asks(tmp_path: Path) -> None:
    paths = WHOLE.write(tmp_path, packing="zip")
    whole = bytearray(paths["Branche"].read_bytes())
    whole[len(whole) // 2] ^= 4
    paths["Branche"].write_bytes(whole)
    with translation.override("da"):
        refused(paths, r"CVR_V2_Branche_\S+ er beskadiget")


@pytest.mark.parametrize("form", ["csv", "json", "lines"])
def test_a_record_of_a_hundred_megabytes_is_refused(tmp_path: Path, form: str) -> None:
    paths = WHOLE.write(tmp_path, form=form)
    text = paths["Navn"].read_bytes()
    paths["Navn"].write_bytes(text.replace(b"Firma 7 ", b"Firma " + b"7" * (100 << 20)))
    refused(paths, r"CVR_V2_Navn_\S+ \(Navn\).*far too long")


def test_a_zip_made_to_explode_is_refused(tmp_path: Path) -> None:
    paths = WHOLE.write(tmp_path, packing="zip")
    with zipfile.ZipFile(paths["Navn"], "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("navn.csv", "CVREnhedsId,sekvens,vaerdi\n" + "0" * (80 << 20))
    refused(paths, r"CVR_V2_Navn_\S+ would unpack to far more")


def test_a_gzip_made_to_explode_is_refused(tmp_path: Path) -> None:
    paths = WHOLE.write(tmp_path, packing="gzip")
    paths["Navn"].write_bytes(gzip.compress(b"CVREnhedsId,sekvens,vaerdi\n" + b"0" * (80 << 20)))
    refused(paths, r"CVR_V2_Navn_\S+ would unpack to far more")


FULL = """
import resource, signal, sys
import django
django.setup()
from django.utils import translation
translation.activate("en")
from pathlib import Path
from medspil.register.reading import Tally, UnreadableFile, read_rows, sniff
from medspil.register.reading.bundle import as_bundle
bundle = as_bundle(*(Path(path) for path in sys.argv[2:]))
layout = sniff(bundle)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
try:
    print(len(list(read_rows(bundle, layout, Tally()))))
except UnreadableFile as told:
    print(told)
"""
KILLED = """
import os, signal, sys
import django
django.setup()
from pathlib import Path
from medspil.register.reading import Tally, read_rows, sniff
from medspil.register.reading.bundle import as_bundle
bundle = as_bundle(*(Path(path) for path in sys.argv[1:]))
for row in read_rows(bundle, sniff(bundle), Tally()):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def child(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "DJANGO_SETTINGS_MODULE": "medspil.config.settings",
        "MEDSPIL_LOCAL": "true",
        "MEDSPIL_DATA": str(settings.DATA_DIR),
        "PYTHONPATH": ":".join(sys.path),
        # A process whose files may not grow would leave a module half compiled for all others.
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPYCACHEPREFIX": sys.pycache_prefix or "",
    }
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], env=environment, capture_output=True, text=True, check=False
    )


def test_a_disk_that_fills_up_while_unpacking_is_told(tmp_path: Path) -> None:
    paths = [str(path) for path in WHOLE.write(tmp_path, packing="zip").values()]
    assert child(FULL, str(1 << 30), *paths).stdout == "60\n"
    told = child(FULL, str(4 << 10), *paths)
    assert "not enough room on the disk" in told.stdout, told.stderr
    assert not left_behind()


def test_what_a_killed_reading_left_is_taken_away_by_the_next(tmp_path: Path) -> None:
    paths = WHOLE.write(tmp_path, packing="zip")
    assert child(KILLED, *map(str, paths.values())).returncode == -signal.SIGKILL
    assert len(left_behind()) == 1
    assert len(read(paths.values())) == 60
    assert not left_behind()


def test_a_reading_under_way_keeps_its_folder_while_others_begin_and_end(tmp_path: Path) -> None:
    paths = WHOLE.write(tmp_path)
    with spool() as folder:
        assert len(read(paths.values())) == 60
        assert left_behind() == [folder]
    assert not left_behind()


def test_a_reading_given_up_half_way_leaves_nothing(tmp_path: Path) -> None:
    bundle = as_bundle(*WHOLE.write(tmp_path).values())
    rows = iter(read_rows(bundle, sniff(bundle), Tally()))
    next(rows)
    assert left_behind()
    del rows
    assert not left_behind()

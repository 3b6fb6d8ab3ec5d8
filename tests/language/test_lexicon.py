"""How the word list is read, kept and built again; and that importing the package costs nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from medspil.language import lexicon as module
from medspil.language.lexicon import Lexicon, build, cache_file, lexicon

FORMS = {
    "murer": "mure",
    "mure": "mur",
    "murere": "murer",
    "mureren": "murer",
    "murerens": "murer",
    "mur": "mur",
    "Aalborg": "Aalborg",
    "data": "data",
    "aftale": "aftale",
    "aftaler": "aftale",
    "dataaftaler": "dataaftale",
}


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Use a cache folder of this test and a dictionary of a few words."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(module, "_simplemma_forms", lambda: FORMS)
    return tmp_path


def fresh() -> Lexicon:
    return lexicon.__wrapped__()


def test_importing_the_package_loads_neither_django_nor_a_dictionary() -> None:
    code = (
        "import sys, medspil.language, medspil.language.lexicon as l;"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'django', 'simplemma'}),"
        " l.lexicon.cache_info().currsize)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]", "0"]


def test_the_table_gives_lemmas_doers_names_and_seams() -> None:
    table = Lexicon(build(FORMS))
    found = {word: entry.lemma for word in ("murer", "mureren", "ålborg", "datåftaler") if (entry := table.get(word))}
    assert found == {"murer": "murer", "mureren": "murer", "ålborg": "ålborg", "datåftaler": "dataaftale"}
    assert len(table) == len(FORMS)
    assert table.get("murerens") == ("murer", False, True, False)
    assert table.get("findesikke") is None


def test_the_table_is_written_once_and_read_again(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert fresh().get("mureren") is not None
    assert cache_file().is_relative_to(small)
    monkeypatch.setattr(module, "_simplemma_forms", dict)  # a second build would find no words
    assert fresh().get("mureren") is not None
    assert [path.name for path in cache_file().parent.iterdir()] == [cache_file().name]


@pytest.mark.parametrize("harm", ["empty", "short", "flipped", "other"])
def test_a_damaged_file_is_replaced(small: Path, harm: str) -> None:
    fresh()
    good = cache_file().read_bytes()
    broken = {"empty": b"", "short": good[:-3], "flipped": good[:40] + b"\xff" + good[41:], "other": b"x" * 500}
    cache_file().write_bytes(broken[harm])
    assert fresh().get("mureren") is not None
    assert cache_file().read_bytes() == good


def test_without_a_writable_folder_the_table_lives_in_memory(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (small / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(small / "file"))
    assert fresh().get("mureren") is not None


def test_a_table_of_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="another format"):
        Lexicon(b"x" * 100)

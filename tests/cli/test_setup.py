"""The set-up on strange machines: one sentence that says what to do, no traceback; nothing done twice."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

# What package tools really write, shortened, and a word of the sentence it must become.
OUTPUTS = [
    ("error: failed to write: No space left on device (os error 28)", "disk is full"),
    ("npm error code ENOSPC", "disk is full"),
    ("error: Hash mismatch for `numpy==2.4.6`", "differs from the one that was locked"),
    ("npm error code EINTEGRITY", "differs from the one that was locked"),
    ("ERROR: Could not install packages: [Errno 13] Permission denied: '/opt/x'", "No permission"),
    ("mkdir: Read-only file system (os error 30)", "No permission"),
    ("error: Failed to fetch: `https://mirror.example.org/simple/numpy/`", "registry does not answer"),
    ("npm error code ENOTFOUND", "registry does not answer"),
    ("ERROR: No matching distribution found for uv==0.13.8", "registry does not answer"),
    ("invalid peer certificate: UnknownIssuer", "registry does not answer"),
]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return what the set-up needs of a clone, in a folder with spaces and Danish letters."""
    folder = tmp_path / "mappe med mellemrum æøå"
    folder.mkdir()
    for name in ("scripts", "requirements"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("Makefile", "pyproject.toml", "CHANGELOG.md", "package.json", "package-lock.json"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def run(folder: Path, *command: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a clone, with no settings of this machine's package tools."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_", "npm_"))}
    home = folder / "home"
    home.mkdir(exist_ok=True)
    return subprocess.run(
        list(command),
        cwd=folder,
        env=kept | {"HOME": str(home), "PIP_CONFIG_FILE": os.devnull} | env,
        capture_output=True,
        text=True,
        check=False,
    )


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    """Return what a failed command said to a person: one line, and no traceback."""
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.mark.parametrize(("output", "words"), OUTPUTS)
def test_what_a_tool_writes_becomes_a_sentence_that_helps(output: str, words: str) -> None:
    script = "import sys; sys.path.insert(0, 'scripts'); import trouble; print(trouble.explain(sys.argv[1]))"
    said = subprocess.run(
        [sys.executable, "-c", script, output], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert words in said
    assert said.strip().endswith(".")


def test_a_failure_nobody_knows_points_to_the_log(clone: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, 'scripts'); import trouble; trouble.run('Trying', sys.executable, '-c', 'x')"
    )
    done = run(clone, sys.executable, "-c", script)
    assert "Trying did not succeed: read the end of" in done.stderr
    assert "NameError" in (clone / ".tools" / "setup.log").read_text(encoding="utf-8")


def test_a_taken_port_is_said_before_the_work(clone: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run(clone, sys.executable, "scripts/setup.py", "run", "--port", str(port))
    assert f"Port {port} cannot be used" in one_sentence(done)
    assert not (clone / ".tools").exists()


def test_without_a_registry_the_sentence_names_the_settings(clone: Path) -> None:
    nowhere = "http://127.0.0.1:9/simple"
    done = run(clone, sys.executable, "scripts/setup.py", "run", PIP_INDEX_URL=nowhere, PIP_RETRIES="0")
    assert "registry does not answer" in one_sentence(done)
    assert "Fetching the installer uv" in done.stdout


def test_a_folder_that_cannot_be_written_to_is_said(clone: Path) -> None:
    (clone / ".tools").write_text("a file where the folder should be", encoding="utf-8")
    assert "mend that and run the command again" in one_sentence(run(clone, sys.executable, "scripts/setup.py", "run"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_of_somebody_else_is_said(clone: Path) -> None:
    clone.chmod(0o555)
    try:
        kept = clone.parent / "home"
        kept.mkdir()
        done = subprocess.run(
            [sys.executable, "scripts/setup.py", "run"], cwd=clone, capture_output=True, text=True, check=False
        )
        assert "No permission to write" in one_sentence(done)
    finally:
        clone.chmod(0o755)


def test_a_python_that_is_not_there_is_said(clone: Path) -> None:
    done = run(clone, "make", "--no-print-directory", "demo", "PYTHON=python-of-nowhere")
    assert "python-of-nowhere was not found: install Python 3.11 or newer" in done.stdout
    assert done.returncode == 2


def test_a_python_that_does_nothing_is_said(clone: Path) -> None:
    done = run(clone, "make", "--no-print-directory", "demo", "PYTHON=false")
    assert "false is no Python that works: name another" in done.stdout
    assert done.returncode == 2


@pytest.mark.parametrize("port", ["abc", "99999", "0", "-1"])
def test_a_port_that_is_none_is_said(clone: Path, port: str) -> None:
    said = one_sentence(run(clone, sys.executable, "scripts/setup.py", "run", f"--port={port}"))
    assert said.startswith(f"{port} is no port: choose a number")


def test_a_data_folder_that_cannot_be_written_to_is_named(clone: Path) -> None:
    taken = clone / "data"
    taken.write_text("a file where the folder should be", encoding="utf-8")
    said = one_sentence(run(clone, sys.executable, "scripts/setup.py", "run", MEDSPIL_DATA=str(taken)))
    assert f"MEDSPIL_DATA={taken} is no folder that can be written in" in said
    assert not (clone / ".tools").exists()


def test_a_missing_file_is_not_taken_for_a_missing_network() -> None:
    script = "import sys; sys.path.insert(0, 'scripts'); import trouble; print(trouble.explain(sys.argv[1]))"
    output = "FileNotFoundError: [Errno 2] No such file or directory: 'x'"
    done = subprocess.run([sys.executable, "-c", script, output], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "None"


def test_a_python_without_its_parts_is_said(clone: Path) -> None:
    # As on Debian without python3-venv, where the machine has no uv either and the person is not root.
    script = (
        "import sys; sys.path.insert(0, 'scripts'); import setup, os, shutil\n"
        "sys.modules['ensurepip'] = None; setup.can_make_environments = lambda: False\n"
        "shutil.which = lambda name: None; sys.argv = ['setup.py', 'run']; sys.exit(setup.main())"
    )
    assert "Python lacks its parts venv and pip: install them" in one_sentence(run(clone, sys.executable, "-c", script))


def test_translations_are_compiled_once(clone: Path) -> None:
    source = clone / "src/medspil/locale/da/LC_MESSAGES/django.po"
    source.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    source.write_text(head + 'msgid "need"\nmsgstr "behov"\n', encoding="utf-8")
    (clone / ".venv").symlink_to(Path(sys.prefix))
    script = (
        "import sys; sys.path.insert(0, 'scripts'); import setup\nprint([setup.translations(), setup.translations()])"
    )
    done = run(clone, sys.executable, "-c", script)
    assert "[True, False]" in done.stdout, done.stderr
    assert b"behov" in source.with_suffix(".mo").read_bytes()


def test_a_part_is_made_again_only_when_its_sources_changed(clone: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, 'scripts'); import setup; from pathlib import Path\n"
        "lock = Path('requirements/run.lock'); folder = Path('part'); folder.mkdir()\n"
        "print(setup.is_made(folder, [setup.print_of(lock)]))\n"
        "setup.mark(folder, setup.print_of(lock)); print(setup.is_made(folder, [setup.print_of(lock)]))\n"
        "lock.write_text('changed'); print(setup.is_made(folder, [setup.print_of(lock)]))"
    )
    done = run(clone, sys.executable, "-c", script)
    assert done.stdout.split() == ["False", "True", "False"], done.stderr


def test_settings_of_tools_are_no_reason_to_install_again(clone: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, 'scripts'); import setup; from pathlib import Path\n"
        "before = setup.our_package(); project = Path('pyproject.toml'); text = project.read_text()\n"
        "project.write_text(text.replace('line-length = 120', 'line-length = 99'))\n"
        "print(before == setup.our_package())\n"
        "project.write_text(text.replace('click>=8.2', 'click>=8.3')); print(before == setup.our_package())"
    )
    assert run(clone, sys.executable, "-c", script).stdout.split() == ["True", "False"]


@pytest.mark.parametrize(
    ("words", "code"), [(["demo", "--port", "8123"], 1), (["allocate", "--help"], 1), (["--help"], 0)]
)
def test_without_settings_one_sentence_says_which_and_help_still_lists_the_commands(
    words: list[str], code: int
) -> None:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("MEDSPIL_", "DJANGO_"))}
    told = subprocess.run(
        [sys.executable, "-m", "medspil.cli.main", *words], env=bare, capture_output=True, text=True, check=False
    )
    assert told.returncode == code
    assert "Traceback" not in told.stderr
    if code:
        assert told.stderr.startswith("Error: Set MEDSPIL_SECRET_KEY")
        assert len(told.stderr.strip().splitlines()) == 1
    else:
        assert "allocate" in told.stdout

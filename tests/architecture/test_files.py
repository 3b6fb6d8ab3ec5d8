"""Files are small, and the first line of each says what it is for."""

import ast
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, own_files, shown

LONGEST = 300
# How the first line of a kind of file begins when it is a comment that says what the file is for.
COMMENTS = {
    ".html": ("{#", "{% comment"),
    ".txt": ("{#", "#"),
    ".typ": ("//",),
    ".js": ("//", "/*"),
    ".css": ("/*",),
    ".toml": ("#",),
    ".md": ("# ",),
    ".sh": ("#!",),
}
# Generated, or ruled by a format of their own.
FREE = {"pyproject.toml", "docs/openapi.yaml"}
CODE = [path for path in own_files(".py", ".html", ".typ", ".js", ".css") if "/migrations/" not in path.as_posix()]
COMMENTED = [path for path in own_files(*COMMENTS) if shown(path) not in FREE]


def test_the_whole_tree_is_looked_at() -> None:
    assert len(CODE) > 100


@pytest.mark.parametrize("path", CODE, ids=shown)
def test_a_file_is_short(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{shown(path)} has {lines} lines: is it still one thing?"


@pytest.mark.parametrize("path", [path for path in CODE if path.suffix == ".py"], ids=shown)
def test_a_module_begins_by_saying_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if not text.strip():
        return
    docstring = ast.get_docstring(ast.parse(text))
    assert docstring, f"{shown(path)} has no docstring"
    assert text.startswith('"""'), f"{shown(path)} begins with something else"
    first = docstring.split("\n\n")[0].strip()
    assert first[-1] in ".:?!", f"{shown(path)} does not begin with a sentence: {first}"


@pytest.mark.parametrize("path", COMMENTED, ids=shown)
def test_other_files_begin_with_a_comment(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith(COMMENTS[path.suffix]), f"{shown(path)} begins with: {first}"
    assert len(first) > len("{# . #}"), f"{shown(path)} says nothing in its first line"


def test_no_file_is_left_empty_that_should_say_something() -> None:
    empty = [shown(path) for path in own_files() if not path.stat().st_size and path.name != "__init__.py"]
    assert not empty
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("Mozilla Public License Version 2.0")

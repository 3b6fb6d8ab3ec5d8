"""Files are small, and the first line of each says what it is for."""

import ast
from pathlib import Path

from tests.architecture.tree import ROOT, faults, own_files, shown

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


def too_long(path: Path) -> int:
    """Return how many lines a file has if they are too many."""
    lines = len(path.read_text(encoding="utf-8").splitlines())
    return lines if lines > LONGEST else 0


def test_a_file_is_short_and_so_still_one_thing() -> None:
    assert not faults(CODE, too_long)


def silent(text: str) -> str:
    """Return what is wrong with the beginning of a module."""
    if not text.strip():
        return ""
    docstring = ast.get_docstring(ast.parse(text))
    if not docstring or not text.startswith('"""'):
        return "does not begin with a docstring"
    first = docstring.split("\n\n")[0].strip()
    return "" if first[-1] in ".:?!" else f"does not begin with a sentence: {first}"


def test_a_module_begins_by_saying_what_it_is_for() -> None:
    modules = [path for path in CODE if path.suffix == ".py"]
    assert not faults(modules, lambda path: silent(path.read_text(encoding="utf-8")))


def uncommented(path: Path) -> str:
    """Return the first line of a file that does not say there what it is for."""
    first = path.read_text(encoding="utf-8").splitlines()[0]
    says = first.startswith(COMMENTS[path.suffix]) and len(first) > len("{# . #}")
    return "" if says else f"begins with: {first}"


def test_other_files_begin_with_a_comment() -> None:
    assert not faults(COMMENTED, uncommented)


def test_a_module_that_says_nothing_is_seen() -> None:
    assert silent("import ast")
    assert silent('# first\n"""Does it."""')
    assert silent('"""No sentence"""')
    assert not silent('"""Does it."""')


def test_no_file_is_left_empty_that_should_say_something() -> None:
    empty = [shown(path) for path in own_files() if not path.stat().st_size and path.name != "__init__.py"]
    assert not empty
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("Mozilla Public License Version 2.0")

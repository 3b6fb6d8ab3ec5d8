"""Only the register (index, look-up) and linking call the engine; pages and terminal may name its words."""

import ast
import inspect

import pytest

from medspil import matching
from tests.architecture.tree import SOURCE, faults, own_files

SPEAKERS = [*own_files(".py", under=SOURCE / "web"), *own_files(".py", under=SOURCE / "cli")]


def engine_names(source: str) -> set[str]:
    """Return what a module takes from the engine."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "medspil.matching":
            found |= {name.name for name in node.names}
        if isinstance(node, ast.ImportFrom) and node.module == "medspil":
            found |= {name.name for name in node.names if name.name == "matching"}
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names if name.name.startswith("medspil.matching")}
    return found


def does_work(name: str) -> bool:
    """Tell whether a name of the engine is something that works: a function, the index, or the engine itself."""
    thing = getattr(matching, name, matching)
    return inspect.isroutine(thing) or inspect.ismodule(thing) or thing in {matching.Index, matching.AffinityTable}


def test_pages_and_terminal_take_words_from_the_engine_and_let_others_call_it() -> None:
    assert not faults(SPEAKERS, lambda path: list(filter(does_work, engine_names(path.read_text(encoding="utf-8")))))


@pytest.mark.parametrize(
    ("source", "works"),
    [
        ("from medspil.matching import rank", True),
        ("from medspil.matching import Index", True),
        ("from medspil import matching", True),
        ("import medspil.matching", True),
        ("from medspil.matching import IndexUnusable, Filters, Model", False),
        ("from medspil.linking import services", False),
    ],
)
def test_a_call_of_the_engine_is_seen(source: str, works: bool) -> None:
    assert any(does_work(name) for name in engine_names(source)) is works

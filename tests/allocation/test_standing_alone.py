"""The allocation needs NumPy, OR-tools (with what that brings) and the standard library, nothing else."""

import subprocess
import sys

from medspil import allocation

LONELY = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if name.startswith("medspil.") and not name.startswith("medspil.allocation"):
            raise ImportError(name)
        if top in ("django", "scipy", "networkx", "click", "pyproj", "simplemma", "rapidfuzz", "duckdb", "highspy"):
            raise ImportError(name)

sys.meta_path.insert(0, Blocked())
import doctest
import medspil.allocation
failed, tried = doctest.testmod(medspil.allocation)
assert tried and not failed
print("alone")
"""


def test_it_works_with_everything_else_blocked() -> None:
    ended = subprocess.run([sys.executable, "-c", LONELY], check=True, capture_output=True, text=True)
    assert ended.stdout == "alone\n"


def test_the_front_names_only_what_exists() -> None:
    assert all(hasattr(allocation, name) for name in allocation.__all__)
    assert sorted(allocation.__all__) == sorted(set(allocation.__all__))

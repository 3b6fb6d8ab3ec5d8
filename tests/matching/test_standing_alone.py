"""The engine needs NumPy and the standard library, nothing else."""

import subprocess
import sys

LONELY = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if name.startswith("medspil.") and not name.startswith("medspil.matching"):
            raise ImportError(name)
        if top not in sys.stdlib_module_names | {"numpy", "medspil"}:
            raise ImportError(name)

sys.meta_path.insert(0, Blocked())
import medspil.matching
import doctest
failed, tried = doctest.testmod(medspil.matching)
assert tried and not failed
for name in ("django", "medspil.language", "rapidfuzz"):
    try:
        __import__(name)
    except ImportError:
        continue
    raise AssertionError(name)
print("alone")
"""


def test_it_works_with_everything_but_numpy_blocked() -> None:
    ended = subprocess.run([sys.executable, "-c", LONELY], check=True, capture_output=True, text=True)
    assert ended.stdout == "alone\n"


def test_the_front_names_only_what_exists() -> None:
    import medspil.matching as front  # noqa: PLC0415 - what it names is looked at

    assert all(hasattr(front, name) for name in front.__all__)
    assert sorted(front.__all__, key=str.lower) == sorted(set(front.__all__), key=str.lower)

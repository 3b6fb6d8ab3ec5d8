"""The engine and the rooms beside it work where Django is not installed."""

import subprocess
import sys

import pytest

# NumPy, ourselves, and what Debian puts into every Python.
BESIDE = {"numpy", "medspil", "cython_runtime", "sitecustomize"}
BLOCKED = """
import sys
for name in ("django", "django_htmx", "allauth"):
    sys.modules[name] = None
import {module}
assert "medspil.config.settings" not in sys.modules
ours = {{name.split(".")[0] for name, module in sys.modules.items() if module is not None}}
print(" ".join(sorted(ours - set(sys.stdlib_module_names) - set(sys.builtin_module_names))))
"""


def imported_with(module: str) -> set[str]:
    """Import a module in a fresh Python without Django; return the packages that came along."""
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED.format(module=module)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return {name for name in done.stdout.split() if not name.startswith("_")}


@pytest.mark.parametrize("module", ["medspil.matching", "medspil.language", "medspil.geography", "medspil.documents"])
def test_a_room_beside_the_engine_needs_no_django(module: str) -> None:
    assert "medspil" in imported_with(module)


def test_the_engine_needs_numpy_and_the_standard_library_alone() -> None:
    assert imported_with("medspil.matching") - BESIDE == set()

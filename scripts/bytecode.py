"""Lets the many processes of a run share what Python compiled, also where Python is told to write nothing down.

Many containers set PYTHONDONTWRITEBYTECODE. Then each process compiles Django, us and the rewritten asserts of the
tests again: ten seconds of a core for each worker of the tests and some for each command that they start.
"""

import os
from collections.abc import Mapping
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / ".tools" / "bytecode"


def shared_bytecode(env: Mapping[str, str]) -> dict[str, str]:
    """Return an environment whose processes keep what they compiled, apart from the modules if unwanted there."""
    found = dict(env)
    if found.pop("PYTHONDONTWRITEBYTECODE", "") and "PYTHONPYCACHEPREFIX" not in found:
        found["PYTHONPYCACHEPREFIX"] = os.fspath(FOLDER)
    return found

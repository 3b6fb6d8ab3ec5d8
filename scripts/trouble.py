"""Runs a command for the set-up and turns what may go wrong on a strange machine into one sentence on what to do."""

from __future__ import annotations

import errno
import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOG = ROOT / ".tools" / "setup.log"

# What package tools write when something is wrong -> what a person can do about it. The first that fits is said.
EXPLANATIONS = (
    (
        r"no space left|os error 28|errno 28|ENOSPC|disk quota",
        "The disk is full: make about 1.5 GB free and run the command again.",
    ),
    (
        r"hash mismatch|EINTEGRITY|do not match the hashes|requirement.* in --require-hashes mode",
        "A downloaded package differs from the one that was locked: nothing of it was used; "
        "ask whoever runs the package mirror, and do not go round the check.",
    ),
    (
        r"permission denied|EACCES|os error 13|errno 13|read-only file system|EROFS",
        f"No permission to write in {ROOT}: put the folder where you may write, or run as the person who owns it.",
    ),
    (
        r"error sending request|failed to fetch|dns error|timed? ?out|ETIMEDOUT|\bENOTFOUND\b|EAI_AGAIN|ECONNREFUSED"
        r"|ECONNRESET|connection (refused|reset|error|broken|aborted)|network is unreachable|name resolution"
        r"|name or service not known|could not fetch url|certificate|no matching distribution|NewConnectionError",
        "The package registry does not answer: look at the network, name your proxy in HTTPS_PROXY or your mirror in "
        "PIP_INDEX_URL and npm_config_registry, and run the command again.",
    ),
)


class Trouble(Exception):
    """Something a person can mend; the text says how, in one sentence."""


def say(text: str) -> None:
    """Tell what happens now, at once even when the output goes to a file."""
    print(text, flush=True)


def explain(output: str) -> str | None:
    """Return the sentence for a known kind of failure, or nothing."""
    for pattern, sentence in EXPLANATIONS:
        if re.search(pattern, output, re.IGNORECASE):
            return sentence
    return None


def explain_os_error(error: OSError) -> str:
    """Return the sentence for a failure that Python itself met."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return EXPLANATIONS[0][1]
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return EXPLANATIONS[2][1]
    return f"{error.strerror or error} ({error.filename or ROOT}): mend that and run the command again."


def run(what: str, *command: str | Path, env: dict[str, str] | None = None, cwd: Path = ROOT) -> str:
    """Run one command, keep all it says in the log, and return what it wrote; raise `Trouble` if it fails."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except FileNotFoundError:
        raise Trouble(f"{command[0]} was not found: install it and run the command again.") from None
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"\n== {what}: {' '.join(str(part) for part in command)}\n{done.stdout}")
    if done.returncode:
        raise Trouble(explain(done.stdout) or f"{what} did not succeed: read the end of {LOG} and mend what it names.")
    return done.stdout

"""Report how well the Danish analyser does on its yardstick: `python -m bench.language [--write]`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.language import HALVES, Share, differences, families, meetings, ours, plain, snowball
from medspil.language import ANALYSER_VERSION

RESULTS = Path(__file__).with_name("RESULTS.md")
ANALYSERS = (("Medspil", ours), ("Snowball, Danish", snowball), ("simplemma alone", plain))
COLUMNS = ("forms of one word meet", "words with a common part meet", "recall", "precision")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print recall and precision of three analysers for each half, and where ours is not as a person expects."""
    parser = argparse.ArgumentParser(prog="python -m bench.language", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write bench/language/RESULTS.md as well")
    options = parser.parse_args(arguments)
    text = page()
    print(text)
    if options.write:
        RESULTS.write_text(text, encoding="utf-8")
    return 0


def page() -> str:
    """Return the report as Markdown."""
    words = sum(len(family.forms) for family in families())
    lines = [
        "# Does the analyser let the right Danish words meet?",
        "",
        f"Written by `python -m bench.language --write`: analyser version {ANALYSER_VERSION}, {words} words in "
        f"{len(families())} families. 95 % intervals by drawing families again.",
    ]
    for half in HALVES:
        sample = families(half)
        lines += ["", f"## {half.capitalize()}: {sum(len(family.forms) for family in sample)} words", ""]
        lines += [f"| Analyser | {' | '.join(COLUMNS)} |", "|---" * (len(COLUMNS) + 1) + "|"]
        lines += [f"| {name} | {' | '.join(map(_cell, meetings(sample, give)))} |" for name, give in ANALYSERS]
        lines += ["", f"Where ours differs, {half}:", "", *(f"- {line}" for line in differences(sample, ours))]
    return "\n".join(lines) + "\n"


def _cell(share: Share) -> str:
    return f"{share.value:.3f} [{share.low:.3f}–{share.high:.3f}]"


if __name__ == "__main__":
    sys.exit(main())

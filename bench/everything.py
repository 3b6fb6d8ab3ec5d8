"""All measurements in turn, each in its own process: `python -m bench.everything [--quick] [--write] [--only …]`."""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from typing import Final, NamedTuple


class Part(NamedTuple):
    """One measurement: its module, what it needs to be told, and what makes it tiny."""

    module: str
    told: tuple[str, ...] = ()
    quick: tuple[str, ...] = ()


PARTS: Final = {
    "engine": Part("bench", quick=("--units", "3000", "--needs", "3", "--rounds", "1")),
    "floor": Part("bench.floor", quick=("--units", "3000", "--needs", "3")),
    "cases": Part("bench.cases", quick=("--units", "3000")),
    "language": Part("bench.language"),
    "allocation": Part("bench.allocation", quick=("--quick",)),
    "country": Part("bench.country", told=("run",), quick=("--quick",)),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the parts and print their tables; go on when one fails, and say so at the end."""
    parser = argparse.ArgumentParser(prog="python -m bench.everything", description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append", help="one part; can be repeated")
    parser.add_argument("--quick", action="store_true", help="tiny: shows that all run, says nothing of speed")
    parser.add_argument("--write", action="store_true", help="write the tables into bench/ as well")
    options = parser.parse_args(arguments)
    failed = []
    for name in options.only or PARTS:
        part = PARTS[name]
        print(f"\n# {name}\n", flush=True)
        more = [*(part.quick if options.quick else ()), *(("--write",) if options.write else ())]
        if subprocess.run([sys.executable, "-m", part.module, *part.told, *more], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"\nDid not end well: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""A process that opens the index and asks; then it looks at the pages it touched and at its memory when told to."""

import json
import pickle
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROUNDS = 3


def main() -> None:
    """Open, ask, tell; look at the memory when a line comes in; end with the next."""
    folder, question = Path(sys.argv[1]), Path(sys.argv[2])
    from bench.needs import nearby  # noqa: PLC0415 - importing is no part of opening
    from bench.touched import bytes_read  # noqa: PLC0415 - as the one above
    from medspil.matching import Index, Need, rank  # noqa: PLC0415 - as the one above

    needs, table = pickle.loads(question.read_bytes())  # noqa: S301 - written by the parent
    began = time.perf_counter()
    index = Index.open(folder)
    opened = time.perf_counter()
    rank(index, needs[0], table)
    first = time.perf_counter()
    told: dict[str, object] = {"open_ms": 1_000 * (opened - began), "first_ms": 1_000 * (first - opened)}

    def ask_all(asked: Sequence[Need]) -> list[tuple[float, float, int, int]]:
        """Return for each need its median time, the KB it reads, and the KB of index and other memory it touches."""
        found = []
        _forget()
        usual = _touched(str(folder))[1]  # what looking alone touches
        for need in asked:
            rank(index, need, table)  # pages that were never there count as much as those that were
            times = []
            for _ in range(ROUNDS):
                start = time.perf_counter()
                rank(index, need, table)
                times.append(time.perf_counter() - start)
            _forget()
            rank(index, need, table)
            ours, other = _touched(str(folder))
            read = bytes_read(index, need, table) / 1024
            found.append((1_000 * sorted(times)[ROUNDS // 2], read, ours, max(0, other - usual)))
        return found

    told["nationwide"] = ask_all(needs)
    told["nearby"] = ask_all([nearby(need) for need in needs])
    print(json.dumps(told), flush=True)
    sys.stdin.readline()
    print(json.dumps(_memory(str(folder))), flush=True)
    sys.stdin.readline()


def _mappings() -> Iterator[tuple[str, dict[str, int]]]:
    """Yield the file behind each mapping of this process (blank for none) and its figures in KB."""
    name, figures = "", {}
    for line in Path("/proc/self/smaps").read_text(encoding="utf-8", errors="replace").splitlines():
        key, _colon, rest = line.partition(":")
        value = rest.split()
        if len(value) == 2 and value[1] == "kB":
            figures[key] = int(value[0])
        elif "-" in line.split(maxsplit=1)[0]:
            if figures:
                yield name, figures
            parts = line.split(maxsplit=5)
            name, figures = parts[5] if len(parts) == 6 else "", {}
    if figures:
        yield name, figures


def _forget() -> None:
    """Clear the marks of all pages."""
    Path("/proc/self/clear_refs").write_text("1", encoding="ascii")


def _touched(index: str) -> tuple[int, int]:
    """Return the KB of the index, and of memory that is no file, which were touched since the marks were cleared."""
    ours = other = 0
    for name, figures in _mappings():
        if name.startswith(index):
            ours += figures["Referenced"]
        elif not name.startswith("/"):
            other += figures["Referenced"]
    return ours, other


def _memory(index: str) -> dict[str, int]:
    sums = dict.fromkeys(("rss", "pss", "shared", "own", "index_rss", "index_pss"), 0)
    for name, figures in _mappings():
        sums["rss"] += figures["Rss"]
        sums["pss"] += figures["Pss"]
        sums["shared"] += figures["Shared_Clean"] + figures["Shared_Dirty"]
        sums["own"] += figures["Private_Clean"] + figures["Private_Dirty"]
        if name.startswith(index):
            sums["index_rss"] += figures["Rss"]
            sums["index_pss"] += figures["Pss"]
    return sums


if __name__ == "__main__":
    main()

"""Copies others' front-end parts out of node_modules to where the site finds them; run again, it takes milliseconds.

    python scripts/front_end_parts.py [folder for the parts, by default $MEDSPIL_DATA/parts or var/parts]

Of the design system exactly the files that its style sheet refers to are copied. Comments that point to source maps
are left out, because the maps are not copied and a missing file would stop the collecting of static files.
"""

import hashlib
import os
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
STAMP = ".stamp"
# Where a part lies in node_modules -> where it goes.
FILES = {
    "dkfds/dist/css/dkfds.min.css": "dkfds/css/dkfds.min.css",
    "dkfds/dist/js/dkfds.min.js": "dkfds/js/dkfds.min.js",
    "dkfds/dist/img/all-svg-icons.svg": "dkfds/img/all-svg-icons.svg",
    "dkfds/dist/LICENSE.md": "dkfds/LICENSE.md",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "leaflet/dist/leaflet.js": "leaflet/leaflet.js",
    "leaflet/dist/leaflet.css": "leaflet/leaflet.css",
}
FOLDERS = {"leaflet/dist/images": "leaflet/images"}
# Whole fonts for the documents that are set in pages; the web pages use the split ones that the style sheet names.
FONTS = "dkfds/dist/fonts/IBMPlexSans/complete/ttf"
WEIGHTS = ("Regular", "Italic", "Medium", "SemiBold", "SemiBoldItalic", "Bold", "BoldItalic")
REFERENCE = re.compile(r"url\((?!['\"]?(?:data:|#))['\"]?([^)'\"?#]+)")
SOURCE_MAP = re.compile(rb"\n?(?://|/\*)# sourceMappingURL=[^\s*]+(?: ?\*/)?")


def wanted() -> dict[str, Path]:
    """Return every place among the parts and the file that goes there; one file may go to two places."""
    found = {target: MODULES / source for source, target in FILES.items()}
    for source, target in FOLDERS.items():
        found |= {f"{target}/{path.name}": path for path in sorted((MODULES / source).iterdir()) if path.is_file()}
    sheet = MODULES / "dkfds/dist/css/dkfds.min.css"
    for reference in sorted(set(REFERENCE.findall(sheet.read_text(encoding="utf-8")))):
        path = (sheet.parent / reference).resolve()
        found[f"dkfds/{path.relative_to(sheet.parent.parent.resolve()).as_posix()}"] = path
    for weight in WEIGHTS:
        found[f"fonts/IBMPlexSans-{weight}.ttf"] = MODULES / FONTS / f"IBMPlexSans-{weight}.ttf"
    return found


def stamp() -> str:
    """Return a mark that changes when the locked versions or this script change."""
    marks = hashlib.sha256(Path(__file__).read_bytes())
    marks.update((ROOT / "package-lock.json").read_bytes())
    return marks.hexdigest()


def copy_parts(target: Path) -> int:
    """Copy all parts into a folder; return how many files, 0 when they were there already."""
    mark = stamp()
    stamp_file = target / STAMP
    if stamp_file.exists() and stamp_file.read_text(encoding="ascii") == mark:
        return 0
    if not MODULES.is_dir():
        sys.exit("The front-end parts are not there yet: run `npm ci --ignore-scripts` first.")
    fresh = target.with_name(f"{target.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    files = wanted()
    for place, source in files.items():
        goal = fresh / place
        goal.parent.mkdir(parents=True, exist_ok=True)
        content = source.read_bytes()
        goal.write_bytes(SOURCE_MAP.sub(b"", content) if goal.suffix in {".css", ".js"} else content)
    (fresh / STAMP).write_text(mark, encoding="ascii")
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    return len(files)


def main() -> None:
    """Copy the parts and say what happened."""
    default = Path(os.environ.get("MEDSPIL_DATA", ROOT / "var")) / "parts"
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    number = copy_parts(target)
    print(
        f"{number} front-end files copied to {target}." if number else f"The front-end parts in {target} are current."
    )


if __name__ == "__main__":
    main()

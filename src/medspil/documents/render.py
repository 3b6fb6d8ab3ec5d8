"""Renders a Typst template and a bag of data to an accessible PDF."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

ROOT = Path(__file__).resolve().parent.parent
"""What templates may read: the package itself, so that they can import the house style, and nothing else."""


class DocumentError(Exception):
    """The document could not be made; the text says what Typst objected to."""


def render_pdf(
    template: Path,
    data: Mapping[str, Any],
    *,
    created: datetime,
    font_folders: Iterable[Path] = (),
    root: Path = ROOT,
) -> bytes:
    """Return the PDF that a template makes of the data: PDF/UA-1, to be read aloud, and PDF/A-2a, to be kept.

    Parameters
    ----------
    template : Path
        A `.typ` file below `root`. It reads its data with `json(bytes(sys.inputs.data))`.
    data : Mapping
        Plain values that JSON can carry; texts are shown as they are and never run. Must hold `title` and
        `lang` (`da` or `en`): a document without them could not be read aloud.
    created : datetime
        The moment written in the file, so that the same call gives the same bytes.
    font_folders : iterable of Path
        Where IBM Plex Sans may lie. Folders that do not exist are skipped; Typst's own serif stands in.
    root : Path
        What the template may import and read; nothing outside of it can be reached.

    Raises
    ------
    DocumentError
        If title or language is missing, or the template does not meet the standards.
    """
    for field in ("title", "lang"):
        if not str(data.get(field, "")).strip():
            raise DocumentError(f"The document has no {field}.")
    try:
        compiler = typst.Compiler(
            str(template),
            root=str(root),
            font_paths=[str(folder) for folder in font_folders if folder.is_dir()],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )
        made = compiler.compile(
            format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=int(created.astimezone(UTC).timestamp())
        )
    except (typst.TypstError, OSError) as problem:
        raise DocumentError(str(problem)) from problem
    if not isinstance(made, bytes):
        raise DocumentError("Typst made no PDF.")
    return made

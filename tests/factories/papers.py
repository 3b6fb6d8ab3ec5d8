"""Holds a PDF against PDF/UA-1 and PDF/A-2a, by a checker that has nothing to do with what made the PDF.

`page` reads the file anew and tries what a machine can try of both standards: 104 and 154 rules by its own count. That
a table has cells which head it is no rule of these, and is looked for besides. What only a person can judge stays open:
whether the text in place of a picture says what the picture shows, and whether the order makes sense read aloud.
"""

import io
import re
from collections.abc import Iterator
from typing import Final

import page
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, PdfObject

# A compressed stream whose last byte happens to be a carriage return is taken for one byte too long. Looked at here.
BY_CHANCE: Final = "PDFA2A-STREAM-LENGTH-001"
_STREAM = re.compile(rb"\d+ 0 obj\s*<<.*?/Length (\d+).*?>>\s*stream\r?\n", re.DOTALL)
STANDARDS: Final = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A)


def faults_of(pdf: bytes) -> list[str]:
    """Return where a PDF breaks one of the standards; an empty list where it breaks none."""
    found = []
    for standard in STANDARDS:
        report = page.validate_pdf_bytes(pdf, profile=standard)
        failures = [one for one in report.failures if one.rule_id != BY_CHANCE or not _lengths_are_right(pdf)]
        found += [f"{standard.value} {one.rule_id}: {one.message}" for one in failures]
        if not report.is_compliant and not report.failures:
            found.append(f"{standard.value}: not met")
    root = PdfReader(io.BytesIO(pdf)).root_object
    tables = [one for one in read_aloud(root) if str(one["/S"]) == "/Table"]
    headless = [one for one in tables if not any(str(cell["/S"]) == "/TH" for cell in below(one))]
    return found + ["a table has no header"] * len(headless)


def _lengths_are_right(pdf: bytes) -> bool:
    streams = list(_STREAM.finditer(pdf))
    return bool(streams) and all(pdf.startswith(b"\nendstream", one.end() + int(one[1])) for one in streams)


def read_aloud(root: DictionaryObject) -> Iterator[DictionaryObject]:
    """Yield the elements of the tree that is read aloud, in their order; none of a PDF without such a tree."""
    if "/StructTreeRoot" in root:
        tree = root["/StructTreeRoot"]
        assert isinstance(tree, DictionaryObject)
        yield from below(tree)


def below(element: DictionaryObject) -> Iterator[DictionaryObject]:
    """Yield the elements below one, in their order."""
    if "/K" not in element:
        return
    inside: PdfObject = element["/K"]
    for one in inside if isinstance(inside, list) else [inside]:
        child = one.get_object()
        if isinstance(child, DictionaryObject) and "/S" in child:
            yield child
            yield from below(child)

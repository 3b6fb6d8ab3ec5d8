"""The checker that all papers are held against finds what is broken: it is no rubber stamp."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject

from medspil.documents import render_pdf
from medspil.documents.render import ROOT
from tests.factories.papers import faults_of, read_aloud

LETTER = """#import "/documents/house.typ": house
#let data = json(bytes(sys.inputs.data))
#show: house.with(data)
#data.words
#table(columns: 2, table.header([Hvem], [Timer]), [Smedjen], [3])
#image(bytes(data.picture), format: "svg", alt: "En prik")
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="3"/></svg>'


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a paper with a heading, a text, a table and a picture."""
    folder: Path = tmp_path_factory.mktemp("papers")
    (folder / "documents").mkdir()
    (folder / "documents" / "house.typ").write_bytes((ROOT / "documents" / "house.typ").read_bytes())
    (folder / "letter.typ").write_text(LETTER, encoding="utf-8")
    data = {"title": "Prøve", "lang": "da", "words": "Æblegrød", "picture": PICTURE}
    return render_pdf(folder / "letter.typ", data, created=datetime(2026, 11, 22, tzinfo=UTC), root=folder)


def broken(pdf: bytes, breaks: Callable[[PdfWriter], Any]) -> bytes:
    """Return a PDF after something was done to it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    breaks(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _kinds(writer: PdfWriter, kind: str) -> list[DictionaryObject]:
    return [one for one in read_aloud(writer.root_object) if str(one["/S"]) == kind]


def _no_header(writer: PdfWriter) -> None:
    for one in _kinds(writer, "/TH"):
        one[NameObject("/S")] = NameObject("/TD")


def _no_text_for_picture(writer: PdfWriter) -> None:
    [picture] = _kinds(writer, "/Figure")
    del picture["/Alt"]


def _skips_a_level(writer: PdfWriter) -> None:
    [heading] = _kinds(writer, "/H1")
    heading[NameObject("/S")] = NameObject("/H3")


def _unmarked(writer: PdfWriter) -> None:
    content = writer.pages[0].get_contents()
    assert content is not None
    content.set_data(content.get_data() + b"\n0 0 9 9 re f")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(content)


def test_a_paper_as_it_is_made_has_no_fault(letter: bytes) -> None:
    assert faults_of(letter) == []


@pytest.mark.parametrize(
    ("breaks", "word"),
    [
        (lambda writer: writer.root_object.pop("/Lang"), "language"),
        (lambda writer: writer.root_object.pop("/StructTreeRoot"), "StructTreeRoot"),
        (lambda writer: writer.root_object.pop("/MarkInfo"), "Marked"),
        (lambda writer: writer.root_object.pop("/Metadata"), "metadata"),
        (
            lambda writer: writer.root_object["/ViewerPreferences"].update(
                {NameObject("/DisplayDocTitle"): BooleanObject(False)}
            ),
            "DisplayDocTitle",
        ),
        (_no_text_for_picture, "Figure"),
        (_skips_a_level, "heading"),
        (_no_header, "no header"),
        (_unmarked, "tagged"),
    ],
)  # fmt: skip
def test_what_is_broken_is_found(letter: bytes, breaks: Callable[[PdfWriter], Any], word: str) -> None:
    found = faults_of(broken(letter, breaks))
    assert any(word.casefold() in one.casefold() for one in found), found

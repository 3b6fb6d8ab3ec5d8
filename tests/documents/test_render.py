"""A template and a bag of data become a PDF that can be read aloud, kept for ever, and never runs its data."""

import io
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import StreamObject

from medspil.documents import DocumentError, render_pdf
from medspil.documents.render import ROOT

CREATED = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
LETTER = """#import "/documents/house.typ": house, stacked, legend, facts
#let data = json(bytes(sys.inputs.data))
#show: house.with(data)
#data.words
#facts((("Område", "Nørremarken"),))
#legend(("Nærhed",))
#stacked(((width: 0.4, shade: 0),))
"""


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """Return a template that uses the house style, in a folder of its own."""
    house = tmp_path / "documents" / "house.typ"
    house.parent.mkdir()
    shutil.copy(ROOT / "documents" / "house.typ", house)
    path = tmp_path / "letter.typ"
    path.write_text(LETTER, encoding="utf-8")
    return path


def render(letter: Path, **data: str) -> bytes:
    facts = {"title": "Prøve", "lang": "da", "words": "Æblegrød på Ørnevej"} | data
    return render_pdf(letter, facts, created=CREATED, root=letter.parent)


def test_the_pdf_names_its_language_and_title_and_is_tagged(letter: Path) -> None:
    reader = PdfReader(io.BytesIO(render(letter, title="Virksomheder til »En uge på arbejde«")))
    catalog = reader.root_object
    assert str(catalog["/Lang"]) == "da"
    assert str(catalog["/MarkInfo"]) == "{'/Marked': True, '/Suspects': False}"
    assert "/StructTreeRoot" in catalog
    assert "'/DisplayDocTitle': True" in str(catalog["/ViewerPreferences"])
    assert reader.metadata is not None
    assert reader.metadata.title == "Virksomheder til »En uge på arbejde«"


def test_the_pdf_claims_both_standards(letter: Path) -> None:
    stream = PdfReader(io.BytesIO(render(letter))).root_object["/Metadata"]
    assert isinstance(stream, StreamObject)
    metadata = stream.get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata


def test_the_texts_can_be_copied_out_again(letter: Path) -> None:
    text = PdfReader(io.BytesIO(render(letter))).pages[0].extract_text()
    assert "Æblegrød på Ørnevej" in text
    assert "1 / 1" in text


def test_data_is_shown_and_never_run(letter: Path) -> None:
    text = PdfReader(io.BytesIO(render(letter, words='#read("/documents/house.typ") *x* $y$'))).pages[0].extract_text()
    assert '#read("/documents/house.typ") *x* $y$' in text


@pytest.mark.parametrize("field", ["title", "lang"])
def test_a_document_without_title_or_language_is_refused(letter: Path, field: str) -> None:
    with pytest.raises(DocumentError, match=field):
        render(letter, **{field: " "})


def test_a_fault_in_the_template_is_told(letter: Path) -> None:
    letter.write_text(LETTER + "#data.nothing_of_the_kind", encoding="utf-8")
    with pytest.raises(DocumentError, match="nothing_of_the_kind"):
        render(letter)


def test_a_template_that_breaks_the_standard_is_refused(letter: Path) -> None:
    letter.write_text(LETTER + "=== Two levels too deep", encoding="utf-8")
    with pytest.raises(DocumentError, match="heading"):
        render(letter)


def test_a_template_cannot_read_outside_the_package(letter: Path) -> None:
    letter.write_text(LETTER + '#read("/../../../etc/hostname")', encoding="utf-8")
    with pytest.raises(DocumentError):
        render(letter)


def test_the_same_call_gives_the_same_bytes(letter: Path) -> None:
    assert render(letter) == render(letter)


def test_a_font_folder_that_is_not_there_is_no_obstacle(letter: Path, tmp_path: Path) -> None:
    made = render_pdf(
        letter,
        {"title": "T", "lang": "en", "words": "x"},
        created=CREATED,
        font_folders=[tmp_path / "none"],
        root=tmp_path,
    )
    assert made.startswith(b"%PDF-")

"""How an agreement of any length lies on its pages: short on one, two that look balanced, long ones read with ease."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation
from pypdf import PdfReader

from medspil.agreements.canonical import FORMAT
from medspil.agreements.models import FieldCode
from medspil.agreements.papers import TEMPLATE, paper_data
from medspil.documents import render_pdf
from tests.factories.papers import faults_of

SENTENCE = "Flere unge i kvarteret møder voksne, der har lyst til at lære dem noget. "
HASH = "a3f" * 21 + "b"


def pages(length: int, *, sides: int = 2, text: str = "") -> tuple[bytes, list[str]]:
    """Return the paper of an agreement with so many characters in each field, and what stands on each page."""
    parties: list[dict[str, Any]] = [{"key": one, "name": f"Part nummer {one}"} for one in range(1, sides + 1)]
    who: list[dict[str, Any]] = [{"partner": one["key"], "who": "Lone Lund", "what": ""} for one in parties]
    content = {
        "format": FORMAT, "partnership": "Aftenskolen", "area": "Nørremarken", "about": "Et sted at være", "number": 1,
        "changed_from": None, "starts_on": "2026-12-01", "ends_on": None, "look_again_on": None, "parties": parties,
        "fields": {
            code.value: {
                "text": text or (SENTENCE * 100)[:length].strip(),
                "rows": who if code in (FieldCode.DECIDES, FieldCode.RESPONSIBLE) else [],
            }
            for code in FieldCode
        },
    }  # fmt: skip
    with translation.override("en"):
        given = [{"party": one["name"], "who": "Mette", "mandate": "Signs", "when": "10.00"} for one in parties]
        data = paper_data(content, HASH, given, "en", starts="1 December", confirmed="All have.")
    fonts = [settings.FRONTEND_PARTS / "fonts"]
    pdf = render_pdf(TEMPLATE, data, created=datetime(2026, 11, 22, tzinfo=UTC), font_folders=fonts)
    return pdf, [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


@pytest.mark.parametrize("sides", [2, 8])
@pytest.mark.parametrize("length", [0, 120, 210, 260, 400, 700])
def test_names_and_hash_never_stand_alone_and_no_page_is_nearly_empty(length: int, sides: int) -> None:
    _pdf, found = pages(length, sides=sides)
    assert len(found) <= 2
    assert "Who is responsible" in found[-1]
    assert HASH in found[-1].replace("\n", "")
    if len(found) == 2:
        few, many = sorted(len(one) for one in found)
        assert few * 3 > many


def test_what_fits_on_one_page_takes_one() -> None:
    assert [len(pages(length)[1]) for length in (0, 150, 700)] == [1, 1, 2]


@pytest.mark.parametrize(
    "text", [SENTENCE * 66, "W" * 1_500, "ord " * 1_250, "x\n" * 90], ids=["prose", "one word", "words", "lines"]
)
def test_a_field_of_five_thousand_characters_is_there_to_its_end_and_meets_the_standards(text: str) -> None:
    pdf, found = pages(0, text=f"{text[:4_990].strip()} SLUT")
    assert " ".join(found).count("SLUT") == len(FieldCode)
    assert HASH in "".join(found).replace("\n", "")
    assert faults_of(pdf) == []


def test_a_word_longer_than_a_line_goes_on_below() -> None:
    _pdf, found = pages(0, text="W" * 200)
    lines = [line.count("W") for line in found[0].splitlines()]
    assert max(lines) < 60  # of this letter no more go on a line
    assert sum(lines) > 2 * 200

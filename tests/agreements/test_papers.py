"""The paper of an agreement: two pages that can be read aloud, made once, with the names of those who confirmed."""

from hashlib import sha256
from io import BytesIO
from re import findall
from typing import Any

import pytest
from pypdf import PdfReader

from medspil.accounts.models import User
from medspil.agreements.models import Agreement, Paper
from medspil.agreements.papers import PAGES, keep_papers, pages_ahead, pages_of, paper_of
from medspil.agreements.proposing import propose
from medspil.agreements.writing import sides_of
from medspil.partnerships.models import Partnership
from tests.factories import agreements
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
TRAP = '#panic(1) $x^2$ *fed* <mærke> @ref "citat"'


def text_of(pdf: bytes) -> str:
    """Return what stands on all pages, on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_it_is_made_once_and_the_same_bytes_are_given_ever_after(made: Partnership, anna: User) -> None:
    one = agreements.in_force(made, by=anna)
    for _time in range(2):
        keep_papers(one)
    first = paper_of(one, "da")
    Partnership.objects.filter(pk=made.pk).update(name="Et andet navn")
    assert paper_of(Agreement.objects.get(pk=one.pk), "da") == first
    assert paper_of(one, "en") != first
    stored = {row.language: row for row in Paper.objects.filter(agreement=one)}
    assert set(stored) == {"da", "en"}
    assert (stored["da"].sha256, stored["da"].pages) == (
        sha256(first).hexdigest(),
        len(PdfReader(BytesIO(first)).pages),
    )
    said = text_of(first)
    assert "Mette Holm" in said
    assert one.frozen.sha256 in said.replace(" ", "")


def test_it_can_be_read_aloud_and_kept(made: Partnership, anna: User) -> None:
    reader = PdfReader(BytesIO(paper_of(agreements.in_force(made, by=anna), "da")))
    assert str(reader.root_object["/Lang"]) == "da"
    assert "/StructTreeRoot" in reader.root_object
    told = reader.xmp_metadata
    assert told is not None
    xml = told.stream.get_data().decode()
    assert "pdfuaid:part" in xml
    assert "pdfaid:part" in xml


def test_what_people_write_is_text_and_never_runs(made: Partnership, anna: User) -> None:
    Partnership.objects.filter(pk=made.pk).update(name=TRAP)
    made.refresh_from_db()
    one = agreements.proposed(made, by=anna, effects=TRAP)
    agreements.say_yes(one, 0, name=TRAP)
    said = text_of(paper_of(one, "en"))
    assert said.count("#panic(1)") >= 3
    assert not Paper.objects.exists()


def test_a_word_without_an_end_stays_on_the_paper_and_the_english_one_says_whose_words_it_gives(
    made: Partnership, anna: User
) -> None:
    one = agreements.proposed(made, by=anna, effects="x" * 300)
    agreements.say_yes(one, 0, name="y" * 120)
    danish, english = paper_of(one, "da"), paper_of(one, "en")
    lines = "\n".join(page.extract_text() for page in PdfReader(BytesIO(english)).pages)
    longest = {sign: max(map(len, findall(f"{sign}+", lines.replace("\u200b", "")))) for sign in "xy"}
    assert 60 < longest["x"] < 110
    assert 25 < longest["y"] < 55  # it stands in one of two columns
    assert "in their own words" in text_of(english)
    assert one.frozen.sha256 in text_of(danish)  # can be copied as it is
    assert "in their own words" not in text_of(danish)


def test_an_ordinary_agreement_takes_two_pages_and_a_long_one_is_counted(made: Partnership, anna: User) -> None:
    texts: dict[str, Any] = dict.fromkeys(
        ("effects", "success", "timeline", "budget"), "Vi vil have flere unge med. " * 45
    )
    draft = agreements.fill(agreements.draft(made, by=anna), by=anna, **texts)
    ahead = pages_ahead(draft, sides_of(made), "da")
    one = propose(agreement=draft, expected_version=draft.version, by=anna, now=NOW)
    for at in (0, 1):
        one = agreements.say_yes(one, at)
    pdf = paper_of(one, "da")
    assert ahead == pages_of(pdf) == len(PdfReader(BytesIO(pdf)).pages) == PAGES
    long = agreements.proposed(made, by=anna, **texts | dict.fromkeys(texts, "Mange ord. " * 450))
    pdf = paper_of(long, "da")
    assert pages_of(pdf) == len(PdfReader(BytesIO(pdf)).pages) > PAGES

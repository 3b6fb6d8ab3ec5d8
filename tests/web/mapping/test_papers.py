"""Files and paper that leave the house: people only who agreed to it, and the profile can be read aloud."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.mapping.models import Scope
from tests.factories import companies, links, places, resources
from tests.web.mapping.conftest import ENGLISH, Mapped


def rows(client: Client, area: Area, kind: str, query: str = "") -> list[dict[str, Any]]:
    response = client.get(reverse("mapping:export", args=[area.pk, kind]) + query, headers=ENGLISH)
    assert response.status_code == 200
    if kind == "csv":
        return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    header, *lines = load_workbook(io.BytesIO(response.content)).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(map(str, header), line, strict=True)) for line in lines]


def profile(client: Client, area: Area) -> PdfReader:
    response = client.get(reverse("mapping:profile", args=[area.pk]), headers=ENGLISH)
    assert response.status_code == 200
    return PdfReader(io.BytesIO(response.content))


def text(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


@pytest.fixture
def quiet(mapped: Mapped, anna: User) -> str:
    """Return the name of a person who is on the map and not in print."""
    return resources.person(mapped.area, anna, "Bent Olsen", consent=resources.consent(Scope.ON_MAP)).name


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_holds_what_the_filter_leaves(as_anna: Client, mapped: Mapped, kind: str) -> None:
    assert {row["Name"] for row in rows(as_anna, mapped.area, kind)} == {
        "Nordklubben", "Nørremarksskolen", "Fatima Nielsen",
    }  # fmt: skip
    (left,) = rows(as_anna, mapped.area, kind, "?kind=association")
    assert (left["Name"], left["Kind"]) == ("Nordklubben", "Association")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_people_stand_in_files_with_their_consent_or_not_at_all(
    as_anna: Client, mapped: Mapped, quiet: str, kind: str
) -> None:
    found = rows(as_anna, mapped.area, kind)
    consents = {row["Name"]: row["Consent"] for row in found}
    assert quiet not in consents
    assert "agreed" in consents["Fatima Nielsen"]
    assert any("1 person is left out" in str(name) for name in consents)


def test_an_unknown_kind_of_file_is_not_there(as_anna: Client, mapped: Mapped) -> None:
    assert as_anna.get(reverse("mapping:export", args=[mapped.area.pk, "exe"])).status_code == 404


def test_a_formula_in_a_name_stays_a_text(as_anna: Client, area: Area, anna: User) -> None:
    resources.resource(area, anna, "=1+1 klubben")
    name = load_workbook(io.BytesIO(as_anna.get(reverse("mapping:export", args=[area.pk, "xlsx"])).content)).worksheets[
        0
    ]["A2"]
    assert name.data_type == "s"


def test_the_profile_says_what_the_area_has_and_wants_and_whom_to_talk_to(
    as_anna: Client, mapped: Mapped, anna: User, quiet: str
) -> None:
    places.need(
        mapped.area, "Mentorer", kinds=("mentoring",), challenge=places.challenge(mapped.area, theme="education")
    )
    links.link(places.need(mapped.area, "Lokaler", kinds=("premises",)), mapped.club, by=anna)
    pdf = profile(as_anna, mapped.area)
    said = text(pdf)
    for word in ("Nordklubben", "Fodbold for piger", "Unge mangler forbilleder", "Mentorer", anna.email, "Fatima"):
        assert word in said, word
    assert quiet not in said
    assert len(pdf.pages) == 1
    for word in ("The area", "Association", "The size is the number of links", "Notes from the meeting"):
        assert word in said, word


def test_the_profile_can_be_read_aloud(as_anna: Client, mapped: Mapped) -> None:
    pdf = profile(as_anna, mapped.area)
    catalog: Any = pdf.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"].startswith("en")
    assert b"pdfuaid" in catalog["/Metadata"].get_object().get_data()


def test_a_full_area_still_has_a_profile_of_two_pages(as_anna: Client, area: Area, anna: User) -> None:
    words = "Træner unge i at bokse og holder åbent hver aften for alle fra området hele året " * 3
    for kind in ("association", "institution", "company", "place", "economy", "story"):
        for number in range(12):
            resources.resource(
                area, anna, f"{kind} nummer {number} i området", kind, can_do=words, position=(55.71, 9.53)
            )
    for number in range(8):
        challenge = places.challenge(area, f"Udfordring {number}", theme="education", seen=words)
        for nth in range(5):
            places.need(area, f"Behov {number}-{nth}", kinds=("mentoring", "sports"), challenge=challenge)
    Area.objects.filter(pk=area.pk).update(description=words * 4)
    assert len(profile(as_anna, area).pages) == 2


def test_the_first_page_is_filled_with_what_a_company_asks_first(as_anna: Client, area: Area, anna: User) -> None:
    words = "Træner unge i at bokse og holder åbent hver aften for alle fra området hele året "
    for number in range(16):
        resources.resource(area, anna, f"Klub {number}", can_do=words, position=(55.7139, 9.5350))
    for number in range(3):
        places.challenge(area, f"Udfordring {number}", theme="education", seen=words)
    first, second = (page.extract_text() for page in profile(as_anna, area).pages)
    assert "Udfordring 2" in first
    assert anna.email in first
    assert "Klub 1" in second
    assert "Notes from the meeting" in second


def test_an_empty_area_has_a_profile_too_and_counts_what_the_register_has_near_it(as_anna: Client, area: Area) -> None:
    for number in range(3):
        companies.unit(f"Butik {number}", industry="471110", x=area.x, y=area.y)
    pdf = profile(as_anna, area)
    said = text(pdf)
    assert "Nothing is mapped yet." in said
    assert "Of the register: 3 places of work within 500 m of the border, 0 of them mapped above." in said
    assert "Butik" not in said
    assert len(pdf.pages) == 1

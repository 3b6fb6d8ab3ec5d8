"""What Medspil exports of resources it reads again, in both languages; people without a consent are left out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.catalogue.vocabulary import vocabulary
from medspil.mapping.columns import Reading, propose
from medspil.mapping.drafts import Choices, Fate
from medspil.mapping.files import preview
from medspil.mapping.models import Resource, ResourceList, Scope
from medspil.web.mapping.downloads import header
from tests.factories import places, resources
from tests.web.mapping.conftest import ENGLISH, Mapped
from tests.web.pages import troubles

LANGUAGES = ("da", "en")
FIELDS = (
    "name", "kind", "can_do", "kinds", "themes", "target_groups", "when", "address", "latitude", "longitude",
    "confirmed_on", "source", "consent",
)  # fmt: skip


def exported(client: Client, area: Area, kind: str, language: str) -> bytes:
    answer = client.get(reverse("mapping:export", args=[area.pk, kind]), headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_column_of_our_own_file_is_guessed_as_what_it_is(language: str) -> None:
    with override(language):
        headings = [str(heading) for heading in header()]
    found = propose(headings)
    order = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14)
    assert found == {field: headings[at] for field, at in zip(FIELDS, order, strict=True)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_our_lists_is_read_again(language: str) -> None:
    known = vocabulary()
    tables = {"kinds": known.resource_kinds, "themes": known.themes, "target_groups": known.target_groups}
    for field, table in tables.items():
        cell = ", ".join(one.name(language) for one in table.values())
        draft = Reading({"name": "N", field: "X"}, ["N", "X"], Choices("place")).draft(2, ["Huset", cell])
        assert (draft.facts[field], draft.notes) == (list(table), ())
    for code, kind in known.asset_kinds.items():
        assert Reading({"name": "N", "kind": "X"}, ["N", "X"]).draft(2, ["Noget", kind.name(language)]).kind == code


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_of_one_area_goes_into_another_without_its_people(
    mapped: Mapped, as_anna: Client, anna: User, kind: str, language: str
) -> None:
    resources.person(mapped.area, anna, "Ole Hansen", consent=resources.consent(Scope.ON_MAP))
    there = places.area(mapped.area.owner, name="Søndermarken")
    body = exported(as_anna, mapped.area, kind, language)
    said = {"creation_key": "6a1c0c6e-5a5e-4d0e-9f53-0f2a5f3f9a11", "file": SimpleUploadedFile(f"egen.{kind}", body)}
    page = as_anna.post(reverse("mapping:upload", args=[there.pk]), said).headers["location"]
    waiting = ResourceList.objects.get()
    fates = {line.draft.name: line.fate for line in preview(waiting).lines}
    assert fates == {
        "Nordklubben": Fate.NEW, "Nørremarksskolen": Fate.NEW, "Fatima Nielsen": Fate.LEFT_OUT, "": Fate.LEFT_OUT,
    }  # fmt: skip
    shown = as_anna.post(page, waiting.columns | {"look": "1"}, headers=ENGLISH).content.decode()
    assert troubles(shown) == []
    assert "own consent" in shown
    assert "tells whom it leaves out" in shown
    assert "Bring 2 rows in" in shown
    assert as_anna.post(page, waiting.columns | {"bring": "1"}).status_code == 302
    club, school = Resource.objects.filter(area=there).order_by("name")
    assert (club.can_do, club.kinds, club.themes) == ("Fodbold for piger", ["sports"], ["health"])
    assert (club.x, club.y) == pytest.approx((mapped.club.x, mapped.club.y), abs=2)
    assert (school.kind, school.confirmed_on) == ("institution", resources.TODAY)

"""Two resources that are one: noticed, compared, merged by choice, taken back."""

import pytest
from django.test import Client
from django.urls import reverse

from medspil.accounts.models import User
from medspil.mapping.models import Resource, ResourceMerge
from tests.factories import resources
from tests.web.mapping.conftest import ENGLISH, Mapped
from tests.web.pages import troubles


@pytest.fixture
def twin(mapped: Mapped, anna: User) -> Resource:
    """Return the club a second time, named in another way."""
    return resources.resource(mapped.area, anna, "Nordkluben", can_do="Fodbold for alle")


def test_what_may_be_the_same_is_shown_among_what_to_look_at(as_anna: Client, mapped: Mapped, twin: Resource) -> None:
    html = as_anna.get(reverse("mapping:review", args=[mapped.area.pk]), headers=ENGLISH).content.decode()
    assert troubles(html) == []
    assert reverse("mapping:merge", args=[mapped.club.pk, twin.pk]) in html


def test_two_are_merged_with_the_words_that_were_chosen_and_made_two_again(
    as_anna: Client, mapped: Mapped, twin: Resource
) -> None:
    address = reverse("mapping:merge", args=[mapped.club.pk, twin.pk])
    html = as_anna.get(address, headers=ENGLISH).content.decode()
    assert troubles(html) == []
    assert "Fodbold for alle" in html
    said = {"versions": "1-1", "name": "kept", "can_do": "gone"}
    assert as_anna.post(address, said).status_code == 302
    mapped.club.refresh_from_db()
    assert (mapped.club.name, mapped.club.can_do) == ("Nordklubben", "Fodbold for alle")
    assert as_anna.get(reverse("mapping:detail", args=[twin.pk])).status_code == 404
    page = as_anna.get(reverse("mapping:detail", args=[mapped.club.pk]), headers=ENGLISH).content.decode()
    assert troubles(page) == []
    undo = reverse("mapping:merge_undo", args=[mapped.club.pk, ResourceMerge.objects.get().pk])
    assert undo in page
    assert as_anna.post(undo).status_code == 302
    mapped.club.refresh_from_db()
    assert mapped.club.can_do == "Fodbold for piger"
    assert as_anna.get(reverse("mapping:detail", args=[twin.pk])).status_code == 200


@pytest.mark.parametrize("versions", ["9-9", "nonsense", ""])
def test_two_that_somebody_changed_are_looked_at_again(
    as_anna: Client, mapped: Mapped, twin: Resource, versions: str
) -> None:
    address = reverse("mapping:merge", args=[mapped.club.pk, twin.pk])
    said = {"versions": versions, "name": "kept", "can_do": "gone"}
    assert as_anna.post(address, said).status_code == 422
    assert not ResourceMerge.objects.exists()


def test_a_person_is_not_merged_with_a_club(as_anna: Client, mapped: Mapped) -> None:
    address = reverse("mapping:merge", args=[mapped.club.pk, mapped.person.pk])
    form = as_anna.get(address).content.decode()
    said = {"versions": "1-1"} | dict.fromkeys(("name", "kind", "can_do"), "kept")
    assert troubles(form) == []
    assert as_anna.post(address, said).status_code == 422
    assert not ResourceMerge.objects.exists()

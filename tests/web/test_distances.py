"""Wherever a distance is shown, it says when the unit's own point is not known."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from medspil.organisations.models import Organisation
from medspil.register.models import Unit
from medspil.web.linking.wording import distance_known_by
from tests.factories import changes, rankings

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


def page(client: Client, name: str, pk: int) -> str:
    html = client.get(reverse(name, args=[pk]), headers=ENGLISH).content.decode()
    return re.sub(r"\s+", " ", html)


def test_a_distance_from_a_street_or_a_postal_code_is_told_as_about_so_far(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "en"
    assert distance_known_by(14_000.0, "postcode") == "about 14.0 km (by postal code)"
    assert distance_known_by(400.0, "street") == "about 400 m (by street)"
    assert distance_known_by(400.0, "address") == "400 m"
    assert distance_known_by(None, "postcode") == "distance not known"


def test_rankings_news_and_the_page_of_a_unit_say_so(
    settings: Settings, tmp_path: Path, vejle: Organisation, as_anna: Client
) -> None:
    units = rankings.register(settings, tmp_path)
    need = rankings.photo_need(vejle)
    assert "about 14.0 km (by postal code)" in page(as_anna, "linking:ranking", need.pk)
    Unit.objects.filter(pk=units["photo"].pk).update(point_quality="street")
    changes.change(changes.applied_run(), unit=Unit.objects.get(pk=units["photo"].pk))
    assert "(by street)" in page(as_anna, "areas:news", need.area.pk)
    assert "Only the postal code is known" in page(as_anna, "register:detail", units["film"].number)

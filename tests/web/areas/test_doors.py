"""The row of doors on the page of an area leads to all parts of the work with it, and away when it is put away."""

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from medspil.areas.models import Area
from medspil.web.areas.doors import DOORS, doors
from tests.web.pages import read


def test_every_door_leads_somewhere(as_anna: Client, area: Area) -> None:
    found = doors(area)
    assert len(found) == len(DOORS) == 5
    html = as_anna.get(reverse("areas:detail", args=[area.pk])).content.decode()
    shown = {each.attributes["href"] for each in read(html) if each.attributes.get("class") == "ms-door"}
    assert shown == {door.url for door in found}
    for door in found:
        assert as_anna.get(door.url).status_code == 200, door.url


def test_an_area_that_is_put_away_has_no_doors(as_anna: Client, area: Area) -> None:
    Area.objects.filter(pk=area.pk).update(archived_at=timezone.now())
    html = as_anna.get(reverse("areas:detail", args=[area.pk])).content.decode()
    assert "ms-door" not in html

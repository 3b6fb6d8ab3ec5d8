"""Adding what an area has: in one line, a person with consent first, on a walk, a company of the register."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.mapping.models import Consent, PlaceQuality, Resource, Scope
from medspil.register.models import Unit
from tests.factories import companies, resources
from tests.web.mapping.conftest import ENGLISH, Mapped
from tests.web.pages import read, troubles

HERE = {"latitude": "55.713900", "longitude": "9.535000"}


def send(client: Client, page: str, area: Area, /, **data: str) -> tuple[int, str]:
    said = {"creation_key": str(uuid4())} | data
    response = client.post(reverse(f"mapping:{page}", args=[area.pk]), said, headers=ENGLISH)
    return response.status_code, response.content.decode()


def test_one_line_is_enough(as_anna: Client, area: Area) -> None:
    assert send(as_anna, "create", area, name="Bokseklubben", kind="association", address="7100 Vejle")[0] == 302
    made = Resource.objects.get()
    assert (made.name, made.kind, made.address) == ("Bokseklubben", "association", "7100 Vejle")


@pytest.mark.parametrize(("address", "said"), [("7100 Vejle", "is on the map"), ("", "not on the map before you say")])
def test_it_is_said_whether_the_line_put_it_on_the_map(as_anna: Client, area: Area, address: str, said: str) -> None:
    sent = {"creation_key": str(uuid4()), "name": "Bokseklubben", "kind": "association", "address": address}
    where = reverse("mapping:create", args=[area.pk])
    html = as_anna.post(where, sent, headers=ENGLISH, follow=True).content.decode()
    assert (Resource.objects.get().x is not None) is bool(address)
    assert said in html


def test_the_same_line_sent_twice_adds_one(as_anna: Client, area: Area) -> None:
    key = str(uuid4())
    for _time in range(2):
        assert send(as_anna, "create", area, name="Bokseklubben", kind="association", creation_key=key)[0] == 302
    assert Resource.objects.count() == 1


def test_a_line_without_a_name_is_asked_again_and_loses_nothing(as_anna: Client, area: Area) -> None:
    code, html = send(as_anna, "create", area, name="", kind="place", address="Parkvej 1")
    assert code == 422
    assert 'value="Parkvej 1"' in html
    assert troubles(html) == []
    assert not Resource.objects.exists()


def test_what_looks_like_a_cpr_number_is_stopped(as_anna: Client, area: Area) -> None:
    code, _html = send(as_anna, "create", area, name="Bent 010170-1234", kind="association")
    assert code == 422
    assert not Resource.objects.exists()


@pytest.mark.parametrize("name", ["create", "walk"])
def test_a_person_goes_on_to_the_page_of_consent_and_nothing_is_kept_until_then(
    as_anna: Client, area: Area, name: str
) -> None:
    code, html = send(as_anna, name, area, name="Fatima Nielsen", kind="person", address="Beboerhuset")
    assert code == 200
    assert troubles(html) == []
    fields = [each for each in read(html) if each.tag in {"input", "textarea"}]
    values = {each.attributes.get("name"): each.attributes.get("value") for each in fields}
    assert (values["name"], values["address"]) == ("Fatima Nielsen", "Beboerhuset")
    order = [each.attributes.get("name") for each in fields]
    assert order.index("agreed") < order.index("name")
    assert not Resource.objects.exists()


def test_a_person_is_kept_with_her_yes_and_not_without(as_anna: Client, area: Area) -> None:
    said = {"name": "Fatima Nielsen", "how": "said", "given_on": "2026-11-20", "scope": Scope.ON_MAP.value}
    code, html = send(as_anna, "person", area, **said)
    assert code == 422
    assert "only with her own yes" in html
    assert not Resource.objects.exists()
    assert send(as_anna, "person", area, agreed="on", **said)[0] == 302
    given = Consent.objects.get()
    assert given.scope == [Scope.ON_MAP]
    assert given.resource.name == "Fatima Nielsen"


def test_a_yes_of_tomorrow_is_refused(as_anna: Client, area: Area) -> None:
    said = {"name": "Fatima", "how": "said", "given_on": "2099-01-01", "agreed": "on"}
    assert send(as_anna, "person", area, **said)[0] == 422
    assert not Resource.objects.exists()


def test_whoever_added_one_line_goes_on_in_the_field_of_the_next(as_anna: Client, area: Area) -> None:
    said = {"name": "Nordklubben", "kind": "association", "creation_key": str(uuid4())}
    address = reverse("mapping:create", args=[area.pk])
    html = as_anna.post(address, said, follow=True, headers=ENGLISH).content.decode()
    assert re.search(r'<input[^>]*name="name"[^>]*autofocus', html)
    assert "autofocus" not in as_anna.get(reverse("mapping:list", args=[area.pk])).content.decode()


def test_the_walk_asks_for_the_position_before_the_address_and_no_button_lies_over_an_error(
    as_anna: Client, area: Area
) -> None:
    code, html = send(as_anna, "walk", area, name="", kind="place")
    assert code == 422
    assert html.index('data-locate="button"') < html.index('name="address"')
    assert "ms-walk__save--still" in html


def test_a_walk_keeps_the_position_of_the_phone_and_is_ready_for_the_next(as_anna: Client, area: Area) -> None:
    code, _html = send(as_anna, "walk", area, name="Legepladsen", kind="place", **HERE)
    assert code == 302
    made = Resource.objects.get()
    assert made.place_quality == PlaceQuality.POINT
    assert made.x == pytest.approx(533_600, abs=500)
    html = as_anna.get(reverse("mapping:walk", args=[area.pk]), headers=ENGLISH).content.decode()
    assert "Legepladsen" in html
    assert troubles(html) == []


def test_a_walk_works_without_a_position_by_an_address(as_anna: Client, area: Area) -> None:
    assert send(as_anna, "walk", area, name="Legepladsen", kind="place", address="7100 Vejle")[0] == 302
    assert Resource.objects.get().place_quality == PlaceQuality.POSTCODE


@pytest.mark.parametrize("latitude", ["12.5", "north", "91", ""])
def test_a_position_outside_the_country_is_left_out_or_asked_again(as_anna: Client, area: Area, latitude: str) -> None:
    code, _html = send(as_anna, "walk", area, name="Stedet", kind="place", latitude=latitude, longitude="9.5")
    assert code in (302, 422)
    assert not Resource.objects.exclude(x=None).exists()


def test_a_walk_without_a_kind_is_asked_again(as_anna: Client, area: Area) -> None:
    code, html = send(as_anna, "walk", area, name="Stedet")
    assert code == 422
    assert troubles(html) == []


@pytest.fixture
def bakery(area: Area, settings: Settings, tmp_path: Path) -> Unit:
    """Return a company beside the area, in a register without an index."""
    settings.INDEX_DIR = tmp_path / "index"
    unit = companies.unit("Bageren ApS")
    near_by = {"x": area.x, "y": area.y, "municipality": area.municipality, "point_quality": "address"}
    Unit.objects.filter(pk=unit.pk).update(industry="472400", **near_by)
    unit.refresh_from_db()
    return unit


def near(client: Client, area: Area, query: str = "") -> str:
    return client.get(reverse("mapping:list", args=[area.pk]) + query, headers=ENGLISH).content.decode()


def test_companies_of_the_register_near_by_are_there_by_themselves_told_apart_and_can_be_hidden(
    as_anna: Client, mapped: Mapped, bakery: Unit
) -> None:
    shown = near(as_anna, mapped.area)
    assert bakery.name in shown
    assert "company in the register" in shown
    assert "From the register, not mapped" in shown
    assert troubles(shown) == []
    alone = near(as_anna, mapped.area, "?kind=register&branch=retail_wholesale")
    assert bakery.name in alone
    assert mapped.club.name not in alone
    assert bakery.name in near(as_anna, mapped.area, "?q=bageren")
    for query in ("?near=0", "?kind=person", "?state=stale", "?kind=register&branch=building", "?q=fodbold"):
        assert bakery.name not in near(as_anna, mapped.area, query), query


def test_a_company_is_picked_up_once_and_then_no_longer_offered(as_anna: Client, area: Area, bakery: Unit) -> None:
    address = reverse("mapping:pick_up", args=[area.pk, bakery.number])
    assert address in near(as_anna, area)
    for _time in range(2):
        assert as_anna.post(address)["Location"].endswith("#near")
    made = Resource.objects.get()
    assert (made.unit, made.kind, made.name) == (bakery, "company", "Bageren ApS")
    assert address not in near(as_anna, area)


def test_what_was_just_added_is_asked_about_when_it_is_here_already_or_in_the_register(
    as_anna: Client, area: Area, bakery: Unit, anna: User
) -> None:
    twin = resources.resource(area, anna, "Cafe Nord (opdigtet)", can_do="Kaffe")
    where = reverse("mapping:create", args=[area.pk])

    def add(name: str) -> str:
        said = {"creation_key": str(uuid4()), "name": name, "kind": "company"}
        return as_anna.post(where, said, headers=ENGLISH, follow=True).content.decode()

    assert "the same as one of these" not in add("Frisøren")
    html = add("Café Nord")
    assert troubles(html) == []
    made = Resource.objects.get(name="Café Nord")
    address = reverse("mapping:merge", args=[twin.pk, made.pk])
    form = html.split(f'<form method="post" action="{address}">')[1].split("</form>")[0]
    said = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert as_anna.post(address, said).status_code == 302
    assert [one.name for one in Resource.objects.current() if "Nord" in one.name] == [twin.name]
    html = add("Bageren")  # Bageren ApS is near by
    assert "Yes, it is that company" in html
    made = Resource.objects.get(name="Bageren")
    as_anna.post(reverse("mapping:pick_up", args=[area.pk, bakery.number]), {"same": str(made.pk)})
    assert Resource.objects.get(unit=bakery) == made


def test_a_protected_company_is_shown_as_protected_and_never_how_it_is_reached(
    as_anna: Client, area: Area, bakery: Unit
) -> None:
    Unit.objects.filter(pk=bakery.pk).update(protected=True, phone="75820000", email="bager@example.org")
    html = near(as_anna, area)
    assert bakery.name in html
    assert "1 is protected from advertising and may not be approached" in html
    assert "protected from advertising, in the register" in html  # its own sign on the map
    assert "75820000" not in html
    assert "bager@example.org" not in html
    address = reverse("mapping:pick_up", args=[area.pk, bakery.number])
    said = as_anna.post(address, follow=True, headers=ENGLISH).content.decode()
    assert "it may only be asked if it has itself said" in said


def test_a_company_that_has_ceased_cannot_be_picked_up(as_anna: Client, area: Area, bakery: Unit) -> None:
    Unit.objects.filter(pk=bakery.pk).update(status="ceased")
    assert as_anna.post(reverse("mapping:pick_up", args=[area.pk, bakery.number])).status_code == 404


def test_the_walk_page_shows_nobody_of_another_area(as_anna: Client, as_carl: Client, area: Area, anna: User) -> None:
    resources.resource(area, anna, "Hemmelig klub")
    assert as_carl.get(reverse("mapping:walk", args=[area.pk])).status_code == 404
    assert "Hemmelig klub" in as_anna.get(reverse("mapping:walk", args=[area.pk])).content.decode()

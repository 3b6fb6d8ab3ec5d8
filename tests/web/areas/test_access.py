"""Who gets which page: strangers, partners, people who may only look, wrong methods and numbers that lead nowhere."""

import pytest
from django.test import Client
from django.urls import reverse

from medspil.areas.models import Area, Challenge, Need
from tests.web.pages import troubles

AREA_PAGES = ["edit_about", "edit_border", "edit_programme", "edit_figures", "edit_statuses", "edit_partners"]
SHARED_PAGES = ["challenge_create", "need_create"]
NEED_PAGES = [
    f"need_edit_{name}" for name in ("what", "resources", "amounts", "who", "when", "host", "reach", "companies")
]
SENT = [
    *((name, "area") for name in ("archive", "restore")),
    *((f"challenge_{name}", "challenge") for name in ("archive", "restore")),
    *((f"need_{name}", "need") for name in ("archive", "restore")),
]


@pytest.fixture
def numbers(area: Area, challenge: Challenge, need: Need) -> dict[str, int]:
    return {"area": area.pk, "challenge": challenge.pk, "need": need.pk}


def pages(numbers: dict[str, int]) -> list[str]:
    found = [("detail", "area"), *((name, "area") for name in AREA_PAGES + SHARED_PAGES)]
    found += [("challenge_edit", "challenge"), ("need", "need"), *((name, "need") for name in NEED_PAGES)]
    return [reverse(f"areas:{name}", args=[numbers[what]]) for name, what in found]


def test_every_page_opens_for_the_owner_and_keeps_the_rules_of_the_house(
    as_anna: Client, numbers: dict[str, int]
) -> None:
    for address in [reverse("areas:list"), reverse("areas:create"), *pages(numbers)]:
        response = as_anna.get(address)
        assert response.status_code == 200, address
        assert troubles(response.content.decode()) == [], address


def test_every_page_is_hidden_from_strangers(as_carl: Client, numbers: dict[str, int]) -> None:
    for address in pages(numbers):
        assert as_carl.get(address).status_code == 404, address
        assert as_carl.post(address, {}).status_code in (404, 405), address
    for name, what in SENT:
        assert as_carl.post(reverse(f"areas:{name}", args=[numbers[what]])).status_code == 404, name
    assert b"rremarken" not in as_carl.get(reverse("areas:list")).content


def test_nobody_gets_in_without_signing_in(client: Client, numbers: dict[str, int]) -> None:
    for address in pages(numbers):
        assert client.get(address)["Location"].startswith(reverse("account_login"))


def test_who_may_only_look_sees_the_pages_and_changes_nothing(as_reader: Client, numbers: dict[str, int]) -> None:
    for name, what in (("detail", "area"), ("need", "need")):
        page = as_reader.get(reverse(f"areas:{name}", args=[numbers[what]])).content.decode()
        assert troubles(page) == []
        for edit in AREA_PAGES + SHARED_PAGES:
            assert reverse(f"areas:{edit}", args=[numbers["area"]]) not in page
        for edit in NEED_PAGES:
            assert reverse(f"areas:{edit}", args=[numbers["need"]]) not in page
    for address in pages(numbers):
        expected = 200 if address in pages_to_look(numbers) else 403
        assert as_reader.get(address).status_code == expected, address
    for name, what in SENT:
        assert as_reader.post(reverse(f"areas:{name}", args=[numbers[what]])).status_code == 403, name


def pages_to_look(numbers: dict[str, int]) -> list[str]:
    return [reverse("areas:detail", args=[numbers["area"]]), reverse("areas:need", args=[numbers["need"]])]


def test_a_partner_works_on_challenges_and_needs_but_not_on_the_area(as_bo: Client, numbers: dict[str, int]) -> None:
    for name in AREA_PAGES:
        assert as_bo.get(reverse(f"areas:{name}", args=[numbers["area"]])).status_code == 403
    for name in SHARED_PAGES:
        assert as_bo.get(reverse(f"areas:{name}", args=[numbers["area"]])).status_code == 200
    for name in NEED_PAGES:
        assert as_bo.get(reverse(f"areas:{name}", args=[numbers["need"]])).status_code == 200
    page = as_bo.get(reverse("areas:detail", args=[numbers["area"]])).content.decode()
    assert reverse("areas:edit_about", args=[numbers["area"]]) not in page
    assert reverse("areas:need_create", args=[numbers["area"]]) in page


@pytest.mark.parametrize(("name", "what"), SENT)
def test_what_changes_something_is_not_done_by_a_link(
    as_anna: Client, numbers: dict[str, int], name: str, what: str
) -> None:
    assert as_anna.get(reverse(f"areas:{name}", args=[numbers[what]])).status_code == 405


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_form_that_was_sent_empty_is_answered_and_not_broken(
    as_anna: Client, numbers: dict[str, int], headers: dict[str, str]
) -> None:
    forms = [address for address in pages(numbers) if address not in pages_to_look(numbers)]
    for address in [reverse("areas:create"), *forms]:
        assert as_anna.post(address, {}, headers=headers).status_code == 422, address


def test_other_methods_are_refused(as_anna: Client, numbers: dict[str, int]) -> None:
    for address in pages(numbers):
        assert as_anna.put(address).status_code == 405
        assert as_anna.delete(address).status_code == 405


@pytest.mark.parametrize("name", ["detail", "edit_about", "challenge_edit", "need", "need_edit_what"])
def test_numbers_that_lead_nowhere_are_not_found(as_anna: Client, area: Area, name: str) -> None:
    assert as_anna.get(reverse(f"areas:{name}", args=[987_654])).status_code == 404


def test_only_who_may_change_areas_can_start_one(as_reader: Client, as_anna: Client) -> None:
    assert as_reader.get(reverse("areas:create")).status_code == 403
    assert reverse("areas:create") not in as_reader.get(reverse("areas:list")).content.decode()
    assert reverse("areas:create") in as_anna.get(reverse("areas:list")).content.decode()

"""The pages that make one organisation of two: who may, what is shown, what stays, and the way back."""

import pytest
from django.test import Client
from django.urls import reverse

from medspil.accounts.models import record_history
from medspil.organisations.models import Merge, Organisation
from medspil.organisations.roles import Role
from tests.factories import people, places
from tests.web.pages import troubles

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
Pair = tuple[Organisation, Organisation]


@pytest.fixture
def as_eva(vejle: Organisation) -> Client:
    """Return a browser in which Eva, administrator of the municipality, is signed in."""
    return people.signed_in(people.member(vejle, Role.ADMINISTRATOR, name="Eva"))


@pytest.fixture
def pair(vejle: Organisation) -> Pair:
    """Return two records of one club in the care of the municipality."""
    made = [people.organisation(name, "association") for name in ("Nordre Boldklub", "Nordre Boldclub")]
    keys = [one.pk for one in made]
    Organisation.objects.filter(pk__in=keys).update(created_by_organisation=vejle)
    Organisation.objects.filter(pk=keys[1]).update(cvr="12345674")
    return Organisation.objects.get(pk=keys[0]), Organisation.objects.get(pk=keys[1])


def address(pair: Pair) -> str:
    return reverse("organisations:merge", args=[one.pk for one in pair])


def sent(pair: Pair, **other: object) -> dict[str, object]:
    return {"version_kept": pair[0].version, "version_gone": pair[1].version, "name": "kept", "cvr": "gone"} | other


def text(client: Client, way: str) -> str:
    response = client.get(way, headers=ENGLISH)
    assert response.status_code == 200
    assert troubles(response.content.decode()) == []
    return response.content.decode()


def test_the_likest_is_offered_first(as_eva: Client, pair: Pair) -> None:
    html = text(as_eva, reverse("organisations:merge_choose", args=[pair[0].pk]))
    assert html.index("Nordre Boldclub") < html.index("Others that you look after") < html.index("Vejle Kommune")


def test_both_are_compared_with_what_is_moved(as_eva: Client, pair: Pair) -> None:
    places.area(pair[1])
    html = text(as_eva, address(pair))
    for said in ("Nordre Boldclub", "12345674", "Areas: 1", "The other way round"):
        assert said.lower() in html.lower()


def test_what_is_chosen_stays_and_the_merged_one_leads_there(as_eva: Client, pair: Pair) -> None:
    kept, gone = pair
    response = as_eva.post(address(pair), sent(pair))
    assert response["Location"] == reverse("organisations:detail", args=[kept.pk])
    kept.refresh_from_db()
    assert (kept.name, kept.cvr) == ("Nordre Boldklub", "12345674")
    assert as_eva.get(reverse("organisations:detail", args=[gone.pk]))["Location"] == response["Location"]
    assert "Nordre Boldclub went into it" in text(as_eva, response["Location"])


def test_the_history_of_both_is_read_on_the_page_that_stays(as_eva: Client, pair: Pair, vejle: Organisation) -> None:
    record_history(record=pair[1], action="renamed", by=None, now=people.NOW)
    as_eva.post(address(pair), sent(pair))
    html = text(as_eva, reverse("organisations:detail", args=[pair[0].pk]))
    assert "changed the name (Nordre Boldclub)" in html
    assert html.count("merged two records of the organisation") == 2


def test_it_is_taken_back_on_the_same_page(as_eva: Client, pair: Pair) -> None:
    kept, gone = pair
    as_eva.post(address(pair), sent(pair))
    way = reverse("organisations:merge_undo", args=[kept.pk, Merge.objects.get().pk])
    for _click in range(2):
        assert as_eva.post(way).status_code == 302
    assert "Nordre Boldclub" in text(as_eva, reverse("organisations:detail", args=[gone.pk]))
    kept.refresh_from_db()
    assert kept.cvr == ""


def test_what_stands_in_the_way_is_said(as_eva: Client, pair: Pair) -> None:
    kept, _gone = pair
    as_eva.post(address(pair), sent(pair))
    Organisation.objects.filter(pk=kept.pk).update(cvr="25052943")
    way = reverse("organisations:merge_undo", args=[kept.pk, Merge.objects.get().pk])
    html = as_eva.post(way, follow=True, headers=ENGLISH).content.decode()
    assert "This has changed since" in html
    assert Merge.objects.get().undone_at is None


def test_a_double_click_merges_once(as_eva: Client, pair: Pair) -> None:
    first, second = (as_eva.post(address(pair), sent(pair)) for _click in range(2))
    assert first["Location"] == second["Location"] == reverse("organisations:detail", args=[pair[0].pk])
    assert Merge.objects.count() == 1


def test_what_changed_meanwhile_is_shown_again_and_not_merged(as_eva: Client, pair: Pair) -> None:
    response = as_eva.post(address(pair), sent(pair, version_gone=7), headers=ENGLISH)
    assert response.status_code == 409
    assert not Merge.objects.exists()


@pytest.mark.parametrize("wrong", [{"name": "neither"}, {"version_kept": "x"}, {"name": ""}])
def test_a_choice_that_is_none_is_named(as_eva: Client, pair: Pair, wrong: dict[str, object]) -> None:
    response = as_eva.post(address(pair), sent(pair) | wrong)
    assert response.status_code == 422
    assert not Merge.objects.exists()


def test_only_who_manages_both_may_merge(as_eva: Client, as_anna: Client, as_carl: Client, pair: Pair) -> None:
    assert as_anna.get(address(pair)).status_code == as_anna.post(address(pair), sent(pair)).status_code == 403
    assert as_carl.get(address(pair)).status_code == 404
    others = people.organisation("Andres Klub", "association")
    assert as_eva.get(address((pair[0], others))).status_code == 404
    assert not Merge.objects.exists()


def test_a_club_with_an_administrator_of_its_own_is_no_longer_the_keepers_to_merge(as_eva: Client, pair: Pair) -> None:
    people.member(pair[1], Role.ADMINISTRATOR, name="Bo")
    assert as_eva.get(address(pair)).status_code == 404


def test_strangers_are_not_led_to_what_a_merged_one_became(as_eva: Client, as_carl: Client, pair: Pair) -> None:
    as_eva.post(address(pair), sent(pair))
    assert as_carl.get(reverse("organisations:detail", args=[pair[1].pk])).status_code == 404

"""Starting an area, its list and overview, putting it away; without JavaScript throughout."""

import html
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from medspil.accounts.models import User
from medspil.areas.models import Area, AreaStatus, Challenge, Figure, Need
from medspil.mapping.models import Competence
from medspil.organisations.models import Membership, Organisation
from medspil.organisations.roles import Role
from tests.factories import people, places
from tests.factories.resources import resource
from tests.web.pages import troubles


def test_an_area_is_started_with_its_name_and_then_shown(as_anna: Client, vejle: Organisation) -> None:
    response = as_anna.post(
        reverse("areas:create"), {"name": "Løget", "owner": vejle.pk, "creation_key": str(uuid4())}, follow=True
    )
    area = Area.objects.get()
    assert response.redirect_chain == [(reverse("areas:detail", args=[area.pk]), 302)]
    assert (area.name, area.owner) == ("Løget", vejle)
    assert reverse("areas:edit_about", args=[area.pk]) in response.content.decode()


def test_a_double_click_starts_one_area(as_anna: Client, vejle: Organisation) -> None:
    key = str(uuid4())
    addresses = {
        as_anna.post(reverse("areas:create"), {"name": "Løget", "owner": vejle.pk, "creation_key": key})["Location"]
        for _click in range(2)
    }
    assert len(addresses) == 1
    assert Area.objects.count() == 1


@pytest.mark.parametrize("name", ["", " ", "x" * 121, "Ring 010190-1234"])
def test_a_name_that_cannot_stand_is_told_and_kept_in_the_form(as_anna: Client, vejle: Organisation, name: str) -> None:
    response = as_anna.post(reverse("areas:create"), {"name": name, "owner": vejle.pk, "creation_key": str(uuid4())})
    assert response.status_code == 422
    assert name.strip() in response.content.decode()
    assert not Area.objects.exists()


def test_an_area_cannot_be_started_for_somebody_else_s_organisation(as_anna: Client, carl: User) -> None:
    stranger = Organisation.objects.get(memberships__user=carl)
    response = as_anna.post(
        reverse("areas:create"), {"name": "Løget", "owner": stranger.pk, "creation_key": str(uuid4())}
    )
    assert response.status_code == 422
    assert not Area.objects.exists()


def test_who_works_for_one_organisation_is_not_asked_which(as_anna: Client, anna: User) -> None:
    assert 'type="hidden" name="owner"' in as_anna.get(reverse("areas:create")).content.decode()
    other = people.organisation("Byen i Balance", "area_secretariat")
    Membership.objects.create(user=anna, organisation=other, role=Role.COORDINATOR, started_on="2026-01-01")
    assert '<select name="owner"' in as_anna.get(reverse("areas:create")).content.decode()


def test_an_empty_list_teaches_and_offers_one_button(as_anna: Client) -> None:
    page = as_anna.get(reverse("areas:list")).content.decode()
    assert page.count(reverse("areas:create")) == 1
    assert "ms-empty" in page


def test_the_overview_shows_what_there_is_and_what_comes_next(
    as_anna: Client, area: Area, challenge: Challenge, need: Need
) -> None:
    Figure.objects.create(area=area, measure="residents", value=1234, counted_on="2026-01-01", source="LBF")
    AreaStatus.objects.create(area=area, kind="deprived_area", listed_on="2025-12-01")
    page = as_anna.get(reverse("areas:detail", args=[area.pk])).content.decode()
    for text in (area.description, challenge.title, need.title, "1.234", "Udsat boligområde", "Nørremarksskolen"):
        assert text in page
    assert reverse("linking:ranking", args=[need.pk]) in page


def test_lists_with_an_origin_criterion_are_folded_away(as_anna: Client, area: Area) -> None:
    AreaStatus.objects.create(area=area, kind="parallel_society", listed_on="2018-12-01")
    page = as_anna.get(reverse("areas:detail", args=[area.pk])).content.decode()
    assert page.index("<details", page.index('id="parties"')) < page.index("parallelsamfund")


def test_putting_an_area_away_can_be_undone_on_the_next_page(as_anna: Client, area: Area) -> None:
    page = as_anna.post(reverse("areas:archive", args=[area.pk]), follow=True).content.decode()
    assert reverse("areas:restore", args=[area.pk]) in page
    area.refresh_from_db()
    assert area.archived_at is not None
    as_anna.post(reverse("areas:archive", args=[area.pk]))
    as_anna.post(reverse("areas:restore", args=[area.pk]))
    area.refresh_from_db()
    assert area.archived_at is None


def fill(area: Area, times: int) -> None:
    for number in range(times):
        challenge = places.challenge(area, title=f"Udfordring {number}", target_groups=["children"])
        places.need(area, title=f"Behov {number}", challenge=challenge, kinds=("mentoring", "transport"))
        area.partners.add(people.organisation(f"Skole {number}", "school"))
        Figure.objects.create(area=area, measure="residents", value=10, counted_on=f"2020-01-{number + 1:02}")
        AreaStatus.objects.create(area=area, kind="deprived_area", listed_on=f"2020-01-{number + 1:02}")


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_the_overview_asks_no_more_questions_when_there_is_more_to_show(as_anna: Client, vejle: Organisation) -> None:
    small, large = places.area(vejle, "Lille"), places.area(vejle, "Stort")
    fill(small, 1)
    fill(large, 10)
    as_anna.get(reverse("areas:detail", args=[small.pk]))
    few = queries(as_anna, reverse("areas:detail", args=[small.pk]))
    assert queries(as_anna, reverse("areas:detail", args=[large.pk])) == few


def test_the_list_asks_no_more_questions_when_there_are_more_areas(as_anna: Client, vejle: Organisation) -> None:
    fill(places.area(vejle, "Første"), 1)
    few = queries(as_anna, reverse("areas:list"))
    for number in range(9):
        fill(places.area(vejle, f"Område {number}"), 2)
    assert queries(as_anna, reverse("areas:list")) == few


def test_the_page_of_a_need_asks_no_more_questions_for_more_kinds(as_anna: Client, area: Area) -> None:
    one = places.need(area, kinds=("mentoring",))
    many = places.need(area, kinds=("transport", "sports", "mentoring", "job", "premises", "photo_film"))
    few = queries(as_anna, reverse("areas:need", args=[one.pk]))
    assert queries(as_anna, reverse("areas:need", args=[many.pk])) == few


def test_a_challenge_says_what_it_takes_and_the_next_step_makes_the_need(
    as_anna: Client, anna: User, vejle: Organisation
) -> None:
    area = places.area(vejle, kind="social_housing", description="Tre afdelinger")
    challenge = places.challenge(area)
    address = reverse("areas:detail", args=[area.pk])
    say, send = (
        reverse("mapping:competences", args=[challenge.pk]),
        reverse("mapping:coverage_need", args=[challenge.pk, "mentoring"]),
    )
    assert as_anna.get(address).context["advice"].url == say
    Competence.objects.create(challenge=challenge, kind="mentoring")
    resource(area, anna, kinds=["sports"])
    response = as_anna.get(address)
    assert (response.context["advice"].url, response.context["advice"].sends) == (send, True)
    assert troubles(response.content.decode()) == []
    for page in (reverse("areas:list"), reverse("home")):
        text = as_anna.get(page).content.decode()
        assert html.escape(response.context["advice"].text) in text
        assert f'href="{send}"' not in text  # it is sent, not followed
    as_anna.post(send)
    assert as_anna.get(address).context["advice"].url != send

"""Challenges and needs as new records, figures, official lists and partners."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from medspil.accounts.models import User
from medspil.areas.models import Area, AreaStatus, Challenge, Figure, Need
from medspil.organisations.models import Organisation
from tests.factories import people, places


def test_a_challenge_is_added_once_however_often_the_button_is_pressed(as_anna: Client, area: Area) -> None:
    data = {"title": "Ro", "theme": "safety", "target_groups": ["boys", "parents"], "creation_key": str(uuid4())}
    for _click in range(2):
        response = as_anna.post(reverse("areas:challenge_create", args=[area.pk]), data)
        assert response["Location"] == reverse("areas:detail", args=[area.pk])
    found = Challenge.objects.get()
    assert (found.title, found.target_groups) == ("Ro", ["boys", "parents"])


def test_a_need_is_started_from_its_challenge(as_bo: Client, area: Area, challenge: Challenge) -> None:
    address = reverse("areas:need_create", args=[area.pk])
    form = as_bo.get(f"{address}?challenge={challenge.pk}").context["form"]
    assert form["challenge"].value() == str(challenge.pk)
    data = {"title": "Mentorer", "challenge": challenge.pk, "creation_key": str(uuid4())}
    for _click in range(2):
        response = as_bo.post(address, data)
    need = Need.objects.get()
    assert response["Location"] == reverse("areas:need", args=[need.pk])
    assert need.challenge == challenge


@pytest.mark.parametrize("wanted", ["x", "987654", "-1", "%00"])
def test_a_challenge_that_is_none_is_not_chosen(as_anna: Client, area: Area, wanted: str) -> None:
    address = reverse("areas:need_create", args=[area.pk])
    assert as_anna.get(f"{address}?challenge={wanted}").status_code in (200, 400)
    data = {"title": "Mentorer", "challenge": wanted, "creation_key": str(uuid4())}
    assert as_anna.post(address, data).status_code == 422


def test_a_need_cannot_answer_another_area_s_challenge(as_anna: Client, area: Area, vejle: Organisation) -> None:
    elsewhere = places.challenge(places.area(vejle, "Løget"))
    data = {"title": "Mentorer", "challenge": elsewhere.pk, "creation_key": str(uuid4())}
    assert as_anna.post(reverse("areas:need_create", args=[area.pk]), data).status_code == 422
    assert not Need.objects.exists()


@pytest.mark.parametrize("what", ["challenge", "need"])
def test_what_is_put_away_leaves_the_overview_and_comes_back(
    as_anna: Client, area: Area, challenge: Challenge, need: Need, what: str
) -> None:
    record = challenge if what == "challenge" else need
    page = as_anna.post(reverse(f"areas:{what}_archive", args=[record.pk]), follow=True).content.decode()
    assert reverse(f"areas:{what}_restore", args=[record.pk]) in page
    shown = [one.card for one in as_anna.get(reverse("areas:detail", args=[area.pk])).context["cards"]]
    lines = [line.need for card in shown for line in card.needs]
    assert (challenge in [card.challenge for card in shown], need in lines) == (what != "challenge", what != "need")
    as_anna.post(reverse(f"areas:{what}_restore", args=[record.pk]))
    record.refresh_from_db()
    assert record.archived_at is None


def test_the_way_to_companies_opens_with_the_first_kind(as_anna: Client, area: Area) -> None:
    need = places.need(area)
    ranking = reverse("linking:ranking", args=[need.pk])
    assert ranking not in as_anna.get(reverse("areas:need", args=[need.pk])).content.decode()
    need.resources.create(kind="mentoring")
    assert ranking in as_anna.get(reverse("areas:need", args=[need.pk])).content.decode()


def test_choosing_kinds_leads_on_to_how_much(as_anna: Client, need: Need) -> None:
    data = {"kinds": ["mentoring"], "version": 1}
    response = as_anna.post(reverse("areas:need_edit_resources", args=[need.pk]), data)
    assert response["Location"] == reverse("areas:need_edit_amounts", args=[need.pk])


def test_how_much_asks_for_kinds_first(as_anna: Client, area: Area) -> None:
    need = places.need(area)
    page = as_anna.get(reverse("areas:need_edit_amounts", args=[need.pk])).content.decode()
    assert reverse("areas:need_edit_resources", args=[need.pk]) in page
    assert as_anna.post(reverse("areas:need_edit_amounts", args=[need.pk]), {"version": 1}).status_code == 302


def test_figures_are_written_as_danes_write_them_and_blanks_stay_not_stated(as_anna: Client, area: Area) -> None:
    address = reverse("areas:edit_figures", args=[area.pk])
    data = {"counted_on": "2026-01-01", "source": "LBF", "residents": "1.234", "under_18": "31,5", "version": 1}
    assert as_anna.post(address, data).status_code == 302
    found = {row.measure: float(row.value) for row in Figure.objects.all()}
    assert found == {"residents": 1234.0, "under_18": 31.5}
    form = as_anna.get(address).context["form"]
    assert form["households"].value() is None
    page = as_anna.get(reverse("areas:detail", args=[area.pk])).content.decode()
    assert "1.234" in page
    assert "31,5" in page


@pytest.mark.parametrize(
    ("name", "value"), [("residents", "3"), ("under_18", "101"), ("residents", "mange"), ("counted_on", "i år")]
)
def test_figures_that_cannot_be_right_are_told(as_anna: Client, area: Area, name: str, value: str) -> None:
    data = {"counted_on": "2026-01-01", "version": 1} | {name: value}
    response = as_anna.post(reverse("areas:edit_figures", args=[area.pk]), data)
    assert response.status_code == 422
    assert name in response.context["form"].errors
    assert not Figure.objects.exists()


def test_an_official_list_is_noted_and_taken_back(as_anna: Client, area: Area) -> None:
    address = reverse("areas:edit_statuses", args=[area.pk])
    data = {"kind": "deprived_area", "listed_on": "2025-12-01"}
    assert as_anna.post(address, data).status_code == 302
    assert as_anna.post(address, data).status_code == 422
    status = AreaStatus.objects.get()
    remove = reverse("areas:remove_status", args=[area.pk, status.pk])
    assert remove in as_anna.get(address).content.decode()
    assert as_anna.get(remove).status_code == 405
    assert as_anna.post(remove).status_code == 302
    assert as_anna.post(remove).status_code == 404


def test_lists_with_an_origin_criterion_are_offered_only_when_asked_for(as_anna: Client, area: Area) -> None:
    address, data = (
        reverse("areas:edit_statuses", args=[area.pk]),
        {"kind": "parallel_society", "listed_on": "2018-12-01"},
    )
    assert as_anna.post(address, data).status_code == 422
    assert as_anna.post(f"{address}?all=1", data).status_code == 302


def test_a_status_of_another_area_is_not_taken_back_here(as_anna: Client, area: Area, vejle: Organisation) -> None:
    other = AreaStatus.objects.create(area=places.area(vejle, "Løget"), kind="deprived_area", listed_on="2025-12-01")
    assert as_anna.post(reverse("areas:remove_status", args=[area.pk, other.pk])).status_code == 404


@pytest.fixture
def club(anna: User, vejle: Organisation) -> Organisation:
    """Return a club that takes part in another area of Anna's."""
    made = people.organisation("Boldklubben Ærø", "association")
    places.area(vejle, "Løget").partners.add(made)
    return made


def test_an_organisation_is_found_by_name_and_takes_part(
    as_anna: Client, area: Area, school: Organisation, club: Organisation
) -> None:
    address = reverse("areas:edit_partners", args=[area.pk])
    assert club.name not in as_anna.get(f"{address}?q=bo").content.decode()
    assert club.name in as_anna.get(f"{address}?q=bold").content.decode()
    assert club.name in as_anna.get(f"{address}?q=BEN ÆR").content.decode()
    assert as_anna.post(address, {"organisation": club.pk}).status_code == 302
    assert set(area.partners.all()) == {school, club}
    assert as_anna.post(address, {"organisation": club.pk}).status_code == 404
    remove = reverse("areas:remove_partner", args=[area.pk, club.pk])
    assert as_anna.post(remove).status_code == 302
    assert as_anna.post(remove).status_code == 404
    assert list(area.partners.all()) == [school]


@pytest.mark.parametrize("sent", [{}, {"organisation": "x"}, {"organisation": "987654"}])
def test_an_organisation_that_is_none_does_not_take_part(as_anna: Client, area: Area, sent: dict[str, str]) -> None:
    assert as_anna.post(reverse("areas:edit_partners", args=[area.pk]), sent).status_code in (404, 422)


def test_those_one_has_to_do_with_are_offered_without_a_search(
    as_anna: Client, area: Area, club: Organisation, carl: User
) -> None:
    page = as_anna.get(reverse("areas:edit_partners", args=[area.pk])).content.decode()
    assert club.name in page
    assert "Fremmed Kommune" not in page


def test_a_stranger_is_found_by_its_whole_name_alone(as_anna: Client, area: Area, carl: User) -> None:
    stranger = Organisation.objects.get(name="Fremmed Kommune")
    address = reverse("areas:edit_partners", args=[area.pk])
    assert stranger.name not in as_anna.get(f"{address}?q=fremmed+kommun").content.decode()
    for wrong in (address, f"{address}?q=fremmed"):
        assert as_anna.post(wrong, {"organisation": stranger.pk}).status_code == 404
    found = f"{address}?q=FREMMED++kommune"
    assert stranger.name in as_anna.get(found).content.decode()
    assert as_anna.post(found, {"organisation": stranger.pk}).status_code == 302
    assert stranger in area.partners.all()


def test_who_may_create_an_organisation_is_shown_the_way(as_anna: Client, area: Area) -> None:
    page = as_anna.get(reverse("areas:edit_partners", args=[area.pk]) + "?q=Ny+klub").content.decode()
    assert f"{reverse('organisations:look_up')}?area={area.pk}&amp;q=Ny%20klub" in page


def test_the_found_organisations_are_the_same_in_page_and_fragment(
    as_anna: Client, area: Area, club: Organisation
) -> None:
    address = reverse("areas:edit_partners", args=[area.pk]) + "?q=bold"
    whole = as_anna.get(address).content.decode()
    part = as_anna.get(address, headers={"HX-Request": "true"}).content.decode()
    begin = whole.index('<div id="found"')
    assert "Boldklubben" in part
    assert _without_token(part.strip()) == _without_token(whole[begin : begin + len(part.strip())])


def _without_token(html: str) -> str:
    return "".join(piece.split('"', 1)[-1] for piece in html.split('csrfmiddlewaretoken" value="'))


def test_a_need_without_a_challenge_says_why(as_anna: Client, area: Area) -> None:
    address = reverse("areas:need_create", args=[area.pk])
    assert reverse("areas:challenge_create", args=[area.pk]) in as_anna.get(address).content.decode()
    data = {"title": "Bus", "challenge": "0", "creation_key": str(uuid4())}
    response = as_anna.post(address, data)
    assert response.status_code == 422
    assert "no_challenge_reason" in response.context["form"].errors
    as_anna.post(address, data | {"no_challenge_reason": "Beboerne bad om det"})
    need = Need.objects.get()
    assert need.no_challenge_reason == "Beboerne bad om det"
    page = as_anna.get(reverse("areas:need", args=[need.pk])).content.decode()
    assert need.no_challenge_reason in page
    assert as_anna.get(reverse("areas:need_edit_what", args=[need.pk])).context["form"]["challenge"].value() == 0


def test_who_receives_volunteers_is_chosen_or_named(as_anna: Client, area: Area, vejle: Organisation) -> None:
    need = places.need(area, kinds=("club_leader",), open_to_companies=True)
    page, host = reverse("areas:need", args=[need.pk]), reverse("areas:need_edit_host", args=[need.pk])
    assert as_anna.get(page).context["unhosted"]
    said = {"host_name": "Drengeklubben", "host_capacity": "3", "good_day": "Vi bygger", "hosted_on": "2026-11-01"}
    assert as_anna.post(host, said | {"version": 1}).status_code == 302
    need.refresh_from_db()
    assert (need.host, need.host_name) == (None, "Drengeklubben")
    shown = as_anna.get(page)
    assert not shown.context["unhosted"]
    assert all(text in shown.content.decode() for text in ("Drengeklubben", "Vi bygger"))
    assert as_anna.post(host, said | {"host": vejle.pk, "version": 2}).status_code == 302
    need.refresh_from_db()
    assert (need.host, need.host_name) == (vejle, "")
    assert vejle.name in as_anna.get(page).content.decode()


def test_a_need_for_volunteers_is_not_opened_before_somebody_receives_them(as_anna: Client, area: Area) -> None:
    need = places.need(area, kinds=("club_leader",))
    page = reverse("areas:need_edit_companies", args=[need.pk])
    assert reverse("areas:need_edit_host", args=[need.pk]) in as_anna.get(page).content.decode()
    response = as_anna.post(page, {"open_to_companies": "on", "version": 1})
    assert response.status_code == 422
    assert response.context["form"].non_field_errors()
    need.refresh_from_db()
    assert not need.open_to_companies
    assert as_anna.get(reverse("areas:need_edit_host", args=[places.need(area).pk])).context["wanted"] is False

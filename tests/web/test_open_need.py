"""Needs and companies: closed until opened, with history; then the company sees what is listed and nothing more."""

import html
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from medspil.accounts.models import HistoryEntry, User
from medspil.areas import services
from medspil.areas.models import Need
from medspil.linking import shortlist
from medspil.organisations.models import Organisation, Topic
from medspil.organisations.roles import Role
from medspil.organisations.subjects import of_unit
from medspil.register.models import Unit
from tests.factories import companies, links, people, places, rankings
from tests.factories.people import NOW
from tests.factories.pitches import draft
from tests.factories.profiles import answer
from tests.web.pages import troubles

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def need(vejle: Organisation) -> Need:
    """Return Anna's need for a photo school, which is closed to companies."""
    return rankings.photo_need(vejle, people=4711, place="Klubben")


@pytest.fixture
def bodil(units: dict[str, Unit]) -> User:
    """Return the contact of the photo studio."""
    studio = people.organisation("Lysets Fotostudie", "company")
    Organisation.objects.filter(pk=studio.pk).update(cvr=units["photo"].cvr)
    return people.member(studio, Role.COMPANY_CONTACT, name="Bodil")


def opened(need: Need, anna: User) -> Need:
    return services.edit_need(need=need, expected_version=need.version, by=anna, now=NOW, open_to_companies=True)


def first_page(person: User) -> str:
    response = people.signed_in(person).get(reverse("home"), headers=ENGLISH)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def address(need: Need) -> str:
    return reverse("linking:open_need", args=[need.pk])


def test_a_need_is_closed_until_somebody_opens_it_and_that_stands_in_the_history(
    units: dict[str, Unit], need: Need, anna: User, bodil: User
) -> None:
    assert need.title not in first_page(bodil)
    assert people.signed_in(bodil).get(address(need)).status_code == 404
    page = reverse("areas:need_edit_companies", args=[need.pk])
    as_anna = people.signed_in(anna)
    shown = as_anna.get(page).content.decode()
    assert troubles(shown) == []
    assert "data-autosave" not in shown
    response = as_anna.post(page, {"version": need.version, "open_to_companies": "on"})
    assert response.status_code == 302
    entry = HistoryEntry.objects.of(need)[0]
    assert entry.by == anna
    assert entry.changes["open_to_companies"] == [False, True]
    assert need.title in first_page(bodil)
    assert people.signed_in(bodil).get(address(need)).status_code == 200
    need.refresh_from_db()
    as_anna.post(page, {"version": need.version})
    assert need.title not in first_page(bodil)
    assert people.signed_in(bodil).get(address(need)).status_code == 404


def test_the_company_reads_why_a_need_fits_and_no_points(
    units: dict[str, Unit], need: Need, anna: User, bodil: User
) -> None:
    page = first_page(bodil)
    assert "No area near you has opened a need to companies yet." in page
    opened(need, anna)
    page = first_page(bodil)
    assert troubles(page) == []
    assert "You are 900 m away." in page
    assert "What your trade usually can give: Photography and film." in page
    assert "Words in common: " in page
    assert "of 100" not in page


def test_the_page_of_a_need_has_what_is_listed_and_nothing_else(
    units: dict[str, Unit], need: Need, anna: User, bodil: User, vejle: Organisation
) -> None:
    opened(need, anna)
    response = people.signed_in(bodil).get(address(need), headers=ENGLISH)
    page = html.unescape(response.content.decode())
    assert troubles(page) == []
    for told in (need.title, need.text, "Photography and film", need.area.name, f"The coordinator at {vejle.name}"):
        assert told in page
    for untold in (anna.name, anna.email, "Klubben", "4711", "4.711", "4,711", reverse("areas:need", args=[need.pk])):
        assert untold not in page


def test_an_organisation_says_itself_how_everybody_reaches_it(
    units: dict[str, Unit], need: Need, anna: User, bodil: User, vejle: Organisation
) -> None:
    opened(need, anna)
    eva, url = people.member(vejle, Role.ADMINISTRATOR, name="Eva"), reverse("organisations:edit", args=[vejle.pk])
    facts = {"name": vejle.name, "kind": vejle.kind, "cvr": "", "municipality": "", "version": 1}
    ours = {"public_phone": "76 81 00 00", "public_email": "omraader@vejle.example"}
    for wrong in ({"public_email": anna.email}, {"public_phone": "ring"}, {"public_phone": "010190-1234"}):
        assert people.signed_in(eva).post(url, facts | ours | wrong).status_code == 422
    assert people.signed_in(anna).post(url, facts | ours).status_code == 403
    assert people.signed_in(eva).post(url, facts | ours).status_code == 302
    page = people.signed_in(bodil).get(address(need), headers=ENGLISH).content.decode()
    assert all(told in page for told in ours.values())
    letter = draft(links.link(Need.objects.get(), companies.unit(), by=anna), by=anna)
    assert "Our office: 76 81 00 00, omraader@vejle.example" in letter.text


def test_what_others_found_out_of_the_company_is_not_told_to_it(
    units: dict[str, Unit], need: Need, anna: User, bodil: User, vejle: Organisation
) -> None:
    Need.objects.filter(pk=need.pk).update(text="Vi lærer børn om kaniner.", version=2)
    need.refresh_from_db()
    opened(need, anna)
    before = first_page(bodil)
    answer(of_unit(units["photo"]), vejle, Topic.CSR, anna, "yes", text="De holder kaniner")
    shortlist.keep(need=need, number=units["photo"].number, expected_version=0, by=anna, now=NOW)
    after = first_page(bodil)
    listed = [page[page.index("Needs near you") : page.index("Your company")] for page in (before, after)]
    assert listed[0] == listed[1]


def test_a_protected_company_may_look_for_itself(units: dict[str, Unit], need: Need, anna: User, bodil: User) -> None:
    opened(need, anna)
    Unit.objects.filter(pk=units["photo"].pk).update(protected=True)
    page = first_page(bodil)
    assert need.title in page
    assert "so nobody brings you needs; you can look for yourself" in page


@pytest.mark.parametrize("why", ["over", "archived", "area archived"])
def test_a_need_that_is_over_or_put_away_is_closed_again(
    units: dict[str, Unit], need: Need, anna: User, bodil: User, why: str
) -> None:
    opened(need, anna)
    if why == "over":
        Need.objects.filter(pk=need.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    elif why == "archived":
        services.set_archived(record=need, away=True, by=anna, now=NOW)
    else:
        services.set_archived(record=need.area, away=True, by=anna, now=NOW)
    assert people.signed_in(bodil).get(address(need)).status_code == 404
    assert need.title not in first_page(bodil)


@pytest.mark.parametrize("who", ["not in the register", "former", "other role", "archived"])
def test_only_contacts_of_companies_in_the_register_see_open_needs(
    units: dict[str, Unit], need: Need, anna: User, bodil: User, who: str
) -> None:
    opened(need, anna)
    studio = Organisation.objects.of(bodil).get()
    if who == "not in the register":
        Organisation.objects.filter(pk=studio.pk).update(cvr="")
    elif who == "former":
        bodil.memberships.update(ended_on=NOW.date())
    elif who == "other role":
        bodil.memberships.update(role=Role.ADMINISTRATOR)
    else:
        Organisation.objects.filter(pk=studio.pk).update(archived_at=NOW)
    assert people.signed_in(bodil).get(address(need)).status_code == 404


def test_those_who_work_with_the_need_see_it_as_companies_do_before_they_open_it(
    units: dict[str, Unit], need: Need, anna: User, carl: User
) -> None:
    page = people.signed_in(anna).get(address(need), headers=ENGLISH).content.decode()
    assert "No company can see the need now." in page
    assert reverse("areas:need_edit_companies", args=[need.pk]) in page
    opened(need, anna)
    page = people.signed_in(anna).get(address(need), headers=ENGLISH).content.decode()
    assert "This is what companies that use Medspil see of the need." in page
    assert people.signed_in(carl).get(address(need)).status_code == 404


def test_without_an_index_the_first_page_still_opens(
    need: Need, anna: User, bodil: User, settings: Settings, tmp_path: Path
) -> None:
    opened(need, anna)
    settings.INDEX_DIR = tmp_path / "none"
    assert "The list cannot be made right now" in first_page(bodil)


def test_more_open_needs_cost_no_more_queries(
    units: dict[str, Unit], need: Need, anna: User, bodil: User, vejle: Organisation
) -> None:
    opened(need, anna)
    first_page(bodil)
    with CaptureQueriesContext(connection) as few:
        first_page(bodil)
    for number in range(8):
        area = places.area(vejle, f"Område {number}", x=rankings.CENTRE[0], y=rankings.CENTRE[1])
        places.need(area, title=f"Fotoskole {number}", kinds=("photo_film",), open_to_companies=True)
    first_page(bodil)
    with CaptureQueriesContext(connection) as many:
        assert first_page(bodil).count("Fotoskole") >= 9
    assert len(many) == len(few)


def test_a_company_reads_who_receives_volunteers_and_what_a_good_day_looks_like(
    need: Need, bodil: User, anna: User
) -> None:
    said = {"host_name": "Drengeklubben", "host_capacity": 3, "good_day": "Vi bygger", "hosted_on": NOW.date()}
    need = services.edit_need(need=need, expected_version=need.version, by=anna, now=NOW, **said)
    need = opened(need, anna)
    page = people.signed_in(bodil).get(address(need)).content.decode()
    assert "Vi bygger" not in page  # photography is nobody's volunteer time
    services.set_kinds(need=need, kinds=["photo_film", "mentoring"], expected_version=need.version, by=anna, now=NOW)
    page = people.signed_in(bodil).get(address(need)).content.decode()
    assert all(text in page for text in ("Drengeklubben", "Vi bygger"))


def test_the_page_leads_a_company_on_to_an_offer_with_kind_and_area_filled_in(
    units: dict[str, Unit], need: Need, anna: User, bodil: User
) -> None:
    opened(need, anna)
    client = people.signed_in(bodil)
    page = html.unescape(client.get(address(need), headers=ENGLISH).content.decode())
    way = page.split('">We would like to offer something')[0].rsplit('href="', 1)[1]
    form = client.get(way, follow=True, headers=ENGLISH).context["form"]
    assert form["kind"].value() == "photo_film"
    assert [str(pk) for pk in form["areas"].value()] == [str(need.area_id)]


def test_the_page_tells_where_the_owner_is_reached_as_far_as_the_register_says_it_to_all(
    units: dict[str, Unit], need: Need, anna: User, bodil: User, vejle: Organisation
) -> None:
    opened(need, anna)
    shop = units["bank"]
    Unit.objects.filter(pk=shop.pk).update(phone="75810000", email="post@vejle.example", protected=False)
    Organisation.objects.filter(pk=vejle.pk).update(unit=shop)
    client = people.signed_in(bodil)
    page = client.get(address(need), headers=ENGLISH).content.decode()
    assert troubles(page) == []
    assert all(text in page for text in ("75810000", "post@vejle.example"))
    assert anna.email not in page
    Unit.objects.filter(pk=shop.pk).update(protected=True)
    assert "75810000" not in client.get(address(need), headers=ENGLISH).content.decode()

"""The pages of profiles: one step from a row to a check, one question at a time, and who reads what."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import Settings

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.organisations.models import Membership, Organisation, Profile, ProfileAnswer, Topic
from medspil.organisations.profiles import save_note
from medspil.organisations.roles import Role
from medspil.organisations.subjects import Subject
from medspil.register.models import Unit
from tests.factories import companies, people, rankings
from tests.factories.people import NOW
from tests.factories.profiles import answer, partnership, themes
from tests.web.pages import troubles

pytestmark = pytest.mark.django_db
CVR = "25052943"
SMITHY = Subject(cvr=CVR)
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def smithy(db: None) -> Unit:
    companies.unit("Smedjen, byen", cvr=CVR, company_name="Havnens Smedje ApS")
    return companies.unit("Smedjen, havnen", cvr=CVR, company_name="Havnens Smedje ApS", employees_from=20)


@pytest.fixture
def smiths(smithy: Unit) -> Organisation:
    """Return the company as an organisation with people of its own."""
    made = people.organisation(name="Havnens Smedje ApS", kind="company")
    Organisation.objects.filter(pk=made.pk).update(cvr=CVR)
    made.refresh_from_db()
    return made


@pytest.fixture
def as_bo(smiths: Organisation) -> Client:
    return people.signed_in(people.member(smiths, Role.COMPANY_CONTACT, name="Bo"))


def url(name: str = "detail", *args: str, ref: str = f"cvr-{CVR}") -> str:
    return reverse(f"profiles:{name}", args=[ref, *args])


def said(**other: object) -> dict[str, object]:
    return {"version": 0, "source": "annual_report", "checked_on": "2026-05-03", "link": ""} | other


def page(client: Client, address: str = "", **query: str) -> str:
    response = client.get(address or url(), query, headers=ENGLISH)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("topic", Topic)
def test_every_page_keeps_the_rules_of_the_house(
    as_anna: Client, anna: User, vejle: Organisation, smithy: Unit, topic: Topic
) -> None:
    for address in (url(), url("answer", topic), url("note"), reverse("profiles:list")):
        assert troubles(page(as_anna, address)) == []
    answer(SMITHY, vejle, Topic.THEMES, anna, details=themes(education="Skoler"))
    answer(SMITHY, vejle, Topic.PARTNERSHIPS, anna, details={"partnerships": [partnership()]})
    for address in (url(), url("answer", topic), reverse("profiles:list")):
        assert troubles(page(as_anna, address)) == []


def test_a_unit_leads_to_its_company_and_keeps_the_need(as_anna: Client, smithy: Unit) -> None:
    response = as_anna.get(url(ref=f"p-{smithy.number}"))
    assert response["Location"] == url()


def test_ranking_and_register_lead_to_the_profile_in_one_step(
    settings: Settings, tmp_path: Path, as_anna: Client, vejle: Organisation
) -> None:
    units = rankings.register(settings, tmp_path)
    need: Need = rankings.photo_need(vejle)
    way = url(ref=f"p-{units['photo'].number}")
    assert f"{way}?need={need.pk}" in page(as_anna, reverse("linking:ranking", args=[need.pk]))
    assert way in page(as_anna, reverse("register:detail", args=[units["photo"].number]))
    assert way in page(as_anna, reverse("register:list"), q="Lysets")
    as_anna.post(reverse("linking:keep", args=[need.pk, units["photo"].number]), {"version": 0})
    assert f"{way}?need={need.pk}" in page(as_anna, reverse("linking:shortlist", args=[need.pk]))
    arrived = as_anna.get(f"{way}?need={need.pk}", follow=True, headers=ENGLISH).content.decode()
    assert reverse("linking:ranking", args=[need.pk]) in arrived
    assert f"?need={need.pk}" in arrived


def test_looking_makes_nothing(as_anna: Client, smithy: Unit) -> None:
    page(as_anna)
    page(as_anna, url("answer", "csr"))
    assert not Profile.objects.exists()
    assert not Organisation.objects.filter(cvr=CVR).exists()


def test_an_answer_is_saved_with_source_and_day_and_shown(
    as_anna: Client, anna: User, vejle: Organisation, smithy: Unit
) -> None:
    sent = said(known="yes", text="Lærlinge først", link="smedjen.example/csr", next="")
    response = as_anna.post(url("answer", "csr"), sent)
    assert response["Location"] == url("answer", "themes")
    html = page(as_anna)
    for text in ("Lærlinge først", "the annual report", "3 May 2026", "Anna", "https://smedjen.example/csr"):
        assert text in html
    assert "1 of 7 answered for Vejle Kommune" in html
    kept = ProfileAnswer.objects.get()
    assert (kept.checked_by, kept.checked_on, kept.profile.said_by) == (anna, date(2026, 5, 3), vejle)


def test_save_goes_back_to_the_profile(as_anna: Client, smithy: Unit) -> None:
    assert as_anna.post(url("answer", "csr"), said(known="no"))["Location"] == url()


def test_themes_and_partnerships_are_written_in_rows(as_anna: Client, smithy: Unit) -> None:
    rows = {"theme_0": "education", "says_0": "Skoleklasser", "theme_1": "safety", "says_1": "Lys"}
    as_anna.post(url("answer", "themes"), said(**rows))
    rows = {"with_whom_0": "Skolen", "what_0": "Besøg", "when_0": "2024", "source_0": "website", "link_0": ""}
    as_anna.post(url("answer", "partnerships"), said(**rows, with_whom_1="Klubben"))
    kept = {one.topic: one.details for one in ProfileAnswer.objects.all()}
    assert kept["themes"] == {"themes": {"education": "Skoleklasser", "safety": "Lys"}}
    assert [row["with_whom"] for row in kept["partnerships"]["partnerships"]] == ["Skolen", "Klubben"]
    assert [row["source"] for row in kept["partnerships"]["partnerships"]] == ["website", "annual_report"]
    form = page(as_anna, url("answer", "themes"))
    assert "Skoleklasser" in form
    assert 'name="theme_2"' in form


def test_having_looked_and_found_nothing_is_an_answer(as_anna: Client, smithy: Unit) -> None:
    as_anna.post(url("answer", "themes"), said(none="on"))
    assert "Looked, and found none" in page(as_anna)
    assert "1 of 7" in page(as_anna)


@pytest.mark.parametrize(
    ("topic", "sent", "field"),
    [
        ("csr", {"source": ""}, "source"),
        ("csr", {"known": "perhaps"}, "known"),
        ("csr", {"text": "uden ja eller nej"}, "known"),
        ("csr", {"known": "yes", "link": "javascript:alert(1)"}, "link"),
        ("csr", {"known": "yes", "checked_on": "2099-01-01"}, "checked_on"),
        ("csr", {"known": "yes", "checked_on": ""}, "checked_on"),
        ("csr", {"known": "yes", "text": "Ring 010190-1234"}, "text"),
        ("csr", {"known": "yes", "text": "nul\x00"}, "text"),
        ("core_services", {"text": "x" * 2001}, "text"),
        ("themes", {"says_0": "uden tema"}, "theme_0"),
        ("themes", {"theme_0": "safety", "theme_1": "safety"}, "theme_1"),
        ("partnerships", {"what_0": "med hvem?"}, "with_whom_0"),
        ("group", {"known": "yes", "parent_cvr": "12"}, "parent_cvr"),
        ("csr", {"known": "yes", "version": "x"}, "version"),
    ],
)
def test_bad_input_is_named_and_nothing_is_lost_or_written(
    as_anna: Client, smithy: Unit, topic: str, sent: dict[str, object], field: str
) -> None:
    response = as_anna.post(url("answer", topic), said(**sent), headers=ENGLISH)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert troubles(response.content.decode()) == []
    assert not Profile.objects.exists()


def test_an_answer_is_taken_back_by_choosing_so(as_anna: Client, smithy: Unit) -> None:
    as_anna.post(url("answer", "csr"), said(known="yes", text="Siden 2019"))
    kept = ProfileAnswer.objects.get()
    assert as_anna.post(url("answer", "csr"), said(known="take_back", version=kept.version)).status_code == 302
    assert "0 of 7" in page(as_anna)
    assert "taken back" in page(as_anna)


def test_nothing_at_all_is_told_above_the_form(as_anna: Client, smithy: Unit) -> None:
    response = as_anna.post(url("answer", "core_services"), said(), headers=ENGLISH)
    assert response.status_code == 422
    assert "Nothing is answered yet." in response.content.decode()


def test_who_saves_second_sees_both_and_can_save_again(as_anna: Client, vejle: Organisation, smithy: Unit) -> None:
    other = people.signed_in(people.member(vejle, Role.CASE_WORKER, name="Bo"))
    other.post(url("answer", "csr"), said(known="no", text="Intet på siden"))
    mine = said(known="yes", text="Står i årsrapporten")
    response = as_anna.post(url("answer", "csr"), mine, headers=ENGLISH)
    html = response.content.decode()
    assert response.status_code == 409
    assert "Intet på siden" in html
    assert "Står i årsrapporten" in html
    assert troubles(html) == []
    again = as_anna.post(url("answer", "csr"), mine | {"version": response.context["form"].data["version"]})
    assert again.status_code == 302
    assert ProfileAnswer.objects.get().known == "yes"


def test_the_company_fills_its_own_profile_and_its_words_come_first(
    as_anna: Client, as_bo: Client, anna: User, vejle: Organisation, smithy: Unit
) -> None:
    answer(SMITHY, vejle, Topic.CSR, anna, "no", text="Fandt intet")
    sent = as_bo.post(url("answer", "csr"), {"version": 0, "known": "yes", "text": "Siden 2019", "link": ""})
    assert sent.status_code == 302
    assert ProfileAnswer.objects.get(known="yes").source == "company"
    html = page(as_anna)
    assert html.index("Siden 2019") < html.index("Fandt intet")
    assert "The company&#x27;s own words" in html


def test_the_company_sees_neither_check_nor_note(
    as_bo: Client, as_anna: Client, anna: User, vejle: Organisation, smithy: Unit
) -> None:
    answer(SMITHY, vejle, Topic.CSR, anna, "no", text="KANARIE")
    save_note(subject=SMITHY, said_by=vejle, note="KANARIE", expected_version=1, by=anna, now=NOW)
    assert "KANARIE" not in page(as_bo)
    assert "Vejle" not in page(as_bo).split("<main")[1].split("What the register says")[0]
    assert as_bo.get(url("note")).status_code == 404
    assert "KANARIE" in page(as_anna)


def test_a_company_contact_sees_no_other_company(as_bo: Client) -> None:
    companies.unit("Anden ApS", cvr="12345674")
    assert as_bo.get(url(ref="cvr-12345674")).status_code == 403
    assert as_bo.get(url("answer", "csr", ref="cvr-12345674")).status_code == 403


def test_who_creates_a_company_does_not_speak_for_it(vejle: Organisation, smiths: Organisation) -> None:
    Organisation.objects.filter(pk=smiths.pk).update(created_by_organisation=vejle)
    as_eva = people.signed_in(people.member(vejle, Role.ADMINISTRATOR, name="Eva"))
    assert as_eva.get(url()).status_code == 200
    assert as_eva.get(url("answer", "csr")).status_code == 403


def test_strangers_do_not_see_a_check_or_that_there_is_one(
    as_carl: Client, anna: User, vejle: Organisation, smithy: Unit
) -> None:
    before = page(as_carl).split("<main")[1]
    answer(SMITHY, vejle, Topic.CSR, anna, "yes", text="KANARIE")
    assert page(as_carl).split("<main")[1] == before


@pytest.mark.parametrize("ref", ["cvr-99999999", "p-1", "cvr-123", "x-1", "cvr-12345678-1", "o-99999"])
def test_a_company_that_is_not_there_is_404(as_anna: Client, smithy: Unit, ref: str) -> None:
    assert as_anna.get(f"/virksomheder/profil/{ref}/").status_code == 404


def test_an_association_without_a_number_is_seen_by_its_own_alone(as_carl: Client, vejle: Organisation) -> None:
    club = people.organisation(name="Klubben", kind="association")
    contact = people.signed_in(people.member(club, Role.ASSOCIATION_CONTACT, name="Lone"))
    ref = f"o-{club.pk}"
    assert contact.get(url(ref=ref)).status_code == 200
    assert contact.post(url("answer", "core_services", ref=ref), {"version": 0, "text": "Fodbold"}).status_code == 302
    assert as_carl.get(url(ref=ref)).status_code == 404


def test_an_old_check_asks_to_be_made_again(as_anna: Client, anna: User, vejle: Organisation, smithy: Unit) -> None:
    answer(SMITHY, vejle, Topic.CSR, anna, "yes", checked_on=date(2020, 1, 1))
    assert "Check again" in page(as_anna)
    assert "Check again" in page(as_anna, reverse("profiles:list"))


def test_who_may_write_for_several_chooses(as_anna: Client, anna: User, vejle: Organisation, smithy: Unit) -> None:
    second = people.organisation(name="Ådalens Boligforening", kind="housing_association")
    Membership.objects.create(user=anna, organisation=second, role=Role.BROKER, started_on=NOW.date())
    assert f"?for={second.pk}" in page(as_anna)
    as_anna.post(f"{url('answer', 'csr')}?for={second.pk}", said(known="yes"))
    assert Profile.objects.get().said_by == second


def test_the_queries_of_the_pages_do_not_grow(as_anna: Client, anna: User, vejle: Organisation, smithy: Unit) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            page(as_anna, address)
        return len(asked)

    answer(SMITHY, vejle, Topic.CSR, anna, "yes")
    few = queries(url()), queries(reverse("profiles:list"))
    for topic in (Topic.GLOBAL_COMPACT, Topic.VOLUNTEERING, Topic.GROUP):
        answer(SMITHY, vejle, topic, anna, "yes")
    for number in range(5):
        other = companies.unit(f"Nr. {number}", cvr=f"1000000{number}")
        answer(Subject(cvr=other.cvr), vejle, Topic.CSR, anna, "no")
        companies.unit("Smedjen", cvr=CVR)
    assert (queries(url()), queries(reverse("profiles:list"))) == few

"""Profiles in the hands of somebody clumsy, and of somebody who means no good."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from medspil.accounts.models import User
from medspil.organisations.models import Membership, Organisation, Profile, ProfileAnswer, Topic
from medspil.organisations.profiles import save_note
from medspil.organisations.roles import Role
from medspil.organisations.subjects import Subject
from medspil.register.models import Unit
from tests.factories import companies, people
from tests.factories.people import NOW
from tests.factories.profiles import answer, partnership, themes
from tests.web.pages import troubles

pytestmark = pytest.mark.django_db
CVR = "25052943"
SMITHY = Subject(cvr=CVR)
ENGLISH = {"accept-language": "en"}
NASTY = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'


@pytest.fixture
def smithy(db: None) -> Unit:
    return companies.unit("Smedjen", cvr=CVR, company_name="Havnens Smedje ApS")


@pytest.fixture
def smiths(smithy: Unit) -> Organisation:
    """Return the company as an organisation with people of its own."""
    made = people.organisation(name="Havnens Smedje ApS", kind="company")
    Organisation.objects.filter(pk=made.pk).update(cvr=CVR)
    made.refresh_from_db()
    return made


def url(name: str = "detail", *args: str, ref: str = f"cvr-{CVR}") -> str:
    return reverse(f"profiles:{name}", args=[ref, *args])


def said(**other: object) -> dict[str, object]:
    return {"version": 0, "source": "annual_report", "checked_on": "2026-05-03", "link": ""} | other


def page(client: Client, address: str = "") -> str:
    response = client.get(address or url(), headers=ENGLISH)
    assert response.status_code == 200
    return response.content.decode()


def test_a_double_click_saves_once_and_speaks_of_no_conflict(as_anna: Client, smithy: Unit) -> None:
    clicks = [as_anna.post(url("answer", "csr"), said(known="yes", text="Siden 2019")) for _ in range(2)]
    assert [response.status_code for response in clicks] == [302, 302]
    assert ProfileAnswer.objects.get().version == 1
    assert page(as_anna).count("answered ·") == 1


def test_who_created_a_company_cannot_add_herself_and_speak_for_it(vejle: Organisation, smiths: Organisation) -> None:
    Organisation.objects.filter(pk=smiths.pk).update(created_by_organisation=vejle)
    eva = people.member(vejle, Role.ADMINISTRATOR, name="Eva")
    Membership.objects.create(user=eva, organisation=smiths, role=Role.COMPANY_CONTACT, started_on=NOW.date())
    as_eva = people.signed_in(eva)
    assert as_eva.post(url("answer", "csr"), {"version": 0, "known": "yes", "link": ""}).status_code == 403
    assert not Profile.objects.exists()
    html = page(as_eva, f"/organisationer/{smiths.pk}/")
    assert "See its profile" in html


def test_no_text_or_name_becomes_markup(as_anna: Client, anna: User, vejle: Organisation, smithy: Unit) -> None:
    Unit.objects.filter(pk=smithy.pk).update(name=NASTY, company_name=NASTY)
    answer(SMITHY, vejle, Topic.CSR, anna, "yes", text=NASTY, link="https://example.org/?q=%22%3E<b>")
    answer(SMITHY, vejle, Topic.THEMES, anna, details=themes(education=NASTY))
    answer(SMITHY, vejle, Topic.PARTNERSHIPS, anna, details={"partnerships": [partnership(NASTY, what=NASTY)]})
    save_note(subject=SMITHY, said_by=vejle, note=NASTY, expected_version=1, by=anna, now=NOW)
    for address in (url(), url("answer", "csr"), url("answer", "partnerships"), url("note"), reverse("profiles:list")):
        html = page(as_anna, address)
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert troubles(html) == []


@pytest.mark.parametrize("text", ["🎉 " * 900, "hånd i hånd " * 5_000, "x" * 30_000])
def test_a_text_that_is_too_long_is_told_and_stays_in_the_form(as_anna: Client, smithy: Unit, text: str) -> None:
    response = as_anna.post(url("answer", "csr"), said(known="yes", text=text), headers=ENGLISH)
    fits = len(text.strip()) <= 2_000
    assert response.status_code == (302 if fits else 422)
    assert fits or text.strip()[-40:] in response.content.decode()
    assert ProfileAnswer.objects.exists() is fits


def test_another_organisations_number_in_the_address_writes_for_ones_own(
    as_anna: Client, vejle: Organisation, smithy: Unit
) -> None:
    other = people.organisation("Fremmed Kommune")
    as_anna.post(f"{url('answer', 'csr')}?for={other.pk}", said(known="yes"))
    assert Profile.objects.get().said_by == vejle


def test_a_contact_finds_no_organisation_by_guessing(smiths: Organisation, vejle: Organisation) -> None:
    as_bo = people.signed_in(people.member(smiths, Role.COMPANY_CONTACT, name="Bo"))
    answers = {as_bo.get(url(ref=f"o-{pk}")).status_code for pk in (vejle.pk, vejle.pk + 900)}
    assert answers == {404}
    lone = companies.unit("Anden", cvr="12345674")
    answers = {
        as_bo.get(url(ref=ref)).status_code for ref in (f"p-{lone.number}", "p-99", "cvr-12345674", "cvr-99999999")
    }
    assert answers == {403}


def test_who_opens_an_old_answer_is_looking_again_today(
    as_anna: Client, anna: User, vejle: Organisation, smithy: Unit
) -> None:
    answer(SMITHY, vejle, Topic.CSR, anna, "yes", checked_on=date(2019, 5, 3))
    answer(SMITHY, vejle, Topic.GLOBAL_COMPACT, anna, "no", checked_on=timezone.localdate() - timedelta(days=20))
    today = timezone.localdate()
    days = [
        as_anna.get(url("answer", topic)).context["form"]["checked_on"].value()
        for topic in (Topic.CSR, Topic.GLOBAL_COMPACT)
    ]
    assert days == [today, today - timedelta(days=20)]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ikke en adresse", "ftp://example.org/x"])
def test_a_bad_link_is_told_in_words_that_help(as_anna: Client, smithy: Unit, link: str) -> None:
    response = as_anna.post(url("answer", "csr"), said(known="yes", link=link), headers=ENGLISH)
    assert response.status_code == 422
    assert "Write an address on the web, such as https://example.org." in response.content.decode()
    assert not ProfileAnswer.objects.exists()

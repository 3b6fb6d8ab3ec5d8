"""The pages of organisations and their people."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from medspil.accounts.models import User
from medspil.organisations.models import Membership, Organisation
from medspil.organisations.roles import Role
from tests.factories import people, post
from tests.web.pages import troubles

pytestmark = pytest.mark.django_db

NEW = {"email": "ny@example.org", "role": "reader"}


@pytest.fixture
def eva(vejle: Organisation) -> User:
    return people.member(vejle, Role.ADMINISTRATOR, name="Eva")


@pytest.fixture
def as_eva(eva: User) -> Client:
    return people.signed_in(eva)


def address(name: str, *args: int) -> str:
    return reverse(f"organisations:{name}", args=args)


def facts(**other: object) -> dict[str, object]:
    return {"name": "Vejle Kommune", "kind": "municipality", "cvr": "", "municipality": "0630", "version": 1} | other


def test_a_single_organisation_is_shown_at_once_and_several_as_cards(
    as_eva: Client, eva: User, vejle: Organisation
) -> None:
    assert as_eva.get(address("list"))["Location"] == address("detail", vejle.pk)
    other = people.organisation("Klubben", "association")
    Membership.objects.create(user=eva, organisation=other, role=Role.READER, started_on="2026-01-01")
    page = as_eva.get(address("list")).content.decode()
    assert troubles(page) == []
    assert address("detail", vejle.pk) in page
    assert address("detail", other.pk) in page


def test_the_list_counts_everybody_and_not_only_the_person_who_asks(
    as_eva: Client, eva: User, anna: User, vejle: Organisation
) -> None:
    found = Organisation.objects.visible_to(eva).for_list().get(pk=vejle.pk)
    assert vars(found)["people"] == 2


@pytest.mark.parametrize("name", ["detail", "edit", "add_person"])
def test_every_page_keeps_the_rules_of_the_house(as_eva: Client, vejle: Organisation, name: str) -> None:
    response = as_eva.get(address(name, vejle.pk))
    assert response.status_code == 200
    assert troubles(response.content.decode()) == []


def test_a_member_sees_the_people_and_no_button_that_would_refuse_her(
    as_anna: Client, eva: User, vejle: Organisation
) -> None:
    page = as_anna.get(address("detail", vejle.pk)).content.decode()
    assert eva.email in page
    assert address("add_person", vejle.pk) not in page
    assert as_anna.get(address("add_person", vejle.pk)).status_code == 403


def test_a_stranger_learns_nothing_of_the_organisation(as_carl: Client, vejle: Organisation) -> None:
    for name in ("detail", "edit", "add_person"):
        assert as_carl.get(address(name, vejle.pk)).status_code == 404


def test_a_person_is_added_and_chooses_her_password_by_the_link_in_the_mail(
    as_eva: Client, vejle: Organisation
) -> None:
    response = as_eva.post(address("add_person", vejle.pk), NEW, follow=True)
    assert "ny@example.org" in response.content.decode()
    link = next(word for word in post.sent()[0].body.split() if word.startswith("http://testserver/"))
    browser = Client()
    form = browser.get(link.removeprefix("http://testserver"), follow=True)
    chosen = {"password1": "et-langt-kodeord-77", "password2": "et-langt-kodeord-77"}
    browser.post(form.redirect_chain[-1][0], chosen)
    browser.post(reverse("account_login"), {"login": "ny@example.org", "password": "et-langt-kodeord-77"})
    assert browser.get(address("detail", vejle.pk)).status_code == 200


def test_the_answer_does_not_tell_whether_the_address_was_known(
    as_eva: Client, carl: User, vejle: Organisation
) -> None:
    unknown = as_eva.post(address("add_person", vejle.pk), NEW, follow=True).content.decode()
    known = as_eva.post(address("add_person", vejle.pk), NEW | {"email": carl.email}, follow=True).content.decode()
    assert "Carl" not in known.replace(carl.email, "")
    said = [page.replace(email, "X") for page, email in ((unknown, "ny@example.org"), (known, carl.email))]
    assert [re.findall(r'class="alert-text">([^<]*)', page) for page in said] == [
        re.findall(r'class="alert-text">([^<]*)', said[0])
    ] * 2


def test_what_is_missing_is_said_on_top_and_at_the_field(as_eva: Client, vejle: Organisation) -> None:
    response = as_eva.post(address("add_person", vejle.pk), {"email": "ikke en adresse"})
    page = response.content.decode()
    assert response.status_code == 422
    assert troubles(page) == []
    assert "data-error-summary" in page
    assert 'href="#id_email"' in page
    assert 'href="#id_role_0"' in page
    assert not post.sent()


def test_a_role_is_changed_and_a_membership_ended(as_eva: Client, anna: User, vejle: Organisation) -> None:
    member = Membership.objects.get(user=anna)
    as_eva.post(address("change_role", vejle.pk, member.pk), {"role": "broker"})
    member.refresh_from_db()
    assert member.role == Role.BROKER
    as_eva.post(address("end_membership", vejle.pk, member.pk))
    assert people.signed_in(anna).get(address("detail", vejle.pk)).status_code == 404


def test_the_last_administrator_is_told_why_she_must_stay(as_eva: Client, eva: User, vejle: Organisation) -> None:
    own = Membership.objects.get(user=eva)
    page = as_eva.post(address("end_membership", vejle.pk, own.pk), follow=True).content.decode()
    assert 'class="alert alert-error' in page
    response = as_eva.post(address("change_role", vejle.pk, own.pk), {"role": "reader"})
    assert response.status_code == 422
    assert Membership.objects.current().filter(pk=own.pk, role=Role.ADMINISTRATOR).exists()


def test_a_member_of_another_organisation_cannot_be_reached_through_ones_own(
    as_eva: Client, carl: User, vejle: Organisation
) -> None:
    other = Membership.objects.get(user=carl)
    assert as_eva.post(address("end_membership", vejle.pk, other.pk)).status_code == 404
    assert as_eva.get(address("change_role", vejle.pk, other.pk)).status_code == 404


def test_two_people_who_edit_at_once_both_see_both_versions(as_eva: Client, vejle: Organisation) -> None:
    assert as_eva.post(address("edit", vejle.pk), facts(name="Først")).status_code == 302
    response = as_eva.post(address("edit", vejle.pk), facts(name="Sidst"))
    page = response.content.decode()
    assert response.status_code == 409
    assert troubles(page) == []
    assert "Først" in page
    assert 'value="Sidst"' in page
    assert 'name="version" value="2"' in page
    assert as_eva.post(address("edit", vejle.pk), facts(name="Sidst", version=2)).status_code == 302
    assert Organisation.objects.get(pk=vejle.pk).name == "Sidst"


def test_the_history_tells_what_changed_in_words(as_eva: Client, anna: User, vejle: Organisation) -> None:
    member = Membership.objects.get(user=anna)
    as_eva.post(address("change_role", vejle.pk, member.pk), {"role": "broker"})
    page = as_eva.get(address("detail", vejle.pk), HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "from “Coordinator” to “Broker”" in page


def test_a_cvr_number_has_eight_digits(as_eva: Client, vejle: Organisation) -> None:
    assert as_eva.post(address("edit", vejle.pk), facts(cvr="123")).status_code == 422
    assert as_eva.post(address("edit", vejle.pk), facts(cvr="12345678")).status_code == 302

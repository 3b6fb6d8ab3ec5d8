"""The frame of every page: what is public, the menu by abilities, the language, what went wrong."""

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from medspil.accounts.models import User
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.web import errors
from tests.factories import people
from tests.web.pages import read, troubles

pytestmark = pytest.mark.django_db

PUBLIC_PAGES = ["home", "accessibility", "privacy", "catalogue:list", "account_login", "account_reset_password"]
PUBLIC = {
    "home", "accessibility", "privacy", "set_language", "healthy", "robots",
    "catalogue:list", "catalogue:case", "catalogue:affinity",
    "account_login", "account_logout", "account_signup", "account_inactive",
    "account_email_verification_sent", "account_confirm_email",
    "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done",
    "mfa_authenticate",
    "progress:feed",  # by its secret address
    "mapping:answer", "mapping:opened", "offers:answer", "offers:opened",  # by a one-time link
    "partnerships:question_answer", "partnerships:question_opened",
    "partnerships:answer_told", "partnerships:answer_opened",
    "partnerships:gains_answer", "partnerships:gains_opened",
    "agreements:answer", "agreements:answer_paper", "agreements:copy", "agreements:newest", "agreements:opened",
    "alignment:sheet", "alignment:sheet_opened", "alignment:settle", "alignment:settle_opened",
    "walks:answer", "walks:answer_opened",
    "boards:answer", "boards:answer_opened", "boards:answer_agenda",
    "boards:minutes_read", "boards:minutes_opened", "boards:minutes_paper",
    "pulses:pulse", "pulses:pulse_opened", "pulses:news_mail", "pulses:news_opened", "pulses:write",
}  # fmt: skip


def views(patterns: list[URLPattern | URLResolver], namespace: str = "") -> dict[str, URLPattern]:
    found: dict[str, URLPattern] = {}
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            found |= views(pattern.url_patterns, inner)
        else:
            found[f"{namespace}{pattern.name}"] = pattern
    return found


def test_exactly_these_pages_let_in_people_who_are_not_signed_in() -> None:
    pages = views(get_resolver().url_patterns)
    assert {name for name, page in pages.items() if not getattr(page.callback, "login_required", True)} == PUBLIC


@pytest.mark.parametrize("name", PUBLIC_PAGES)
def test_a_public_page_keeps_the_rules_of_the_house(client: Client, name: str) -> None:
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert troubles(response.content.decode()) == []


def test_somebody_who_is_not_signed_in_is_led_to_sign_in_and_back(client: Client) -> None:
    response = client.get(reverse("organisations:list"))
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={reverse('organisations:list')}"


def menu(client: Client) -> list[str]:
    elements = read(client.get(reverse("accessibility")).content.decode())
    return [each.text.strip() for each in elements if "ms-nav__link" in each.attributes.get("class", "")]


def test_the_menu_offers_what_a_persons_abilities_let_her_do(client: Client, vejle: Organisation) -> None:
    company = people.signed_in(people.member(vejle, Role.COMPANY_CONTACT, name="Bo"))
    reader = people.signed_in(people.member(vejle, Role.READER, name="Lis"))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert menu(client) == ["Catalogue"]
    assert len(menu(company)) == 4  # offers, partnerships, catalogue, organisation
    assert len(menu(reader)) > len(menu(company))


def test_the_page_one_stands_on_is_marked_in_the_menu(as_anna: Client, vejle: Organisation) -> None:
    page = as_anna.get(reverse("organisations:detail", args=[vejle.pk])).content.decode()
    marked = [
        each
        for each in read(page)
        if "ms-nav__link" in each.attributes.get("class", "") and "aria-current" in each.attributes
    ]
    assert [each.attributes["href"] for each in marked] == [reverse("organisations:list")]


def test_the_language_is_danish_until_somebody_chooses_another(client: Client, as_anna: Client, anna: User) -> None:
    assert '<html lang="da">' in client.get("/").content.decode()
    response = as_anna.post(reverse("set_language"), {"language": "en", "next": reverse("privacy")})
    assert response["Location"] == reverse("privacy")
    assert '<html lang="en">' in as_anna.get("/").content.decode()
    anna.refresh_from_db()
    assert anna.language == "en"


def test_an_unknown_language_changes_nothing_and_leads_to_no_other_site(as_anna: Client, anna: User) -> None:
    response = as_anna.post(reverse("set_language"), {"language": "xx", "next": "https://evil.example/"})
    assert not response["Location"].startswith("http")
    anna.refresh_from_db()
    assert anna.language == "da"


def test_an_address_that_leads_nowhere_gets_a_page_in_our_look(client: Client) -> None:
    response = client.get("/findes-ikke/", HTTP_ACCEPT_LANGUAGE="en")
    assert response.status_code == 404
    assert troubles(response.content.decode()) == []
    assert reverse("account_login") in response.content.decode()


def test_a_form_without_proof_of_origin_is_refused_with_a_page_in_our_look() -> None:
    response = Client(enforce_csrf_checks=True).post(reverse("set_language"), {"language": "en"})
    assert response.status_code == 403
    assert troubles(response.content.decode()) == []


def test_the_page_for_our_own_failures_needs_neither_session_nor_database(rf: RequestFactory) -> None:
    response = errors.broken(rf.get("/"))
    assert response.status_code == 500
    assert troubles(response.content.decode()) == []


def test_the_other_pages_for_what_went_wrong_keep_the_rules(rf: RequestFactory) -> None:
    request = rf.get("/")
    for response in (errors.bad_request(request, Exception()), errors.forbidden(request, Exception("Not you."))):
        assert troubles(response.content.decode()) == []
    assert response.status_code == 403
    assert "Not you." in response.content.decode()


def test_whoever_loads_an_address_of_a_form_anew_is_shown_the_page_it_stands_on(as_anna: Client) -> None:
    for address, above in (("/konto/kalender/", "/konto/"), ("/omraader/7/arkiver/", "/omraader/7/")):
        response = as_anna.get(address, headers={"accept-language": "en"})
        html = response.content.decode()
        assert (response.status_code, response["Cache-Control"]) == (405, "private, no-store")
        assert f'href="{above}"' in html
        assert "What was saved is saved" in html
        assert troubles(html) == []


def test_a_null_character_is_answered_by_us_and_not_by_the_database(client: Client) -> None:
    assert client.get("/?q=%00").status_code == 400


def test_the_health_check_answers_while_the_database_does(client: Client) -> None:
    response = client.get("/sund")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_search_engines_are_asked_to_stay_with_the_public_pages(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert f"Disallow: {reverse('organisations:list')}" in lines
    assert "Disallow: /" not in lines

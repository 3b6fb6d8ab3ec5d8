"""The headers that tell browsers what to refuse, on every kind of page."""

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from medspil.accounts.models import User
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from tests.factories import people
from tests.web.pages import troubles

pytestmark = pytest.mark.django_db

PUBLIC = ["home", "accessibility", "privacy", "account_login", "account_signup", "account_reset_password", "robots"]
OWN = [
    "home",
    "accounts:me",
    "accounts:name",
    "account_change_password",
    "account_logout",
    "mfa_index",
    "organisations:list",
]


@pytest.fixture
def eva(vejle: Organisation) -> Client:
    """Return a browser in which the administrator is signed in."""
    return people.signed_in(people.member(vejle, Role.ADMINISTRATOR, name="Eva"))


def policy(response: HttpResponseBase) -> dict[str, str]:
    parts = response["Content-Security-Policy"].split(";")
    return {part.split()[0]: " ".join(part.split()[1:]) for part in parts}


def check(response: HttpResponseBase) -> None:
    found = policy(response)
    assert found["default-src"] == "'none'"
    assert found["script-src"] == found["style-src"] == found["connect-src"] == found["form-action"] == "'self'"
    assert found["frame-ancestors"] == found["base-uri"] == found["object-src"] == "'none'"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize("name", PUBLIC)
def test_public_pages_carry_the_headers(client: Client, name: str) -> None:
    check(client.get(reverse(name)))


@pytest.mark.parametrize("name", OWN)
def test_pages_of_somebody_signed_in_carry_the_headers_and_stay_out_of_caches(eva: Client, name: str) -> None:
    response = eva.get(reverse(name))
    check(response)
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


def test_pages_for_what_went_wrong_carry_the_headers(client: Client, eva: Client) -> None:
    check(client.get("/findes-ikke/"))
    check(eva.get("/organisationer/999/"))
    check(eva.post("/organisationer/999/"))


@pytest.mark.parametrize("name", [name for name in OWN if name != "organisations:list"])
def test_pages_of_somebody_signed_in_keep_the_rules_of_the_house(eva: Client, name: str) -> None:
    response = eva.get(reverse(name))
    assert response.status_code == 200
    assert troubles(response.content.decode()) == []


def test_the_cookies_are_kept_from_scripts_and_other_sites(client: Client, anna: User) -> None:
    client.post(reverse("account_login"), {"login": anna.email, "password": "a-long-test-password"})
    session = client.cookies["sessionid"]
    assert (session["httponly"], session["samesite"]) == (True, "Lax")
    client.get(reverse("accounts:name"))
    assert client.cookies["csrftoken"]["httponly"]

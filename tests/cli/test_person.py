"""What the operator does for a person from the terminal: forget her, and the letters to her address."""

import re

import pytest
from click.testing import CliRunner
from django.test import Client
from pytest_django.fixtures import Settings

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.cli.person import person
from medspil.partnerships.models import Pitch
from tests.factories import companies, links
from tests.factories.pitches import ADDRESS, addressed, draft

pytestmark = pytest.mark.django_db


def test_letters_to_somebody_who_never_signed_in_are_forgotten(need: Need, anna: User) -> None:
    addressed(draft(links.link(need, companies.unit(), by=anna), by=anna), by=anna)
    done = CliRunner().invoke(person, ["forget", ADDRESS, "--yes"])
    assert done.exit_code == 0, done.output
    assert "Letters forgotten: 1." in done.output
    assert Pitch.objects.get().text == ""


def test_an_address_that_nobody_knows_is_told(anna: User) -> None:
    done = CliRunner().invoke(person, ["forget", "ingen@example.org", "--yes"])
    assert done.exit_code == 1
    assert "Nobody here has the address" in done.output


def test_a_link_to_choose_a_password_is_printed_where_no_mail_can_bring_it(carl: User, settings: Settings) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://medspil.example.org"]
    done = CliRunner().invoke(person, ["link", carl.email.upper()])
    found = re.search(r"^https://medspil\.example\.org(/\S+)$", done.stdout, re.MULTILINE)
    assert found
    browser = Client()
    form = browser.get(found[1], follow=True)
    chosen = {"password1": "et-langt-kodeord-77", "password2": "et-langt-kodeord-77"}
    browser.post(form.redirect_chain[-1][0], chosen)
    carl.refresh_from_db()
    assert carl.check_password("et-langt-kodeord-77")
    assert CliRunner().invoke(person, ["link", "ingen@example.org"]).exit_code == 1

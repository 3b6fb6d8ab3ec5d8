"""`medspil organisation` from the terminal: the first municipality on a new server."""

import json
import re

import pytest
from click.testing import CliRunner, Result
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from medspil.accounts.models import User
from medspil.catalogue.vocabulary import vocabulary
from medspil.cli.organisation import organisation
from medspil.notices.models import Message
from medspil.organisations.models import Membership, Organisation
from medspil.organisations.roles import Role
from tests.factories import people, post

pytestmark = pytest.mark.django_db

VEJLE = ("Vejle Kommune", "--kind", "municipality", "--municipality", "0630", "--administrator", "eva@example.org")


@pytest.fixture(autouse=True)
def server(settings: Settings) -> None:
    """Be a site that knows its address and has no mail server."""
    settings.EMAIL_HOST, settings.CSRF_TRUSTED_ORIGINS = "", ["https://*.example.org", "https://medspil.example.org"]


def run(*words: str) -> Result:
    return CliRunner().invoke(organisation, list(words))


def test_the_printed_link_lets_the_first_administrator_in() -> None:
    result = run("add", *VEJLE)
    assert result.exit_code == 0, result.output
    member = Membership.objects.get()
    assert (member.organisation.name, member.role, member.user.email) == (
        "Vejle Kommune",
        Role.ADMINISTRATOR,
        "eva@example.org",
    )
    assert not post.sent()
    link = re.search(r"^https://medspil\.example\.org(/\S+)$", result.stdout, re.MULTILINE)
    assert link
    browser = Client()
    form = browser.get(link[1], follow=True)
    chosen = {"password1": "et-langt-kodeord-77", "password2": "et-langt-kodeord-77"}
    browser.post(form.redirect_chain[-1][0], chosen)
    browser.post(reverse("account_login"), {"login": "eva@example.org", "password": "et-langt-kodeord-77"})
    assert browser.get(reverse("organisations:add_person", args=[member.organisation.pk])).status_code == 200


def test_with_a_mail_server_the_link_is_mailed_and_not_printed(settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    result = run("add", *VEJLE)
    assert "https://" not in result.output
    assert "https://medspil.example.org/" in Message.objects.get().text


def test_somebody_who_has_a_password_is_not_given_a_link_to_another(carl: User) -> None:
    result = run("add", *VEJLE[:-1], carl.email.upper())
    assert result.exit_code == 0
    assert reverse("account_login") in result.stdout
    assert "reset" not in result.stdout
    assert Membership.objects.filter(user=carl, role=Role.ADMINISTRATOR).exists()


@pytest.mark.parametrize(
    ("more", "about"),
    [
        (("--cvr", "123"), "--cvr"),
        (("--municipality", "630"), "--municipality"),
        (("--kind", "castle"), "--kind"),
        (("--administrator", "eva"), "--administrator"),
        (("--nonsense",), "--nonsense"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_leaves_nothing_behind(more: tuple[str, ...], about: str) -> None:
    result = run("add", *VEJLE, *more)
    assert result.exit_code == 2
    assert about in result.output.splitlines()[-1]
    assert not Organisation.objects.exists()
    assert not User.objects.exists()


def test_a_name_of_nothing_is_wrong_usage() -> None:
    result = run("add", "  ", *VEJLE[1:])
    assert (result.exit_code, result.output.splitlines()[-1]) == (
        2,
        "Error: Invalid value for NAME: Write the name of the organisation.",
    )


def test_the_same_name_again_is_refused_in_one_sentence_unless_told_otherwise() -> None:
    run("add", *VEJLE)
    again = ("add", "VEJLE  kommune", *VEJLE[1:])
    result = run(*again)
    assert (result.exit_code, len(result.output.splitlines())) == (1, 1)
    assert "Vejle Kommune" in result.output
    assert Organisation.objects.count() == 1
    assert run(*again, "--anyway").exit_code == 0


def test_a_doubtful_cvr_number_is_a_warning_and_no_stop() -> None:
    result = run("add", *VEJLE, "--cvr", "29189901")
    assert result.exit_code == 0
    assert "modulus 11" in result.stderr
    assert Organisation.objects.get().cvr == "29189901"


def test_the_list_counts_people_and_names_administrators(vejle: Organisation, anna: User) -> None:
    eva = people.member(vejle, Role.ADMINISTRATOR, name="Eva")
    people.organisation("Klubben", "association")
    told = json.loads(run("list", "--json").stdout)
    assert [(one["name"], one["people"], one["administrators"]) for one in told] == [
        ("Klubben", 0, []),
        ("Vejle Kommune", 2, [eva.email]),
    ]
    assert "no administrator" in run("list").stdout


def test_an_empty_list_says_how_to_begin() -> None:
    result = run("list")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "medspil organisation add" in result.stderr
    assert json.loads(run("list", "--json").stdout) == []


def test_the_kinds_are_those_of_the_vocabulary() -> None:
    codes = {one["code"] for one in json.loads(run("kinds", "--json").stdout)}
    assert codes == {kind.code for kind in vocabulary().organisation_kinds.values() if not kind.retired}
    assert "municipality" in run("kinds").stdout

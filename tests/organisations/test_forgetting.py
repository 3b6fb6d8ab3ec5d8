"""A person who asks for it is forgotten: nothing that names her stays, what she did does."""

from datetime import datetime

import pytest
from allauth.account.models import EmailAddress
from click.testing import CliRunner
from django.db import connection

from medspil.accounts import services
from medspil.accounts.models import HistoryEntry, User
from medspil.cli.person import person
from medspil.organisations.forgetting import forget_person
from medspil.organisations.models import Membership, Organisation
from medspil.organisations.roles import Role
from medspil.organisations.services import LastAdministrator
from tests.factories import people

pytestmark = pytest.mark.django_db
CANARY = "kanariefugl"


@pytest.fixture
def sara(vejle: Organisation, now: datetime) -> User:
    """Return a person whose name and address are a canary, with a past."""
    sara = people.member(vejle, Role.COORDINATOR, name="Sara")
    services.rename(user=sara, name=CANARY, now=now)
    User.objects.filter(pk=sara.pk).update(email=f"{CANARY}@example.org")
    sara.refresh_from_db()
    EmailAddress.objects.create(user=sara, email=sara.email, verified=True, primary=True)
    return sara


def everything_in_the_database() -> str:
    """Return the content of every table as one text."""
    texts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  (names of our own tables)
            texts += [str(row) for row in cursor.fetchall()]
    return "\n".join(texts)


def test_nothing_that_names_her_stays_in_any_table(sara: User, now: datetime) -> None:
    browser = people.signed_in(sara)
    assert CANARY in everything_in_the_database()
    forget_person(user=sara, by=None, now=now)
    assert CANARY not in everything_in_the_database()
    assert not Membership.objects.current().filter(user=sara).exists()
    assert browser.get("/omraader/").status_code == 302
    assert HistoryEntry.objects.filter(by=sara).exists()


def test_the_last_administrator_must_hand_over_first(vejle: Organisation, now: datetime) -> None:
    last = people.member(vejle, Role.ADMINISTRATOR, name="Aksel")
    with pytest.raises(LastAdministrator):
        forget_person(user=last, by=None, now=now)
    last.refresh_from_db()
    assert last.is_active


def test_the_terminal_asks_first_and_says_when_nobody_has_the_address(sara: User) -> None:
    run = CliRunner()
    assert run.invoke(person, ["forget", "nobody@example.org", "--yes"]).exit_code == 1
    assert run.invoke(person, ["forget", sara.email], input="n\n").exit_code == 1
    sara.refresh_from_db()
    assert sara.name == CANARY
    assert run.invoke(person, ["forget", sara.email, "--yes"]).exit_code == 0
    sara.refresh_from_db()
    assert not sara.is_active

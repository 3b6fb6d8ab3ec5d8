"""A new version in the browser: fields with the same words are done, answers may be asked again, and nothing changed is
said."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from medspil.agreements.models import Agreement, FieldCode
from medspil.agreements.writing import change_proposed, save_field
from tests.factories import agreements
from tests.factories.once import made_once
from tests.factories.people import NOW
from tests.web.agreements.test_agreement_pages import World, signed_in

pytestmark = pytest.mark.django_db


class Renewed(World):
    """A version that one side had confirmed, and the new version that was opened in its place."""

    def __init__(self) -> None:
        super().__init__()
        first = agreements.proposed(self.made, by=self.anna)
        agreements.say_yes(first, 1)
        first.refresh_from_db()
        self.draft = change_proposed(agreement=first, expected_version=first.version, by=self.anna, now=NOW, why="")

    def no_money(self) -> None:
        """Take what costs money out of the budget."""
        budget = self.draft.fields.get(code=FieldCode.BUDGET)
        save_field(field=budget, expected_version=budget.version, text="Ingen penge.", by=self.anna, now=NOW)


@pytest.fixture(scope="module")
def shared(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any) -> Iterator[Renewed]:
    """Make the world once for this file."""
    folder: Path = tmp_path_factory.mktemp("renewed")
    with made_once(django_db_blocker, folder):
        yield Renewed()


@pytest.fixture
def anna(shared: Renewed, db: None) -> Client:
    """Return the browser of whoever leads the partnership."""
    return signed_in(shared.anna)


def test_a_new_version_with_the_same_words_says_so_and_the_old_one_can_be_kept(shared: Renewed, anna: Client) -> None:
    page = anna.get(shared.url("overview")).text
    assert "Proposed from what is known" not in page
    assert "Nothing has changed since version 1." in page
    assert "Propose this version" not in anna.get(shared.url("suggest")).text
    answer = anna.post(shared.url("keep", 2))
    assert answer.headers["Location"] == shared.url("version", 1)
    kept = Agreement.objects.get(number=1)
    assert (kept.state, kept.confirmations.count()) == ("proposed", 1)


def test_once_something_is_written_the_old_version_is_not_kept(shared: Renewed, anna: Client) -> None:
    shared.no_money()
    assert "Nothing has changed" not in anna.get(shared.url("overview")).text
    assert anna.post(shared.url("keep", 2)).status_code == 409


def test_the_page_of_law_says_that_answers_are_taken_over_and_need_nothing(shared: Renewed, anna: Client) -> None:
    page = anna.get(shared.url("checks")).text
    assert "answers are taken over from version 1. There is nothing to do for them" in page
    shared.no_money()
    page = anna.get(shared.url("checks")).text
    assert "answers are taken over from version 1. Only those that are marked" in page


def test_answers_of_the_old_version_are_asked_again_where_the_budget_is_another(shared: Renewed, anna: Client) -> None:
    shared.no_money()
    page = anna.get(shared.url("checks")).text
    assert "5 answers are from an earlier version" in page
    assert page.count("answered for version 1 – still right?") == 2 * 5
    said: dict[str, Any] = {f"{code}-holds": "on" for code in ("buys", "gift", "personal", "sponsor")}
    said |= {f"{one.code}-{name}": getattr(one, at) for one in shared.draft.checks.all()
             for name, at in (("answer", "answer"), ("seen", "version"))}  # fmt: skip
    assert anna.post(shared.url("checks"), said).headers["Location"] == shared.url("checks")
    assert "1 answer is from an earlier version" in anna.get(shared.url("overview")).text
    said |= {"support-holds": "on"} | {f"{one.code}-seen": one.version for one in shared.draft.checks.all()}
    assert anna.post(shared.url("checks"), said).headers["Location"] == shared.url("overview")

"""All questions of law on one page: what is answered stays, what is wrong stands beside, and no answer is lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from medspil.agreements.answers import Given, answer_checks
from medspil.agreements.rules import checks
from tests.factories import agreements
from tests.factories.once import made_once
from tests.factories.people import NOW
from tests.web.agreements.test_agreement_pages import World, signed_in

pytestmark = pytest.mark.django_db
SUPPORT = {"support-answer": "yes", "support-support": 2_000_000, "support-declared": 400_000}


class Drafted(World):
    """A draft, and the page of what law asks of it."""

    def __init__(self) -> None:
        super().__init__()
        self.draft = agreements.draft(self.made, by=self.anna)
        self.page = self.url("checks")


@pytest.fixture(scope="module")
def shared(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any) -> Iterator[Drafted]:
    """Make the world once for this file."""
    folder: Path = tmp_path_factory.mktemp("law")
    with made_once(django_db_blocker, folder):
        yield Drafted()


@pytest.fixture
def anna(shared: Drafted, db: None) -> Client:
    """Return the browser of whoever leads the partnership."""
    return signed_in(shared.anna)


def said(world: Drafted) -> dict[str, tuple[str, str]]:
    """Return what is stored: answer and reason by question."""
    return {one.code: (one.answer, one.why) for one in world.draft.checks.all()}


def test_each_question_stands_there_with_its_rule_source_and_day(shared: Drafted, anna: Client) -> None:
    page = anna.get(shared.page).text
    for code in checks():
        assert f'id="law-{code}"' in page
    assert page.count("Why we ask") == len(checks()) == page.count("looked at")
    assert "2023/2831" in page


def test_some_answers_are_saved_a_warning_asks_for_a_reason_and_the_rest_can_wait(
    shared: Drafted, anna: Client
) -> None:
    assert anna.post(shared.page, SUPPORT | {"buys-answer": "no"}).headers["Location"] == shared.page
    page = anna.get(shared.page).text
    for words in ("2 of 11 questions are answered.", "At 1 of them a rule warns.", "more than the 300,000 EUR"):
        assert words in page
    assert "say why you go on" in page
    assert 'value="2000000"' in page
    again = SUPPORT | {"support-seen": 1, "support-why": "Spurgt hos juristerne"}
    assert anna.post(shared.page, again).status_code == 302
    assert said(shared) == {"buys": ("no", ""), "support": ("yes", "Spurgt hos juristerne")}
    assert "you said why you go on" in anna.get(shared.page).text


def test_what_is_wrong_stands_beside_its_question_and_nothing_is_lost_or_saved(shared: Drafted, anna: Client) -> None:
    wrong = {
        "buys-answer": "no", "support-answer": "yes", "support-support": "mange", "gift-why": "Ingen har spurgt",
        "data-answer": "yes", "data-why": "Marie, 010190-1234", "photos-answer": "yes", "photos-why": "ord " * 500,
    }  # fmt: skip
    answer = anna.post(shared.page, wrong)
    assert answer.status_code == 422
    for ident in ("support-support", "gift-answer", "data-why", "photos-why"):
        assert f'id="id_{ident}_error"' in answer.text, ident
    for words in ("mange", "Ingen har spurgt", "ord ord", 'value="no" id="id_buys-answer_1" checked'):
        assert words in " ".join(answer.text.split()), words
    assert said(shared) == {}


def test_what_somebody_else_answered_meanwhile_is_shown_and_never_overwritten_unseen(
    shared: Drafted, anna: Client
) -> None:
    for seen, theirs in enumerate(("no", "unsure")):
        given = {"buys": Given(answer=theirs, seen=seen)}
        answer_checks(agreement=shared.draft, given=given, by=shared.lis, now=NOW)
    late = {"buys-answer": "no", "buys-seen": "1", "gift-answer": "no", "gift-seen": "0"}
    answer = anna.post(shared.page, late)
    assert answer.status_code == 409
    assert "Lis answered “Not sure” here while you wrote." in answer.text
    assert said(shared) == {"buys": ("unsure", "")}
    assert anna.post(shared.page, late | {"buys-seen": "2"}).status_code == 302
    assert said(shared) == {"buys": ("no", ""), "gift": ("no", "")}


def test_what_is_left_as_it_was_keeps_who_answered_it(shared: Drafted, anna: Client) -> None:
    answer_checks(agreement=shared.draft, given={"buys": Given(answer="no")}, by=shared.lis, now=NOW)
    assert anna.post(shared.page, {"buys-answer": "no", "buys-seen": "1", "gift-answer": "no"}).status_code == 302
    assert {one.code: one.by for one in shared.draft.checks.all()} == {"buys": shared.lis, "gift": shared.anna}

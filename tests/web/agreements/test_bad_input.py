"""What goes wrong with links and confirmations, at the page behind the link: nothing is lost, nothing counts twice."""

from collections.abc import Iterator
from copy import copy
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from medspil.accounts.models import OneTimeLink
from medspil.agreements.models import Agreement, Confirmation
from medspil.agreements.writing import change_proposed, sides_of
from medspil.notices.models import Message, MessageState
from medspil.notices.outbox import send_due
from medspil.partnerships.models import Partnership
from medspil.partnerships.people import end_part
from medspil.partnerships.taking_part import leave
from medspil.register.models import Unit
from tests.factories import agreements
from tests.factories.once import made_once
from tests.factories.papers import faults_of
from tests.factories.people import NOW
from tests.factories.sides import named
from tests.web.agreements.test_agreement_pages import SIGNED, World, asked, signed_in

pytestmark = pytest.mark.django_db
ENGLISH = "?lang=en"
TRAP = "#panic(1) $x$ *fed*"


class Waiting(World):
    """A version that waits, and a link to it that went to the company."""

    def __init__(self) -> None:
        super().__init__()
        self.one = agreements.proposed(self.made, by=self.anna)
        self.token = asked(self, self.one)
        self.page = reverse("agreements:answer", args=[self.token])

    def yes(self, browser: Client | None = None, **other: str) -> Any:
        """Confirm on the page behind the link."""
        return (browser or Client()).post(
            f"{self.page}{ENGLISH}", {"sha256": self.one.frozen.sha256, **SIGNED, **other}
        )


@pytest.fixture(scope="module")
def shared(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any) -> Iterator[Waiting]:
    """Make the world once for this file."""
    folder: Path = tmp_path_factory.mktemp("bad")
    before, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.locmem.EmailBackend"
    with made_once(django_db_blocker, folder):
        yield Waiting()
    settings.EMAIL_BACKEND = before


@pytest.fixture
def waiting(shared: Waiting, db: None, settings: Settings) -> Waiting:
    """Return the world, with mail set up."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mine = copy(shared)
    mine.one = Agreement.objects.for_page().get(pk=shared.one.pk)
    mine.made = Partnership.objects.get(pk=shared.made.pk)
    return mine


def opened(waiting: Waiting, browser: Client) -> str:
    """Open the page as a browser does, and return what it is told about an earlier time."""
    assert browser.get(f"{waiting.page}{ENGLISH}").status_code == 200
    return browser.post(f"{reverse('agreements:opened', args=[waiting.token])}{ENGLISH}").text


def test_a_link_opened_twice_and_one_passed_on_say_so_and_use_nothing_up(waiting: Waiting) -> None:
    mine, other = Client(), Client()
    mine.cookies[settings.CSRF_COOKIE_NAME], other.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32, "b" * 32
    assert opened(waiting, mine).strip() == ""
    assert "opened this link before" in opened(waiting, mine)
    told = opened(waiting, other)
    assert "m***@firma.example" in told
    assert "mette@firma.example" not in told + other.get(waiting.page).text
    assert not Confirmation.objects.exists()
    assert waiting.yes(mine).status_code == 200
    again = waiting.yes(mine)
    assert (again.status_code, Confirmation.objects.count()) == (410, 1)


def test_a_mandate_of_five_thousand_words_comes_back_whole_with_a_sentence_and_confirms_nothing(
    waiting: Waiting,
) -> None:
    assert "maxlength" not in Client().get(waiting.page).text  # no browser cuts what somebody signs with
    answer = waiting.yes(role="x" * 3_000, mandate="ord " * 5_200)
    assert answer.status_code == 422
    for said in ("That is 3000 characters, and there is room for 120", "there is room for 300", "x" * 3_000):
        assert said in answer.text
    assert answer.text.count("ord ord") == 2_600
    assert not Confirmation.objects.exists()


def test_a_link_that_ran_out_shows_and_takes_nothing(waiting: Waiting) -> None:
    OneTimeLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    pages = [
        Client().get(waiting.page),
        waiting.yes(),
        Client().get(reverse("agreements:answer_paper", args=[waiting.token])),
    ]
    assert [page.status_code for page in pages] == [410] * 3
    assert all(waiting.made.name not in page.text for page in pages)
    assert not Confirmation.objects.exists()


def test_a_link_used_after_a_new_version_confirms_neither(waiting: Waiting) -> None:
    change_proposed(agreement=waiting.one, expected_version=waiting.one.version, by=waiting.anna, now=NOW, why="")
    second = agreements.proposed(waiting.made, by=waiting.anna, effects="Andet")
    assert waiting.yes().status_code == 409
    assert waiting.yes(sha256=second.frozen.sha256).status_code == 409
    assert not Confirmation.objects.exists()


def test_a_contact_who_hands_over_in_the_middle_confirms_no_more_and_whoever_takes_over_does(waiting: Waiting) -> None:
    company = sides_of(waiting.made)[1]
    today = timezone.localdate()
    mette = named(company, "Mette", by=waiting.anna, from_on=today - timedelta(days=9))  # the link went to her address
    assert Client().get(waiting.page).status_code == 200
    yesterday = today - timedelta(days=1)
    end_part(person=mette, on=yesterday, expected_version=mette.version, by=waiting.anna, now=timezone.now())
    answer = waiting.yes()
    assert (answer.status_code, "handed over your part" in answer.text) == (410, True)
    assert not Confirmation.objects.exists()
    send_due(clock=timezone.now)
    assert Message.objects.get(purpose="agreement_confirm").state == MessageState.STOPPED
    named(company, "Per Smed", by=waiting.anna)
    Message.objects.all().delete()
    anna = signed_in(waiting.anna)
    said = {"to": "contact", "language": "da", "name": "", "email": "", "source": ""}
    assert anna.post(waiting.url("ask", 1, company.pk), said).status_code == 302
    assert Message.objects.get(purpose="agreement_confirm").to_email == "per@firma.example"


def test_a_party_that_withdraws_stops_the_text_that_names_it_on_every_page(waiting: Waiting) -> None:
    own, company = sides_of(waiting.made)
    waiting_for_anna = waiting.url("confirm", 1, own.pk)
    leave(partner=company, on=timezone.localdate(), why="Lukker", expected_version=company.version, by=waiting.anna,
          now=timezone.now())  # fmt: skip
    assert "takes part no longer" in Client().get(f"{waiting.page}{ENGLISH}").text
    assert waiting.yes().status_code == 422
    refused = signed_in(waiting.anna).post(waiting_for_anna, {"sha256": waiting.one.frozen.sha256, **SIGNED})
    assert (refused.status_code, "Who takes part has changed" in refused.text) == (422, True)
    assert not Confirmation.objects.exists()
    send_due(clock=timezone.now)
    assert Message.objects.get(purpose="agreement_confirm").state == MessageState.STOPPED


def test_a_yes_while_the_partnership_rests_is_not_taken_and_uses_no_link_up(waiting: Waiting) -> None:
    Partnership.objects.filter(pk=waiting.made.pk).update(standing="paused")
    assert "partnership is paused" in Client().get(f"{waiting.page}{ENGLISH}").text
    assert waiting.yes().status_code == 422
    Partnership.objects.filter(pk=waiting.made.pk).update(standing="going")
    assert waiting.yes().status_code == 200


def test_names_that_would_run_are_text_on_page_and_paper(waiting: Waiting) -> None:
    Unit.objects.update(name=TRAP)
    Partnership.objects.filter(pk=waiting.made.pk).update(name=TRAP)
    change_proposed(agreement=waiting.one, expected_version=waiting.one.version, by=waiting.anna, now=NOW, why="")
    waiting.one = agreements.proposed(Partnership.objects.get(pk=waiting.made.pk), by=waiting.anna, effects=TRAP)
    waiting.token = asked(waiting, waiting.one)
    waiting.page = reverse("agreements:answer", args=[waiting.token])
    assert Client().get(waiting.page).text.count("#panic(1)") >= 3
    pdf = Client().get(reverse("agreements:answer_paper", args=[waiting.token])).content
    assert " ".join(one.extract_text() for one in PdfReader(BytesIO(pdf)).pages).count("#panic(1)") >= 3
    assert faults_of(pdf) == []
    assert waiting.yes(name=TRAP).status_code == 200

"""An agreement in the browser: drafted, filled in, proposed, confirmed by both sides, changed, paused and ended."""

import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import get_connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from medspil.accounts.models import User
from medspil.agreements.models import Agreement, Confirmation, FieldCode
from medspil.agreements.rules import checks
from medspil.agreements.writing import change_proposed, sides_of
from medspil.notices.models import Message
from medspil.organisations.roles import Role
from medspil.partnerships.models import Partner, Partnership
from tests.factories import agreements, companies, people, rankings
from tests.factories.once import made_once
from tests.factories.partnerships import partnership
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
SIGNED = {"name": "Mette Holm", "role": "Direktør", "mandate": "Tegner selskabet"}


class World:
    """A partnership of a municipality and a company, and somebody who runs it."""

    def __init__(self) -> None:
        municipality = people.organisation("Vejle Kommune")
        self.anna = people.member(municipality, Role.COORDINATOR)
        self.lis = people.member(municipality, Role.READER, name="Lis")
        self.carl = people.member(people.organisation("Fremmed Kommune"), Role.COORDINATOR, name="Carl")
        self.made = partnership(
            rankings.photo_need(municipality), companies.unit(email="kontakt@firma.example"), by=self.anna
        )

    def url(self, page: str, *args: Any) -> str:
        """Return the address of a page of the agreement."""
        return reverse(f"agreements:{page}", args=[self.made.pk, *args])


@pytest.fixture(scope="module")
def shared(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any) -> Iterator[World]:
    """Make the world once for this file."""
    folder: Path = tmp_path_factory.mktemp("agreements")
    with made_once(django_db_blocker, folder):
        yield World()


@pytest.fixture
def world(shared: World, db: None) -> World:
    """Return the world."""
    return shared


def signed_in(who: User) -> Client:
    """Return a browser of somebody who reads English."""
    browser = people.signed_in(who)
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser


def token_in_mail() -> str:
    """Return the token of the last link that went out."""
    text = Message.objects.filter(purpose="agreement_confirm").latest("pk").text
    found = re.search(r"/svar/aftale/([^/]+)/", text)
    assert found
    return found[1]


def asked(world: World, agreement: Agreement) -> str:
    """Ask the company by mail on the page, and return the token."""
    side = sides_of(world.made)[1]
    said = {"to": "typed", "name": "Mette", "email": "mette@firma.example", "source": "ringet op", "language": "da"}
    answer = signed_in(world.anna).post(world.url("ask", agreement.number, side.pk), said)
    assert answer.status_code == 302
    return token_in_mail()


@pytest.fixture(autouse=True)
def mail_is_set_up(settings: Settings) -> None:
    """Let mails be put into the outbox."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert get_connection()


def test_a_coordinator_writes_it_field_by_field_and_proposes_it(world: World) -> None:
    anna = signed_in(world.anna)
    agreements.align(world.made, by=world.anna)
    assert "No agreement yet" in anna.get(world.url("overview")).text
    anna.post(world.url("begin"))
    one = agreements.draft(world.made, by=world.anna)
    sides = sides_of(world.made)
    for field in one.fields.all():
        rows = len(field.rows)
        said: dict[str, Any] = {"version": field.version, "text": field.text or "Ingen penge", "rows": rows}
        for at, row in enumerate(field.rows):
            said |= {f"r{at}-{name}": "" if value is None else value for name, value in row.items()}
            if field.code in ("decides", "responsible"):
                said |= {f"r{at}-who": "Lone Lund", f"r{at}-partner": sides[at].pk}
        assert anna.post(world.url("field", field.code), said).status_code == 302, field.code
    assert anna.post(world.url("days"), {"version": 1, "starts_on": NOW.date()}).status_code == 302
    said = {f"{check.code}-answer": check.calm.value for check in checks().values()}
    assert anna.post(world.url("checks"), said).headers["Location"] == world.url("overview")
    whole = anna.get(world.url("suggest")).text
    assert "Propose this version" in whole
    assert "Lone Lund" in whole
    version = Agreement.objects.get().version
    assert anna.post(world.url("suggest"), {"version": version - 1}).status_code == 409
    answer = anna.post(world.url("suggest"), {"version": version})
    assert answer.headers["Location"] == world.url("version", 1)
    assert Agreement.objects.get().frozen.sha256 in anna.get(world.url("version", 1)).text


def test_what_is_missing_leads_to_where_it_is_done(world: World) -> None:
    agreements.draft(world.made, by=world.anna)
    page = signed_in(world.anna).get(world.url("overview")).text
    for where in (
        reverse("walks:of_partnership", args=[world.made.pk]),
        reverse("alignment:overview", args=[world.made.pk]),
    ):
        assert f'href="{where}"' in page
    assert "Propose this version" not in (whole := signed_in(world.anna).get(world.url("suggest")).text)
    for said in ("11 questions of law have no answer.", "lacks a name.", "Say from which day"):
        assert page.count(said) == whole.count(said) > 0
    assert f'href="{world.url("checks")}#law-{next(iter(checks()))}"' in page
    assert "0 of 11 questions are answered." in signed_in(world.anna).get(world.url("checks")).text


def test_what_all_confirmed_for_a_later_day_is_there_to_read_also_while_it_is_changed(world: World) -> None:
    agreements.in_force(world.made, by=world.anna)
    Agreement.objects.update(starts_on=timezone.localdate() + timedelta(days=9))
    anna, whole = signed_in(world.anna), reverse("partnerships:detail", args=[world.made.pk])
    for _twice in range(2):
        page = anna.get(world.url("overview")).text
        assert (world.url("paper", 1, "da") in page, "Write the first draft" in page) == (True, False)
        for each in (page, anna.get(whole).text):
            assert "Version 1 is confirmed by all and is in force from" in each
        anna.post(world.url("begin"))
    assert "Version 2 is being written" in anna.get(whole).text


def test_a_long_text_and_a_wrong_row_come_back_whole(world: World) -> None:
    anna = signed_in(world.anna)
    agreements.draft(world.made, by=world.anna)
    words = "ord " * 5_000
    answer = anna.post(world.url("field", "effects"), {"version": 1, "text": words, "rows": 0})
    assert answer.status_code == 422
    assert words.strip() in answer.text
    assert "5000" in answer.text.replace(",", "").replace(".", "")
    row = {"r0-what": "Svejsning på værkstedet", "r0-hours": "mange", "rows": 1, "version": 1, "text": ""}
    answer = anna.post(world.url("field", "activities"), row)
    assert answer.status_code == 422
    assert "Svejsning på værkstedet" in answer.text


def test_two_who_write_the_same_field_both_see_both_texts(world: World) -> None:
    anna = signed_in(world.anna)
    agreements.draft(world.made, by=world.anna)
    assert anna.post(world.url("field", "success"), {"version": 1, "text": "Otte unge"}).status_code == 302
    answer = anna.post(world.url("field", "success"), {"version": 1, "text": "Ti unge"})
    assert answer.status_code == 409
    assert "Otte unge" in answer.text
    assert "Ti unge" in answer.text
    assert 'name="version" value="2"' in answer.text


def test_a_company_confirms_by_link_on_a_phone_without_an_account(world: World) -> None:
    one = agreements.proposed(world.made, by=world.anna)
    token = asked(world, one)
    somebody, url = Client(), reverse("agreements:answer", args=[token])
    page = somebody.get(url)
    assert page.headers["Cache-Control"] == "private, no-store"
    assert one.frozen.sha256 in page.text
    assert somebody.get(reverse("agreements:answer_paper", args=[token])).content.startswith(b"%PDF")
    wrong = somebody.post(url, {"sha256": "0" * 64, **SIGNED})
    assert wrong.status_code == 422
    assert not Confirmation.objects.exists()
    done = somebody.post(url, {"sha256": one.frozen.sha256, **SIGNED})
    assert done.status_code == 200
    assert somebody.get(url).status_code == 410
    own = sides_of(world.made)[0]
    anna = signed_in(world.anna)
    assert anna.post(world.url("confirm", 1, own.pk), {"sha256": one.frozen.sha256, **SIGNED}).status_code == 302
    assert Agreement.objects.get().state == "confirmed"
    text = Message.objects.get(purpose="agreement_copy", to_email="mette@firma.example").text
    found = re.search(r"https?://[^/]+(/svar/aftalekopi/[^\s]+)", text)
    assert found
    for _time in range(2):
        paper = PdfReader(BytesIO(somebody.get(found[1]).content))
        assert "Mette Holm" in " ".join(page.extract_text() for page in paper.pages)


def test_a_link_says_why_there_is_nothing_to_confirm(world: World) -> None:
    one = agreements.proposed(world.made, by=world.anna)
    url = reverse("agreements:answer", args=[asked(world, one)])
    agreements.say_yes(one, 1)
    for text in ("has confirmed this version already", "takes part no longer"):
        page = Client().get(f"{url}?lang=en")
        assert (page.status_code, text in page.text) == (200, True)
        assert 'name="mandate"' not in page.text
        Partner.objects.filter(pk=sides_of(world.made)[-1].pk).update(left_on=NOW.date())


def test_a_link_to_an_old_version_shows_what_changed_and_sends_the_new_one_home(world: World) -> None:
    one = agreements.proposed(world.made, by=world.anna, effects="Tre timer om ugen")
    token = asked(world, one)
    url = reverse("agreements:answer", args=[token])
    change_proposed(agreement=one, expected_version=one.version, by=world.anna, now=NOW, why="Tiden")
    being_changed = Client().get(f"{url}?lang=en")
    assert being_changed.status_code == 409
    assert "being changed" in being_changed.text
    agreements.proposed(world.made, by=world.anna, effects="To timer om ugen")
    page = Client().post(url, {"sha256": one.frozen.sha256, **SIGNED}).text
    assert re.search(r"<del>.*Tre.*</del>", page)
    assert re.search(r"<ins>.*To.*</ins>", page)
    assert not Confirmation.objects.exists()
    sent = Client().post(reverse("agreements:newest", args=[token]))
    assert "m***@firma.example" in sent.text
    newest = Message.objects.filter(purpose="agreement_confirm").latest("pk")
    assert newest.to_email == "mette@firma.example"
    assert token_in_mail() != token
    assert token_in_mail() not in sent.text


def test_a_change_pause_and_end_in_the_browser(world: World) -> None:
    anna = signed_in(world.anna)
    one = agreements.proposed(world.made, by=world.anna)
    agreements.say_yes(one, 1)
    said = {"version": one.version, "why": "Beløbet"}
    assert anna.post(world.url("change", 1), said).headers["Location"] == world.url("overview")
    second = agreements.in_force(world.made, by=world.anna)
    assert "in force" in anna.get(world.url("version", 2)).text
    assert anna.get(world.url("difference", 2, 1)).status_code == 200
    assert anna.post(world.url("pause", 2), {"version": second.version, "why": ""}).status_code == 422
    assert anna.post(world.url("pause", 2), {"version": second.version, "why": "Ferie"}).status_code == 302
    assert anna.post(world.url("go_on", 2), {"version": second.version}).status_code == 409
    assert anna.post(world.url("go_on", 2), {"version": second.version + 1}).status_code == 302
    end = {"version": second.version + 2, "why": "Målet er nået", "review": "14 unge fik et sted at være."}
    assert anna.post(world.url("end", 2), end).status_code == 302
    assert "14 unge fik et sted at være." in anna.get(world.url("overview")).text


def test_the_pages_of_the_partnership_say_what_becomes_of_the_agreement_and_do_it(world: World) -> None:
    anna, pk = signed_in(world.anna), world.made.pk
    end, take_up = (reverse(f"partnerships:{name}", args=[pk]) for name in ("end", "take_up"))
    assert "The agreement ends with it" not in anna.get(end).text
    agreements.in_force(world.made, by=world.anna)
    assert "The agreement ends with it" in anna.get(end).text
    version = Partnership.objects.get(pk=pk).version
    said = {"version": version, "on": NOW.date(), "reason": "reached", "why": "", "worked": "14 unge", "again": ""}
    assert anna.post(end, said).status_code == 302
    assert (Agreement.objects.get().state, Agreement.objects.get().review) == ("ended", "14 unge")
    assert "stays ended" in anna.get(take_up).text


def test_who_may_see_and_who_may_do(world: World) -> None:
    one = agreements.proposed(world.made, by=world.anna)
    own = sides_of(world.made)[0]
    other = sides_of(world.made)[1]
    assert signed_in(world.carl).get(world.url("overview")).status_code == 404
    lis = signed_in(world.lis)
    assert lis.get(world.url("version", 1)).status_code == 200
    for page, args in (("change", [1]), ("end", [1]), ("ask", [1, other.pk]), ("confirm", [1, own.pk])):
        assert lis.get(world.url(page, *args)).status_code == 403, page
    assert signed_in(world.anna).get(world.url("confirm", 1, own.pk)).status_code == 200
    assert signed_in(world.anna).get(world.url("confirm", 1, other.pk)).status_code == 403
    assert one.state == "proposed"


def test_the_seven_fields_have_a_page_each(world: World) -> None:
    agreements.draft(world.made, by=world.anna)
    anna = signed_in(world.anna)
    assert [anna.get(world.url("field", code)).status_code for code in FieldCode] == [200] * 7
    assert anna.get(world.url("field", "andet")).status_code == 404
    assert Partnership.objects.get() == world.made

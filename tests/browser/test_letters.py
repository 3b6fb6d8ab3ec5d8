"""From a link to a mail that was sent, in a real browser; every page about writing on a phone, and without scripts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from medspil.catalogue.services import load_cases
from medspil.linking.models import Answer, Link
from medspil.notices.outbox import send_due
from medspil.partnerships.conversations import NewPledge, Said, note_conversation
from medspil.partnerships.models import Channel, Pitch, PitchState
from medspil.register.models import Unit
from tests.browser.conftest import Axe
from tests.browser.furnished import Town, furnish
from tests.browser.test_journey import sign_in
from tests.conftest import NOW
from tests.factories import links
from tests.factories.pitches import addressed, draft
from tests.factories.registers import use_folder

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
ADDRESS = "post@foto.example"


@pytest.fixture
def town(live_server: object, settings: Any, tmp_path: Path) -> Town:
    """Return a town with a link to a company that has a public address and telephone."""
    use_folder(settings, tmp_path / "data")
    settings.EMAIL_HOST, settings.MAIL_WITHOUT_SERVER = "", "django.core.mail.backends.locmem.EmailBackend"
    found = furnish(tmp_path)
    load_cases(published_on=NOW.date())
    Unit.objects.filter(pk=found.kept.pk).update(protected=False, email=ADDRESS, phone="75 11 11 11")
    photographer = Unit.objects.get(pk=found.kept.pk)
    links.link(found.need, photographer, by=found.anna, sentence="Fotografen viser ti unge, hvordan man gør.")
    return found


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_link_to_a_mail_that_was_sent(open_page: Open, town: Town, *, javascript: bool) -> None:
    page = open_page(javascript=javascript)
    sign_in(page, town.anna.email)
    link = Link.objects.get()
    page.goto(f"/koblinger/{link.pk}/")
    page.locator("a[href$='/henvendelse/']").click()
    page.locator("input[name=hours]").fill("12")
    page.locator("form.ms-form .button-primary").click()
    expect(page.locator("input[name=to][value=register]")).to_be_checked()
    page.locator("textarea[name=text]").fill("Kære fotograf\n\nVil I være med?")
    page.locator("form.ms-form .button-primary").click()
    expect(page.locator(".ms-letter")).to_contain_text(ADDRESS)
    expect(page.locator(".ms-letter")).to_contain_text("Vil I være med?")
    page.locator("form[action$='/send'] .button-primary").click()
    expect(page.locator("form[action$='/send']")).to_have_count(0)
    assert Pitch.objects.get().state == PitchState.SENT
    assert link.parties.get(unit=town.kept).answer == Answer.ASKED
    assert send_due(clock=timezone.now) == 1
    (sent,) = mail.outbox
    assert sent.to == [ADDRESS]
    assert "Vil I være med?" in str(sent.body)


@pytest.mark.parametrize("viewport", ["phone"], indirect=True)
def test_every_page_about_writing_is_accessible_and_fits_the_screen(open_page: Open, axe: Axe, town: Town) -> None:
    page = open_page()
    sign_in(page, town.anna.email)
    link = Link.objects.get()
    party = link.parties.get(unit=town.kept)
    pitch = addressed(draft(link, by=town.anna, hours=24), by=town.anna)
    entry = note_conversation(
        link=link,
        party=party,
        said=Said(channel=Channel.CALL, at=NOW, our_people=[town.anna], their_people="Per", caught=["recruitment"]),
        pledges=[NewPledge(ours=True, what="Sender forslag til dage", due_on=NOW.date())],
        creation_key=uuid4(),
        by=town.anna,
        now=NOW,
    )
    for path in (
        f"/samtaler/{entry.pk}/",
        f"/koblinger/{link.pk}/part/{party.pk}/samtale/ny/",
        f"/koblinger/{link.pk}/part/{party.pk}/henvendelse/",
        f"/koblinger/{link.pk}/part/{party.pk}/henvendelse/opkald/",
        f"/breve/{pitch.pk}/",
        f"/breve/{pitch.pk}/ret/",
    ):
        page.goto(path)
        axe(page)
    page.goto(f"/breve/{pitch.pk}/ret/")
    page.locator("input[name=source]").fill("")
    page.locator("form.ms-form .button-primary").click()
    axe(page)
    Unit.objects.filter(pk=town.kept.pk).update(protected=True)
    page.goto(f"/koblinger/{link.pk}/part/{party.pk}/henvendelse/")
    expect(page.locator("a[href*='/lov/']")).to_be_visible()
    axe(page)

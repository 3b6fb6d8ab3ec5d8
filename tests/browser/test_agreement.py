"""An agreement in a real browser: confirmed on a phone without scripts and account, and every page is checked."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from medspil.agreements.models import Agreement
from medspil.agreements.settled import in_force
from medspil.agreements.writing import change_proposed, sides_of
from medspil.notices.models import Message
from medspil.organisations.roles import Role
from tests.browser.conftest import Axe
from tests.browser.test_journey import sign_in
from tests.factories import agreements, companies, people, rankings
from tests.factories.partnerships import partnership
from tests.factories.registers import use_folder

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def link_in_mail(purpose: str) -> str:
    """Return the path of the link in the last mail of a purpose."""
    found = re.search(r"https?://[^/]+(/svar/\S+)", Message.objects.filter(purpose=purpose).latest("pk").text)
    assert found
    return found[1]


def test_a_company_confirms_on_a_phone_what_a_coordinator_proposed(
    open_page: Callable[..., Page], axe: Axe, settings: Any, tmp_path: Path, live_server: object
) -> None:
    use_folder(settings, tmp_path / "data")
    settings.EMAIL_HOST, settings.MAIL_WITHOUT_SERVER = "", "django.core.mail.backends.locmem.EmailBackend"
    home, now = people.organisation("Vejle Kommune"), timezone.now() - timedelta(minutes=5)
    anna = people.member(home, Role.COORDINATOR)
    made = partnership(rankings.photo_need(home), companies.unit(email="post@foto.example"), by=anna)
    front = f"/partnerskaber/{made.pk}/aftale/"
    desk = open_page()
    sign_in(desk, anna.email)
    desk.goto(front)
    desk.locator("form[action$='/begynd'] .button-primary").click()
    for path in ("", "felt/activities/", "tjek/", "foreslaa/"):
        desk.goto(front + path)
        axe(desk)
    one = agreements.proposed(made, by=anna, now=now, effects="Tre timer om ugen")
    desk.goto(f"{front}1/")
    axe(desk)
    desk.locator(f"a[href$='/spoerg/{sides_of(made)[1].pk}/']").click()
    desk.locator("form.ms-form .button-primary").click()
    old = link_in_mail("agreement_confirm")
    change_proposed(agreement=one, expected_version=one.version, by=anna, now=now, why="Tiden")
    agreements.proposed(made, by=anna, now=now, effects="To timer om ugen")
    desk.goto(f"{front}2/siden/1/")
    axe(desk)
    phone = open_page(javascript=False)
    phone.set_viewport_size({"width": 360, "height": 740})
    desk.goto(old)
    axe(desk)
    phone.goto(old)
    expect(phone.locator("del").first).to_contain_text("Tre")
    phone.locator(".button-primary").click()
    phone.goto(link_in_mail("agreement_confirm"))
    for name, text in (("name", "Mette Holm"), ("role", "Direktør"), ("mandate", "Tegner selskabet")):
        phone.locator(f"input[name={name}]").fill(text)
    phone.locator("form.ms-form .button-primary").click()
    expect(phone.locator("form.ms-form")).to_have_count(0)
    desk.goto(f"{front}2/bekraeft/{sides_of(made)[0].pk}/")
    axe(desk)
    for name, text in (("role", "Leder"), ("mandate", "Efter aftale")):
        desk.locator(f"input[name={name}]").fill(text)
    desk.locator("form.ms-form .button-primary").click()
    expect(desk.locator(".badge-success").first).to_be_visible()
    assert in_force(made, on=timezone.localdate()) == Agreement.objects.get(number=2)
    assert phone.request.get(link_in_mail("agreement_copy")).body().startswith(b"%PDF")

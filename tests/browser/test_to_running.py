"""From a link whose sides have all said yes to a running partnership with an agreement in force, as three did it.

The coordinator sits at a wide screen; the company has a phone without scripts, and no account, only links from mails.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone, translation
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from medspil.accounts.models import User
from medspil.agreements.models import Agreement
from medspil.agreements.rules import Check, checks
from medspil.agreements.writing import answer_check
from medspil.linking.models import Link
from medspil.organisations.roles import Role
from medspil.partnerships.models import Partnership
from medspil.progress.stages import ROWS, Stage
from tests.browser.conftest import PHONE
from tests.browser.test_journey import send, sign_in
from tests.browser.three_cases import CULTURE_RING, FIRE_AND_WATER, GALLERY_HAMLET, Case
from tests.factories import companies, links, people, places
from tests.factories.partnerships import all_say_yes
from tests.factories.post import deliver
from tests.factories.registers import use_folder

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
PRIMARY = "main form .button-primary"
BOTH_SAY = "Et år til at begynde med. Så ser vi på det sammen."


@dataclass(frozen=True, slots=True)
class Begun:
    """The link of a case, and the two who work with it."""

    case: Case
    link: Link
    anna: User
    desk: Page
    phone: Page

    @property
    def partnership(self) -> Partnership:
        """Return what the link became."""
        return Partnership.objects.get(link=self.link)

    @property
    def front(self) -> str:
        """Return the address of its page."""
        return f"/partnerskaber/{self.partnership.pk}/"

    def side(self, *, company: bool) -> int:
        """Return the key of a side."""
        return self.partnership.partners.get(side__unit__isnull=not company).pk

    def on_phone(self, about: str) -> None:
        """Open the newest link of a mail on the phone."""
        deliver()
        found = [match for one in mail.outbox if (match := re.search(rf"/svar/{about}/\S+", str(one.body)))]
        assert found, f"no mail with a link about {about}"
        self.phone.goto(found[-1][0])
        fits(self.phone)

    def send_on_phone(self, button: str) -> None:
        """Press a button on the phone and look at what comes."""
        with self.phone.expect_navigation():
            self.phone.locator(button).click()
        fits(self.phone)


def fits(phone: Page) -> None:
    """Look that nothing is wider than the phone."""
    wide = phone.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"], f"{phone.url} is {wide} pixels wide"


@pytest.fixture(params=[FIRE_AND_WATER, GALLERY_HAMLET, CULTURE_RING], ids=lambda case: case.name)
def begun(request: pytest.FixtureRequest, open_page: Open, settings: Any, tmp_path: Path) -> Begun:
    """Return a link to which all have said yes, with the coordinator at her desk and a phone."""
    use_folder(settings, tmp_path / "data")
    settings.EMAIL_HOST, settings.MAIL_WITHOUT_SERVER = "", "django.core.mail.backends.locmem.EmailBackend"
    case: Case = request.param
    home = people.organisation(case.home)
    anna = people.member(home, Role.COORDINATOR)
    need = places.need(places.area(home, case.area), case.name)
    link = links.link(need, companies.unit(case.company), by=anna, sentence=case.sentence)
    desk, phone = open_page(), open_page(javascript=False)
    phone.set_viewport_size(PHONE)
    sign_in(desk, anna.email)
    return Begun(case, all_say_yes(link, by=anna), anna, desk, phone)


def test_a_link_becomes_a_running_partnership(begun: Begun) -> None:
    begins(begun)
    does_without_a_walk(begun)
    names_contacts(begun)
    each_says_what_it_wants(begun)
    they_settle_what_differs(begun)
    writes_the_agreement(begun)
    answers_what_law_asks(begun)
    both_confirm(begun)
    it_runs(begun)


def stands_at(page: Page, stage: Stage) -> None:
    """Look how far the page of the partnership says it is."""
    with translation.override("da"):
        expect(page.locator(".ms-progress [aria-current=step]")).to_contain_text(str(ROWS[stage].name))


def begins(begun: Begun) -> None:
    desk = begun.desk
    desk.goto(f"/koblinger/{begun.link.pk}/")
    send(desk, desk.locator("form[action$='/partnerskab'] button"))
    desk.wait_for_url(f"**{begun.front}")
    stands_at(desk, Stage.BEGUN)
    with desk.expect_navigation():
        desk.locator("main a[href$='/ret/']").click()
    desk.locator("input[name=name]").fill(begun.case.name)
    desk.locator("textarea[name=idea]").fill(begun.case.idea)
    send(desk, desk.locator(PRIMARY))
    expect(desk.locator("h1")).to_have_text(begun.case.name)


def does_without_a_walk(begun: Begun) -> None:
    desk = begun.desk
    with desk.expect_navigation():
        desk.locator("#card-walk a").click()
    desk.locator(".ms-walked-past summary").click()
    desk.locator("input[name=reason][value=known]").check()
    send(desk, desk.locator(".ms-walked-past button.button-primary"))


def names_contacts(begun: Begun) -> None:
    desk = begun.desk
    for company in (False, True):
        desk.goto(f"{begun.front}part/{begun.side(company=company)}/person/contact/ny/")
        if company:
            told = {"name": begun.case.contact, "email": "kontakt@firma.example"}
            for name, text in (told | {"source": "hende selv", "purpose": "partnerskabet"}).items():
                desk.locator(f"input[name={name}]").fill(text)
        desk.locator("input[name=may_decide_kroner]").fill("10000")
        send(desk, desk.locator(PRIMARY))
    expect(desk.locator("main")).to_contain_text(begun.case.contact)


def fill_in(page: Page, words: tuple[str, str, str, str], horizon: str) -> None:
    for code, text in zip(("focus", "resources", "never", "success"), words, strict=True):
        page.locator(f"textarea[name={code}]").fill(text)
    page.locator(f"input[name=horizon][value={horizon}]").check()


def each_says_what_it_wants(begun: Begun) -> None:
    desk = begun.desk
    desk.goto(f"{begun.front}afstemning/")
    with desk.expect_navigation():
        desk.locator(f"a[href$='/part/{begun.side(company=False)}/']").click()
    fill_in(desk, begun.case.ours, "two_years")
    send(desk, desk.locator("button[value=hand_in]"))
    with desk.expect_navigation():
        desk.locator(f"a[href$='/part/{begun.side(company=True)}/spoerg/']").click()
    send(desk, desk.locator(PRIMARY))
    begun.on_phone("afstemning")
    expect(begun.phone.locator("main")).not_to_contain_text(begun.case.ours[3])
    fill_in(begun.phone, begun.case.theirs, "year")
    begun.send_on_phone("button[value=hand_in]")


def they_settle_what_differs(begun: Begun) -> None:
    phone, desk = begun.phone, begun.desk
    expect(phone.locator("main")).to_contain_text(begun.case.ours[3])
    phone.locator("#open-1 textarea").fill(BOTH_SAY)
    begun.send_on_phone("#open-1 button[value^='settle:']")
    expect(phone.locator("#open-1 blockquote")).to_have_text(BOTH_SAY)
    desk.goto(f"{begun.front}afstemning/")
    send(desk, desk.locator("#open-1 button[value^='agree:']"))
    expect(desk.locator("#settled-1")).to_contain_text(BOTH_SAY)
    expect(desk.locator("#open-1")).to_have_count(0)


def writes_the_agreement(begun: Begun) -> None:
    desk, case = begun.desk, begun.case
    desk.goto(begun.front)
    stands_at(desk, Stage.ALIGNED)
    with desk.expect_navigation():
        desk.locator("#card-agreement a").click()
    send(desk, desk.locator("form[action$='/begynd'] button"))
    open_field(desk, "activities")
    expect(desk.locator("textarea[name=text]")).to_contain_text(case.theirs[1])
    desk.locator("input[name=r0-what]").fill(case.activity)
    desk.locator("input[name=r0-hours]").fill("30")
    desk.locator("select[name=r0-partner]").select_option(str(begun.side(company=True)))
    send(desk, desk.locator(PRIMARY))
    open_field(desk, "timeline")
    desk.locator("input[name=r0-on]").fill(f"{timezone.localdate() + timedelta(days=90):%Y-%m-%d}")
    desk.locator("input[name=r0-what]").fill(case.activity)
    desk.locator("textarea[name=text]").fill(BOTH_SAY)
    send(desk, desk.locator(PRIMARY))
    open_field(desk, "budget")
    desk.locator("input[name=r0-what]").fill("Mad og diplomer")
    desk.locator("input[name=r0-kroner]").fill("5000")
    send(desk, desk.locator(PRIMARY))
    with desk.expect_navigation():
        desk.locator("main a[href$='/aftale/dage/']").first.click()
    desk.locator("input[name=starts_on]").fill(f"{timezone.localdate():%Y-%m-%d}")
    send(desk, desk.locator(PRIMARY))


def open_field(desk: Page, code: str) -> None:
    """Go from the draft to one of its fields."""
    with desk.expect_navigation():
        desk.locator(f"main a[href$='/felt/{code}/']").first.click()


def answers_what_law_asks(begun: Begun) -> None:
    """Answer all on one page, saved at once; what warns asks why one goes on as soon as it is chosen."""
    desk = begun.desk
    asked = [one for one in checks().values() if begun.case == FIRE_AND_WATER or one.code == begun.case.warned]
    answered_before(begun, [one for one in checks().values() if one not in asked])
    with desk.expect_navigation():
        desk.locator("main a.button[href$='/tjek/']").click()
    for check in asked:
        answer = "yes" if check.code == begun.case.warned else check.calm
        desk.locator(f"#law-{check.code} input[value={answer}]").check()
        why = desk.locator(f"#law-{check.code} textarea")
        expect(why).to_be_visible(visible=check.code == begun.case.warned)
        if check.code == begun.case.warned:
            why.fill(begun.case.why)
    send(desk, desk.locator(PRIMARY))
    with desk.expect_navigation():
        desk.locator("main a[href$='/foreslaa/']").click()
    expect(desk.locator("#missing")).to_have_count(0)
    send(desk, desk.locator("main form button.button-primary"))


def answered_before(begun: Begun, checks: list[Check]) -> None:
    """Answer without the pages what another case answers on them: they are the same every time."""
    draft, now = Agreement.objects.for_page().get(partnership=begun.partnership), timezone.now()
    for one in checks:
        answer_check(agreement=draft, code=one.code, answer=one.calm, amounts={}, why="", by=begun.anna, now=now)


def both_confirm(begun: Begun) -> None:
    desk, phone = begun.desk, begun.phone
    with desk.expect_navigation():
        desk.locator(f"a[href$='/spoerg/{begun.side(company=True)}/']").click()
    send(desk, desk.locator(PRIMARY))
    begun.on_phone("aftale")
    expect(phone.locator("main")).to_contain_text(begun.case.activity)
    signs(phone)
    begun.send_on_phone(PRIMARY)
    expect(phone.locator("main form")).to_have_count(0)
    desk.reload()
    with desk.expect_navigation():
        desk.locator(f"a[href$='/bekraeft/{begun.side(company=False)}/']").click()
    signs(desk)
    send(desk, desk.locator(PRIMARY))


def signs(page: Page) -> None:
    """Write who says yes; the name is there already."""
    expect(page.locator("input[name=name]")).not_to_have_value("")
    page.locator("input[name=role]").fill("Leder")
    page.locator("input[name=mandate]").fill("Efter aftale med bestyrelsen")


def it_runs(begun: Begun) -> None:
    desk = begun.desk
    desk.goto(begun.front)
    stands_at(desk, Stage.RUNNING)
    expect(desk.locator("[aria-labelledby=card-agreement] .badge-success")).to_be_visible()
    with desk.expect_navigation():
        desk.locator("[aria-labelledby=card-agreement] p a").click()
    with desk.expect_download() as taken:
        desk.locator("main a[href$='-da.pdf']").click()
    has_its_pages(taken.value.path().read_bytes(), begun.case)
    deliver()
    copies = [found for one in mail.outbox if (found := re.search(r"/svar/aftalekopi/\S+", str(one.body)))]
    has_its_pages(begun.phone.request.get(copies[-1][0]).body(), begun.case)


def has_its_pages(pdf: bytes, case: Case) -> None:
    """Look that the paper says what it is about, on two pages; on one, where little was written."""
    pages = PdfReader(BytesIO(pdf)).pages
    assert len(pages) == case.pages
    assert case.name in pages[0].extract_text()

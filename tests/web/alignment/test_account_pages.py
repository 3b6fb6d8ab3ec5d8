"""Alignment for those with an account: their own sheet, noting for another, asking, settling; others' words last."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from medspil.accounts.models import User
from medspil.alignment.models import Difference, Edition, HandedIn, Invitation, Sheet
from medspil.areas.models import Need
from medspil.notices.models import Message
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.partnerships.models import Partnership, Standing
from tests.factories import companies, people
from tests.factories.alignment import AREA, COMPANY, of_area, of_company, say
from tests.factories.partnerships import partnership
from tests.web.pages import troubles

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def smithy(need: Need, anna: User) -> Partnership:
    """Return a partnership of the municipality and a company without accounts."""
    return partnership(need, companies.unit(email="post@smedjen.example"), by=anna)


def at(name: str, made: Partnership, *args: object) -> str:
    return reverse(f"alignment:{name}", args=[made.pk, *args])


def page(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url, headers=ENGLISH)
    assert answer.status_code == status
    html = answer.content.decode()
    if status == 200:
        assert troubles(html) == []
    return html


def post(client: Client, url: str, status: int = 302, /, **said: Any) -> str:
    answer = client.post(url, said, headers=ENGLISH)
    assert answer.status_code == status, answer.content.decode()[:2000]
    html = answer.content.decode()
    if status != 302:
        assert troubles(html) == []
    return html


def test_a_side_writes_hands_in_and_reads_the_others_then(smithy: Partnership, as_anna: Client) -> None:
    area, company = of_area(smithy), of_company(smithy)
    say(company, COMPANY)
    before = page(as_anna, at("overview", smithy))
    assert COMPANY["success"] not in before
    assert "Each side writes its own first" in before
    url = at("fill", smithy, area.pk)
    assert "For example:" in page(as_anna, url)
    post(as_anna, url, do="save", version=0, focus="Et sted")
    assert "This is your draft" in page(as_anna, url)
    missing = post(as_anna, url, 422, do="hand_in", version=1, focus="Et sted")
    assert "if only with a few words" in missing
    post(as_anna, url, do="hand_in", version=1, **AREA | {"success": "Fem lærlinge og en fest."})
    after = page(as_anna, at("overview", smithy))
    for said in ("<mark>lærlinge</mark> i butikken.", "<mark>lærlinge</mark> og en fest.", "different numbers"):
        assert said in after
    assert "You think of different lengths of time" in after


def test_a_report_of_five_thousand_words_stays_in_the_field_with_a_sentence(
    smithy: Partnership, as_anna: Client
) -> None:
    long = "svejsning " * 5_000
    url = at("fill", smithy, of_area(smithy).pk)
    html = post(as_anna, url, 422, do="hand_in", version=0, **(AREA | {"focus": long}))
    assert "Nothing is lost" in html
    assert long.strip() in html
    assert "maxlength" not in html.split('id="id_focus"')[1].split(">")[0]
    post(as_anna, url, do="save", version=0, **(AREA | {"focus": long}))
    assert Sheet.objects.get().answers["focus"] == long.strip()


def test_two_of_one_side_at_once_see_both_versions(smithy: Partnership, as_anna: Client) -> None:
    url = at("fill", smithy, of_area(smithy).pk)
    post(as_anna, url, do="save", version=0, focus="Først")
    html = post(as_anna, url, 409, do="hand_in", version=0, **AREA)
    assert "Først" in html
    assert AREA["focus"] in html
    assert 'name="version" value="1"' in html
    itself = as_anna.post(url, {"version": 0, "focus": "Igen"}, headers={"HX-Request": "true"})
    assert itself.status_code == 409


def test_a_draft_is_kept_by_itself_and_gives_the_version_to_go_on_with(smithy: Partnership, as_anna: Client) -> None:
    url = at("fill", smithy, of_area(smithy).pk)
    kept = as_anna.post(url, {"version": 0, "focus": "Et"}, headers={"HX-Request": "true"}).content.decode()
    assert 'value="1"' in kept
    assert "hx-swap-oob" in kept
    # Whoever presses the button before that answer has come hands in the same words: no conflict with oneself.
    as_anna.post(url, {"version": 1} | AREA, headers={"HX-Request": "true"})
    post(as_anna, url, do="hand_in", version=1, **AREA)
    assert Edition.objects.get().answers == AREA


def test_the_areas_people_note_for_a_side_and_do_not_see_its_draft(
    smithy: Partnership, as_anna: Client, anna: User
) -> None:
    company = of_company(smithy)
    Sheet.objects.create(
        partner=company, answers={"focus": "hemmeligt"}, created_at=timezone.now(), updated_at=timezone.now()
    )
    url = at("fill", smithy, company.pk)
    assert "hemmeligt" not in page(as_anna, url)
    said = {"said_by": "Per Smed", "said_on": timezone.localdate().isoformat()}
    assert "who said it" in post(as_anna, url, 422, do="hand_in", version=0, **COMPANY)
    post(as_anna, url, do="hand_in", version=0, **COMPANY, **said)
    edition = Edition.objects.get()
    assert (edition.how, edition.said_by, edition.waits) == (HandedIn.BEHALF, "Per Smed", True)
    assert "waits for its yes" in page(as_anna, at("overview", smithy))


def test_a_company_with_an_account_confirms_what_was_noted_and_settles(need: Need, anna: User) -> None:
    firm = people.organisation(name="Smedjen", kind="company")
    per = people.signed_in(people.member(firm, Role.COMPANY_CONTACT, name="Per"))
    made = partnership(need, firm, by=anna)
    company = made.partners.get(side__organisation=firm)
    say(of_area(made), AREA, by=anna)
    say(company, COMPANY, by=anna, how=HandedIn.BEHALF, said_by="Per", said_on=timezone.localdate(people.NOW))
    url = at("fill", made, company.pk)
    assert AREA["success"] not in page(per, at("overview", made))
    assert "This was noted for you" in page(per, url)
    post(per, url, do="confirm", number=1)
    assert AREA["success"] in page(per, at("overview", made))
    step = at("step", made)
    post(per, step, do="settle", key="horizon", version=0, partner=company.pk, sentence="Et år.")
    one = Difference.objects.get()
    stale = post(per, step, 409, do="settle", key="horizon", version=0, partner=company.pk, sentence="Tre år.")
    assert "Tre år." in stale
    assert post(per, step, 422, do="settle", key="nobody:photo_film", version=0, partner=company.pk).count("sentence.")
    foreign = per.post(step, {"do": "agree", "key": "horizon", "partner": of_area(made).pk, "wording": one.wording})
    assert foreign.status_code == 403
    as_anna = people.signed_in(anna)
    post(as_anna, step, do="agree", key="horizon", partner=of_area(made).pk, wording=one.wording)
    post(as_anna, step, do="aside", key="nobody:photo_film")
    assert "The agreement can be written" in page(as_anna, at("overview", made))
    post(as_anna, step, do="add", text="Hvem har nøglen?", question="never", creation_key="1" * 32)
    assert "Hvem har nøglen?" in page(per, at("overview", made))
    told = page(as_anna, at("overview", made)).split('id="history-heading"')[1]
    assert "Smedjen: said how a difference can be settled" in told
    assert "Et år." not in told


def test_a_side_is_asked_reminded_and_the_link_taken_back(smithy: Partnership, as_anna: Client) -> None:
    company = of_company(smithy)
    url = at("ask", smithy, company.pk)
    assert "post@smedjen.example" in page(as_anna, url)
    blank = post(as_anna, url, 422, to="typed", language="da")
    assert "Write the e-mail address" in blank
    day = timezone.localdate() + timedelta(days=4)
    post(as_anna, url, to="register", language="en", remind_on=day.isoformat())
    mail = Message.objects.get()
    assert (mail.to_email, mail.language) == ("post@smedjen.example", "en")
    assert "/svar/afstemning/" in mail.text
    assert Invitation.objects.get().remind_on == day
    post(as_anna, at("remind", smithy, company.pk), day="")
    assert Invitation.objects.get().remind_on is None
    post(as_anna, at("ask_back", smithy, company.pk))
    assert "A question is under way" not in page(as_anna, url)


def test_a_paused_partnership_can_be_read_and_not_written(smithy: Partnership, as_anna: Client) -> None:
    Partnership.objects.filter(pk=smithy.pk).update(standing=Standing.PAUSED)
    assert "is paused" in page(as_anna, at("overview", smithy))
    url = at("fill", smithy, of_area(smithy).pk)
    assert 'value="hand_in"' not in page(as_anna, url)
    assert "is paused" in post(as_anna, url, 422, do="hand_in", version=0, **AREA)


def test_a_broker_reads_no_words_and_a_stranger_finds_nothing(
    smithy: Partnership, as_anna: Client, as_carl: Client, anna: User, vejle: Organisation
) -> None:
    say(of_area(smithy), AREA, by=anna)
    say(of_company(smithy), COMPANY)
    for name in ("overview", "paper"):
        args = ("da",) if name == "paper" else ()
        page(as_carl, at(name, smithy, *args), 404)
    reader = people.signed_in(people.member(vejle, Role.READER, name="Rie"))
    assert reader.get(at("ask", smithy, of_company(smithy).pk)).status_code == 403


def test_the_paper_holds_what_people_wrote_as_plain_text(smithy: Partnership, as_anna: Client, anna: User) -> None:
    url = at("paper", smithy, "da")
    assert as_anna.get(url).status_code == 403
    say(of_area(smithy), AREA | {"focus": "#panic(1) *ikke fed* $x$"}, by=anna)
    alone = as_anna.get(url)
    assert alone.content.startswith(b"%PDF")
    say(of_company(smithy), COMPANY)
    answer = as_anna.get(url)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content != alone.content


def test_the_page_of_the_partnership_leads_here(smithy: Partnership, as_anna: Client, as_carl: Client) -> None:
    html = page(as_anna, reverse("partnerships:detail", args=[smithy.pk]))
    assert "0 of 2 sides have handed in their own" in html
    assert at("overview", smithy) in html

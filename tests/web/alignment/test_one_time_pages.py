"""A company without an account, on a phone: writes, hands in, confirms and settles by the links in its mails."""

import re

import pytest
from django.test import Client

from medspil.accounts.models import OneTimeLink, User
from medspil.accounts.one_time_links import revoke_about
from medspil.alignment.models import Difference, Edition, HandedIn, Sheet
from medspil.alignment.questions import questions
from medspil.areas.models import Need
from medspil.notices.models import Message
from medspil.partnerships.models import Partnership, Standing
from tests.factories import companies
from tests.factories.alignment import AREA, COMPANY, ask, of_area, of_company, say, token_of
from tests.factories.partnerships import partnership
from tests.factories.people import NOW
from tests.web.pages import troubles

pytestmark = pytest.mark.django_db


@pytest.fixture
def smithy(need: Need, anna: User) -> Partnership:
    """Return a partnership of the municipality and a company without accounts."""
    return partnership(need, companies.unit(), by=anna)


@pytest.fixture
def url(smithy: Partnership, anna: User) -> str:
    """Return the address in the mail to the company."""
    return f"/svar/afstemning/{token_of(ask(of_company(smithy), anna))}/?lang=en"


def post(client: Client, url: str, status: int, **said: object) -> str:
    answer = client.post(url, said)
    assert answer.status_code == status, answer.content.decode()[:2000]
    html = answer.content.decode()
    if status != 302:
        assert troubles(html) == []
    return html


def test_looking_writes_nothing_and_is_kept_out_of_caches(client: Client, url: str) -> None:
    answer = client.get(url)
    html = answer.content.decode()
    assert troubles(html) == []
    assert "no-store" in answer["Cache-Control"]
    assert "per@smedjen.example" not in html
    assert OneTimeLink.objects.get().used_at is None
    assert not Sheet.objects.exists()


def test_it_saves_goes_on_hands_in_and_reads_all_when_the_others_have_spoken(
    client: Client, url: str, smithy: Partnership, anna: User
) -> None:
    saved = post(client, url, 200, do="save", version=0, focus="Lærlinge")
    assert "Saved." in saved
    assert 'name="version" value="1"' in saved
    long = post(client, url, 422, do="hand_in", version=1, **(COMPANY | {"never": "ord " * 5_000}))
    assert "Nothing is lost" in long
    thanks = post(client, url, 200, do="hand_in", version=1, writer="Per Smed, mester", **COMPANY)
    assert "you get a mail" in thanks
    assert AREA["success"] not in thanks
    say(of_area(smithy), AREA, by=anna)
    assert Edition.objects.get(how=HandedIn.LINK).by_name == "Per Smed, mester"
    late = post(client, url, 410, do="hand_in", version=2, **(COMPANY | {"focus": "Noget nyt"}))
    assert "Noget nyt" in late  # to copy
    assert client.get(url).status_code == 410


def test_the_last_to_speak_is_led_on_and_settles_to_the_end(
    client: Client, url: str, smithy: Partnership, anna: User
) -> None:
    say(of_area(smithy), AREA, by=anna)
    answer = client.post(url, {"do": "hand_in", "version": 0} | COMPANY)
    assert answer.status_code == 302
    where = f"{answer['Location']}?lang=en"
    assert re.search(r"/svar/forskelle/[\w-]+/", Message.objects.latest("pk").text)
    html = client.get(where).content.decode()
    assert troubles(html) == []
    assert AREA["success"] in html
    mine = of_company(smithy).pk
    blank = post(client, where, 422, do="settle", key="horizon", version=0, partner=mine, sentence=" ")
    assert "Write it in a sentence." in blank
    foreign = client.post(where, {"do": "accept", "key": "horizon", "version": 0, "partner": of_area(smithy).pk})
    assert foreign.status_code == 403
    post(client, where, 302, do="aside", key="nobody:photo_film")
    post(client, where, 302, do="accept", key="horizon", version=0, partner=mine)
    assert "Waits for" in client.get(where).content.decode()
    thanks = post(client, where, 200, do="aside", key="horizon")
    assert "nothing is left to settle" in thanks
    assert client.get(where).status_code == 410


def test_what_was_noted_is_confirmed_with_one_tap(client: Client, url: str, smithy: Partnership, anna: User) -> None:
    company = of_company(smithy)
    say(company, COMPANY, by=anna, how=HandedIn.BEHALF, said_by="Per", said_on=NOW.date())
    assert COMPANY["success"] in client.get(url).content.decode()
    stale = post(client, url, 409, do="confirm", number=7)
    assert "nothing to confirm" in stale
    post(client, url, 200, do="confirm", number=1)
    assert not Edition.objects.get().waits


def test_a_link_taken_back_or_of_a_paused_partnership_gives_the_text_back(
    client: Client, url: str, smithy: Partnership
) -> None:
    Partnership.objects.filter(pk=smithy.pk).update(standing=Standing.PAUSED)
    assert "is paused" in client.get(url).content.decode()
    paused = post(client, url, 409, do="hand_in", version=0, **COMPANY)
    assert COMPANY["success"] in paused
    Partnership.objects.filter(pk=smithy.pk).update(standing=Standing.GOING)
    revoke_about(record=of_company(smithy), now=NOW)
    assert COMPANY["success"] in post(client, url, 410, do="hand_in", version=0, **COMPANY)
    assert not Edition.objects.exists()


def test_a_colleague_who_opens_it_elsewhere_is_told_and_both_at_once_lose_nothing(client: Client, url: str) -> None:
    path = url.split("?", maxsplit=1)[0]
    other = Client()
    client.get(url), other.get(url)
    client.post(f"{path}aabnet?lang=en")
    told = other.post(f"{path}aabnet?lang=en").content.decode()
    assert "p***@smedjen.example" in told
    client.post(url, {"do": "save", "version": 0, "focus": "Min"})
    both = post(other, url, 409, do="save", version=0, focus="Din")
    assert "Min" in both
    assert "Din" in both


def test_an_empty_sheet_names_every_missing_answer_at_once(client: Client, url: str) -> None:
    html = post(client, url, 422, do="hand_in", version=0)
    needed = [one for one in questions().values() if not one.optional]
    assert len(needed) > 1
    assert html.count("if only with a few words") == 2 * len(needed)  # in the list above and at the field


def test_what_is_typed_for_one_difference_is_there_after_the_button_of_another(
    client: Client, url: str, smithy: Partnership, anna: User
) -> None:
    say(of_area(smithy), AREA, by=anna)
    where = client.post(url, {"do": "hand_in", "version": 0} | COMPANY)["Location"] + "?lang=en"
    mine = of_company(smithy).pk
    typed = {"sentence:nobody:photo_film": "Vi finder en fotograf.", "partner:horizon": mine, "version:horizon": 0}
    html = post(
        client, where, 200, do="settle:horizon", text="Hvem har nøglen?", **typed, **{"sentence:horizon": "Ét år."}
    )
    settled = Difference.objects.get()
    assert (settled.key, settled.sentence) == ("horizon", "Ét år.")
    assert "Vi finder en fotograf.</textarea>" in html
    assert "Hvem har nøglen?</textarea>" in html
    assert html.count("Not saved yet") == 2
    assert "Ét år.</textarea>" not in html
    refused = post(client, where, 422, do="settle:horizon", **(typed | {"version:horizon": settled.version}))
    assert "Write it in a sentence." in refused
    assert "Vi finder en fotograf.</textarea>" in refused

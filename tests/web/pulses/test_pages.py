"""How it goes, on pages: chosen, asked, answered by a link or signed in, read by whoever may, and news."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from medspil.accounts.models import User
from medspil.accounts.one_time_links import issue
from medspil.notices.models import Message
from medspil.partnerships.models import Partner, Partnership, Standing
from medspil.pulses import rounds
from medspil.pulses.models import News, NewsOff, PulseAnswer, PulseAsk, PulseRound
from tests.factories import people
from tests.factories.sides import named
from tests.web.pages import troubles

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
KEY = "4d9a2c1e-7b1f-4c55-9d3e-0a1b2c3d4e5f"
FIVE = timedelta(days=5)


def begun(together: Partnership, *, days_ago: int = 0) -> PulseRound:
    day = timezone.localdate() - timedelta(days=days_ago)
    return PulseRound.objects.create(partnership=together, begun_on=day, ends_on=day + FIVE)


def given(going_on: PulseRound, side: Partner, step: int, words: str = "") -> None:
    now = timezone.now()
    PulseAnswer.objects.create(
        round=going_on, partner=side, step=step, words=words, answered_on=going_on.begun_on, created_at=now,
        updated_at=now,
    )  # fmt: skip


def link_to(going_on: PulseRound, side: Partner) -> str:
    now = timezone.now()
    ask = PulseAsk.objects.create(round=going_on, partner=side, asked_at=now)
    made = issue(purpose=rounds.PURPOSE, record=ask, recipient_email="per@firma.example", by=None, now=now)
    return f"{reverse('pulses:pulse', args=[made.token])}?lang=en"


def page(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url, headers=ENGLISH)
    assert answer.status_code == status
    html = answer.content.decode()
    assert troubles(html) == []
    return html


def post(client: Client, url: str, status: int = 302, **said: Any) -> str:
    answer = client.post(url, said, headers=ENGLISH)
    assert answer.status_code == status, answer.content.decode()[:2000]
    html = answer.content.decode()
    if status != 302:
        assert troubles(html) == []
    return html


def test_who_leads_chooses_and_is_told_whom_nobody_can_ask(
    together: Partnership, as_anna: Client, sanne: User, as_carl: Client
) -> None:
    here = reverse("pulses:overview", args=[together.pk])
    assert "never" in page(as_anna, here)
    way = reverse("pulses:rhythm", args=[together.pk])
    assert people.signed_in(sanne).post(way, {"rhythm": "month", "version": 0}).status_code == 403
    assert as_carl.get(here).status_code == 404
    post(as_anna, way, rhythm="month", version=0)
    assert "Somebody else saved" in post(as_anna, way, 409, rhythm="off", version=0)
    html = page(as_anna, here)
    assert "every month" in html
    assert "Nobody can be asked for Havnens Smedje ApS" in html
    assert "Nobody can be asked for Havnens" in page(as_anna, reverse("partnerships:detail", args=[together.pk]))


def test_a_side_answers_changes_it_and_reads_the_others_then(
    together: Partnership, harbour: Partner, smithy: Partner, sanne: User, as_anna: Client
) -> None:
    going_on, as_sanne = begun(together), people.signed_in(sanne)
    given(going_on, harbour, 2, "Vi hører intet")
    here = reverse("pulses:overview", args=[together.pk])
    before = page(as_sanne, here)
    assert "You answer for Smedjen" in before
    assert "answered; you read it after your own answer" in before
    assert "Say how it goes for you" in page(as_sanne, reverse("partnerships:detail", args=[together.pk]))
    way = reverse("pulses:answer", args=[together.pk, smithy.pk])
    assert "Choose how it goes" in post(as_sanne, way, 422, version=0)
    assert "500" in post(as_sanne, way, 422, version=0, step="4", words="æ" * 501)
    post(as_sanne, way, version=0, step="4", words="Fint")
    after = page(as_sanne, here)
    assert "It is hard going" in after
    assert "Vi hører intet" not in after
    assert "Change the answer" in after
    post(as_sanne, way, 409, version=0, step="1")
    post(as_sanne, way, version=1, step="1")
    foreign = reverse("pulses:answer", args=[together.pk, harbour.pk])
    assert as_anna.post(foreign, {"step": "5", "version": 0}).status_code == 403


def test_a_fall_is_told_to_who_leads_with_words_and_a_line_when_the_round_is_over(
    together: Partnership, harbour: Partner, sanne: User, as_anna: Client
) -> None:
    for days_ago, step in ((60, 5), (30, 2)):
        given(begun(together, days_ago=days_ago), harbour, step, f"Ord {step}")
    call = "Havnens Smedje ApS says that it goes clearly worse than the last time. Call them."
    html = page(as_anna, reverse("pulses:overview", args=[together.pk]))
    for told in (call, "Ord 2", "<polyline", "no answer"):
        assert told in html, told
    card = reverse("partnerships:detail", args=[together.pk])
    assert call in page(as_anna, card)
    assert call not in page(people.signed_in(sanne), card)


def test_by_the_link_one_answers_without_account_until_the_round_ends(
    together: Partnership, harbour: Partner, client: Client
) -> None:
    going_on = begun(together)
    url = link_to(going_on, harbour)
    first = client.get(url)
    assert "no-store" in first["Cache-Control"]
    assert "per@firma.example" not in first.content.decode()
    assert "Choose how it goes" in post(client, url, 422, version=0)
    assert "Your answer is kept" in post(client, url, 200, version=0, step="4", words="Godt")
    both = post(client, url, 409, version=0, step="1", words="Skidt")
    assert "It goes well (Godt)" in both
    assert "Skidt" in both
    assert "Your answer is kept" in post(client, url, 200, version=1, step="1", words="Skidt")
    assert page(client, url).count("checked") == 1
    Partnership.objects.update(standing=Standing.PAUSED)
    assert "is paused" in page(client, url, 410)
    Partnership.objects.update(standing=Standing.GOING)
    PulseRound.objects.update(ends_on=timezone.localdate() - timedelta(days=1), begun_on=going_on.begun_on - FIVE)
    assert "This round has ended" in post(client, url, 410, version=2, step="5")
    assert PulseAnswer.objects.get().step == 1


def test_somebody_who_opens_a_forwarded_link_elsewhere_is_told(
    together: Partnership, harbour: Partner, client: Client
) -> None:
    url = link_to(begun(together), harbour)
    opened, other = url.replace("/?", "/aabnet/?"), Client()
    client.get(url), other.get(url)
    client.post(opened)
    assert "p***@firma.example" in other.post(opened).content.decode()


def test_news_is_told_once_shown_in_order_and_its_mails_are_turned_off_by_the_link(
    together: Partnership, harbour: Partner, anna: User, sanne: User, client: Client
) -> None:
    named(harbour, by=anna)
    as_sanne, way = people.signed_in(sanne), reverse("pulses:tell", args=[together.pk])
    own = together.partners.all()[1]
    assert "Write what is new." in post(as_sanne, way, 422, by_side=own.pk, text=" ", creation_key=KEY)
    for _again in range(2):
        post(as_sanne, way, by_side=own.pk, text="Vi har fundet en lærling", creation_key=KEY)
    assert News.objects.count() == 1
    assert "Vi har fundet en lærling" in page(as_sanne, reverse("partnerships:detail", args=[together.pk]))
    foreign = post(as_sanne, way, 422, by_side=harbour.pk, text="Nej", creation_key=KEY)
    assert "Nej" in foreign
    url = Message.objects.get().text.split("http://testserver")[1].split()[0]
    assert "Vi har fundet en lærling" in page(client, url)
    post(client, url, 200)
    assert NewsOff.objects.get().partner == harbour
    assert client.get(url).status_code == 410
    mails = reverse("pulses:mails", args=[together.pk, own.pk])
    post(as_sanne, mails, wanted="no")
    assert "Send them again" in page(as_sanne, reverse("pulses:overview", args=[together.pk]))
    post(as_sanne, mails, wanted="yes")
    assert not NewsOff.objects.filter(partner=own).exists()

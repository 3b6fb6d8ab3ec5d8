"""A side without an account writes to the others by its links, and news is taken back and put back."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from medspil.accounts.models import HistoryEntry, User
from medspil.notices.models import Message
from medspil.partnerships.asking_back import tell_answers
from medspil.partnerships.models import Partner, Partnership, Question, Standing
from medspil.pulses.models import News
from tests.factories import people
from tests.factories.post import deliver
from tests.factories.sides import named
from tests.web.pulses.test_pages import KEY, begun, link_to, page, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def writing(together: Partnership, harbour: Partner, area_side: Partner, anna: User) -> str:
    """Return the page on which the company without an account writes, by the link of its pulse."""
    today = timezone.localdate()
    named(harbour, by=anna, from_on=today)
    named(area_side, by=anna, user=anna, from_on=today)
    asked = link_to(begun(together), harbour).partition("?")[0]
    token = asked.rstrip("/").rpartition("/")[2]
    return f"{reverse('pulses:write', args=[token])}?lang=en"


def test_a_side_without_an_account_asks_is_answered_by_mail_and_asks_again(
    writing: str, client: Client, as_anna: Client, area_side: Partner, harbour: Partner
) -> None:
    assert "A question to Vejle Kommune" in page(client, writing)
    for said in ({"to": str(harbour.pk), "text": "Hvem?"}, {"to": str(area_side.pk), "text": " "}):
        post(client, writing, 422, creation_key=KEY, **said)
    html = post(client, writing, 200, to=str(area_side.pk), text="Hvor mange kommer?", creation_key=KEY)
    assert "An answer is promised by" in html
    question = Question.objects.get()
    assert (question.put_by, question.asked_of) == (harbour, area_side)
    here = reverse("partnerships:question", args=[question.pk])
    assert "Asked by the link in a mail" in page(as_anna, here)
    assert reverse("partnerships:question_drop", args=[question.pk]) not in page(as_anna, here)
    assert as_anna.post(reverse("partnerships:question_drop", args=[question.pk])).status_code == 403
    today = timezone.localdate().isoformat()
    post(as_anna, here, version=1, text="Tolv", on=today)
    tell_answers(now=timezone.now(), address=lambda token: reverse("partnerships:answer_told", args=[token]))
    deliver()
    found = re.search(r"/svar/besked/\S+", str(mail.outbox[-1].body))
    assert found
    html = page(client, f"{found[0]}?lang=en")
    assert "Vejle Kommune answered on" in html
    assert "Tolv" in html
    again = found[0].replace("/svar/besked/", "/svar/skriv/")
    assert again in html
    assert "News to all" in page(client, f"{again}?lang=en")


def test_a_side_without_an_account_tells_news_while_the_partnership_goes_on(
    writing: str, client: Client, as_anna: Client, together: Partnership
) -> None:
    assert "at most 500" in post(client, writing, 422, to="all", text="æ" * 501, creation_key=KEY)
    for _twice in range(2):
        assert "can read your news" in post(client, writing, 200, to="all", text="Vi har malet", creation_key=KEY)
    assert News.objects.get().by is None
    assert "Vi har malet" in page(as_anna, reverse("pulses:overview", args=[together.pk]))
    Partnership.objects.update(standing=Standing.PAUSED)
    assert "News to all" not in page(client, writing)
    post(client, writing, 422, to="all", text="Vi har malet igen", creation_key=str(together.creation_key))


def test_a_question_is_asked_back_on_the_page_of_a_question(
    writing: str, client: Client, as_anna: Client, together: Partnership
) -> None:
    area_side, _smithy, harbour = together.partners.all()
    ask: dict[str, Any] = {"put_by": area_side.pk, "asked_of": harbour.pk, "text": "Kan I?", "creation_key": KEY}
    post(as_anna, reverse("partnerships:question_new", args=[together.pk]), **ask)
    deliver()
    found = re.search(r"/svar/spoergsmaal/\S+", str(mail.outbox[-1].body))
    assert found
    here = f"{found[0]}?lang=en"
    assert "Do you want to ask them something?" in page(client, here)
    only_back = {"text": "", "back": "Hvornår?", "creation_key": str(together.creation_key)}
    assert "Back to their question" in post(client, here, 200, **only_back)
    html = post(client, here, 200, text="Ja", back="", creation_key=str(together.creation_key))
    assert "those who asked can read it" in html
    assert sorted(Question.objects.values_list("text", "answer")) == [("Hvornår?", ""), ("Kan I?", "Ja")]


def test_news_is_taken_back_by_its_side_or_those_who_lead_and_can_come_again(
    together: Partnership, anna: User, sanne: User, as_anna: Client
) -> None:
    area_side, _smithy, harbour = together.partners.all()
    named(harbour, by=anna, from_on=timezone.localdate())
    as_sanne, here = people.signed_in(sanne), reverse("pulses:overview", args=[together.pk])
    post(as_anna, reverse("pulses:tell", args=[together.pk]), by_side=area_side.pk, text="Fejl navn",
         creation_key=KEY)  # fmt: skip
    news = News.objects.get()
    away = reverse("pulses:news_away", args=[together.pk, news.pk])
    assert away not in page(as_sanne, here)
    assert as_sanne.post(away).status_code == 403
    for _twice in range(2):
        post(as_anna, away)
    deliver()
    assert not mail.outbox  # the mail waited still
    assert Message.objects.get().problem
    for client, words in ((as_sanne, 0), (as_anna, 1)):
        assert page(client, here).count("Fejl navn") // 2 == words
    assert "Fejl navn" not in page(as_anna, reverse("partnerships:detail", args=[together.pk]))
    post(as_anna, reverse("pulses:news_again", args=[together.pk, news.pk]))
    assert "Fejl navn" in page(as_sanne, here)
    told = HistoryEntry.objects.filter(action__startswith="news_").order_by("pk").values_list("action", flat=True)
    assert list(told) == ["news_told", "news_taken_back", "news_put_back"]

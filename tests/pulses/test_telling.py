"""News from one side to the others: mailed once to each, not to who wants none, and forgotten."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail

from medspil.accounts.models import HistoryEntry, User
from medspil.accounts.one_time_links import LinkRevoked
from medspil.organisations.forgetting import forget_person
from medspil.partnerships.going_on import NotNow
from medspil.partnerships.models import Partnership, Standing
from medspil.pulses.answers import WordsTooLong
from medspil.pulses.forgetting import forget_old_pulses
from medspil.pulses.models import News
from medspil.pulses.telling import NoNews, set_mails, stop_mails_by_link, tell
from tests.factories.people import NOW
from tests.factories.post import deliver
from tests.factories.sides import kept_in, named

pytestmark = pytest.mark.django_db


@pytest.fixture
def tokens() -> list[str]:
    """Collect the secret parts of the links that went out."""
    return []


@pytest.fixture
def news(together: Partnership, anna: User, sanne: User, tokens: list[str]) -> News:
    """Return news from Sanne's company; it has a contact person, as has the company without an account."""
    _area_side, smithy, harbour = together.partners.all()
    named(harbour, by=anna)
    named(smithy, "", by=anna, user=sanne)
    return told(together, sanne, tokens)


def told(together: Partnership, by: User, tokens: list[str], *, at: int = 1, **more: object) -> News:
    facts = {"text": "Sanne har fundet en lærling", "creation_key": uuid4(), "now": NOW} | more
    return tell(partnership=together, by_side=together.partners.all()[at], by=by, address=kept_in(tokens), **facts)  # type: ignore[arg-type]


def test_the_others_are_told_once_and_the_teller_not(
    news: News, together: Partnership, sanne: User, carl: User, tokens: list[str]
) -> None:
    assert told(together, sanne, tokens, creation_key=news.creation_key) == news
    deliver(NOW)
    assert [one.to for one in mail.outbox] == [["per@firma.example"]]
    assert "Sanne har fundet en lærling" in mail.outbox[0].body
    assert "lærling" not in mail.outbox[0].subject + str(list(HistoryEntry.objects.values()))
    assert list(News.objects.visible_to(sanne)) == [news]
    assert not News.objects.visible_to(carl)
    for text, trouble in ((" ", NoNews), ("æ" * 501, WordsTooLong)):
        with pytest.raises(trouble):
            told(together, sanne, tokens, text=text)
    Partnership.objects.update(standing=Standing.ENDED)
    with pytest.raises(NotNow):
        told(together, sanne, tokens)


def test_a_side_turns_the_mails_off_by_its_link_and_on_in_the_app(
    news: News, together: Partnership, anna: User, sanne: User, tokens: list[str]
) -> None:
    harbour = together.partners.all()[2]
    waiting = told(together, sanne, tokens)
    assert stop_mails_by_link(token=tokens[0], now=NOW) == harbour
    told(together, sanne, tokens)
    assert waiting.told.count() == 1
    assert deliver(NOW) == 0  # also what waited already
    set_mails(partner=harbour, wanted=True, by=anna, now=NOW)
    told(together, sanne, tokens)
    deliver(NOW)
    assert len(tokens) == 3


def test_news_is_forgotten_with_its_writer_or_after_two_years_with_its_mails(
    news: News, together: Partnership, anna: User, sanne: User, tokens: list[str]
) -> None:
    other = told(together, anna, tokens, at=0, text="Sanne kommer tirsdag")
    forget_person(user=sanne, by=None, now=NOW)
    assert News.objects.get(pk=news.pk).text == ""
    assert News.objects.get(pk=other.pk).text == "– kommer tirsdag"
    with pytest.raises(LinkRevoked):
        stop_mails_by_link(token=tokens[0], now=NOW)
    assert deliver(NOW) == 0
    assert forget_old_pulses(now=NOW + timedelta(days=731)) == 1
    assert News.objects.get(pk=other.pk).forgotten_at

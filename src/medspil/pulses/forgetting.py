"""Forgets the words of pulse answers and of news: in time, and with people who ask for it. Steps and days stay."""

from datetime import datetime

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.linking.forgotten_people import links_near
from medspil.linking.mention_texts import also_reads
from medspil.mapping.withdrawal import also_forgets
from medspil.notices.link_mails import close_links
from medspil.organisations.forgetting import Person
from medspil.organisations.forgetting import also_forgets as also_forgets_person
from medspil.partnerships.forgetting import KEPT_FOR
from medspil.pulses.models import News, NewsQuerySet, NewsTold, PulseAnswer, PulseAsk


def forget_old_pulses(*, now: datetime) -> int:
    """Forget the words of answers and news of two years ago; return how many rows. Again, it changes nothing."""
    since = timezone.localdate(now) - KEPT_FOR
    said = PulseAnswer.objects.filter(answered_on__lt=since).exclude(words="")
    return said.update(words="", version=F("version") + 1) + _forget_news(
        News.objects.filter(created_at__lt=now - KEPT_FOR), now
    )


@also_forgets
def forget_with_people(resources: list[int], now: datetime) -> None:
    """Forget what people said who took their consent back, ask them no more, and forget the news of their side."""
    theirs = Q(partner__side__resource__in=resources)
    PulseAnswer.objects.filter(theirs).exclude(words="").update(words="", version=F("version") + 1)
    for ask in PulseAsk.objects.filter(theirs):
        close_links(ask, now=now)
    for told in NewsTold.objects.filter(theirs):
        close_links(told, now=now)
    _forget_news(News.objects.filter(by_side__side__resource__in=resources), now)


@also_forgets_person
def forget_person_in_pulses(person: Person) -> None:
    """Take the name and the addresses of a person with an account out of words near her, and delete her own news."""
    near = links_near(person).values("pk")
    for said in PulseAnswer.objects.filter(round__partnership__link__in=near).exclude(words=""):
        person.take_out_of(said, "words")
    _forget_news(News.objects.filter(by=person.user), person.now)
    for news in News.objects.filter(partnership__link__in=near, forgotten_at=None):
        if person.take_out_of(news, "text"):
            _forget_mails(news, person.now)


def delete_news(pk: int, now: datetime) -> None:
    """Delete a piece of news, with its mails."""
    _forget_news(News.objects.filter(pk=pk), now)


also_reads(
    "pulse", _("how a partnership goes for a side, in its own words"), PulseAnswer, "words",
    way="round__partnership__link",
)  # fmt: skip
also_reads("news", _("news of a partnership"), News, "text", way="partnership__link", delete=delete_news)


def _forget_news(rows: NewsQuerySet, now: datetime) -> int:
    """Take the words out, with every mail that carries them."""
    found = list(rows.filter(forgotten_at=None))
    for news in found:
        _forget_mails(news, now)
    keys = [one.pk for one in found]
    return News.objects.filter(pk__in=keys).update(text="", forgotten_at=now, version=F("version") + 1)


def _forget_mails(news: News, now: datetime) -> None:
    for told in NewsTold.objects.filter(news=news):
        close_links(told, now=now)

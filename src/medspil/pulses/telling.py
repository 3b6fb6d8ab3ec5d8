"""Short news from one side to the others: kept in order, mailed once to each side that has not turned the mails off."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import OneTimeLink, User, record_history
from medspil.accounts.one_time_links import find, use
from medspil.common.once import once
from medspil.linking.parties import name_of
from medspil.notices.transport import is_set_up
from medspil.partnerships.going_on import refuse_not_going, refuse_standing
from medspil.partnerships.handing_over import asks_a_side
from medspil.partnerships.models import Partner, PartnerPerson, Partnership
from medspil.partnerships.side_mails import mail_link
from medspil.partnerships.side_people import people_of
from medspil.pulses.answers import cleaned
from medspil.pulses.models import News, NewsOff, NewsTold

PURPOSE = "partnership_news"


MOST_A_DAY = 3
A_DAY = timedelta(days=1)


class EnoughTold(Exception):
    """A side that has told several pieces of news today."""

    def __init__(self) -> None:
        super().__init__(_("Your side has told three pieces of news since yesterday. Tell the next one tomorrow."))


class NoNews(Exception):
    """News without words."""

    def __init__(self) -> None:
        super().__init__(_("Write what is new."))


@transaction.atomic
def tell(
    *,
    partnership: Partnership,
    by_side: Partner | None,
    text: str,
    creation_key: UUID,
    by: User | None,
    now: datetime,
    address: Callable[[str], str],
) -> News:
    """Tell the other sides something, and mail it once to each; the same key again is the same news.

    `by_side` is none where those who lead take part as no side, `by` where it came by a one-time link. Raises `NoNews`,
    `WordsTooLong`, `CprNumberFound`, `NotNow`.
    """
    refuse_standing(by_side) if by_side else refuse_not_going(partnership)
    words = cleaned(text)
    if not words:
        raise NoNews

    def make() -> News:
        made = News.objects.create(
            partnership=partnership, by_side=by_side, text=words, by=by, creation_key=creation_key, created_at=now,
            updated_at=now,
        )  # fmt: skip
        if is_set_up():
            _mail_others(made, by, now, address)
        record_history(record=partnership, action="news_told", by=by, now=now)
        return made

    return once(News.objects.filter(creation_key=creation_key), make)


@transaction.atomic
def tell_by_link(
    *,
    token: str,
    side_of: Callable[[OneTimeLink], Partner],
    text: str,
    creation_key: UUID,
    now: datetime,
    address: Callable[[str], str],
) -> News:
    """Tell news in the name of the side that a link went to, which stays as usable as it was.

    Raises `LinkUnusable`, `EnoughTold`, and what `tell` raises.
    """
    side = side_of(find(token=token, now=now))
    told = News.objects.filter(by_side=side, by=None, created_at__gt=now - A_DAY).exclude(creation_key=creation_key)
    if told.count() >= MOST_A_DAY:
        raise EnoughTold
    return tell(
        partnership=side.partnership, by_side=side, text=text, creation_key=creation_key, by=None, now=now,
        address=address,
    )  # fmt: skip


@transaction.atomic
def take_back(*, news: News, by: User, now: datetime) -> None:
    """Let nobody read news any more, and send no mail that still waits; twice is once. Its words can come back."""
    if News.objects.filter(pk=news.pk).standing().update(taken_back_at=now, updated_at=now):
        record_history(record=news.partnership, action="news_taken_back", by=by, now=now)


@transaction.atomic
def put_back(*, news: News, by: User, now: datetime) -> None:
    """Let the others read news again that was taken back; no mail tells it a second time. Twice is once."""
    gone = News.objects.filter(pk=news.pk, forgotten_at=None, taken_back_at__isnull=False)
    if gone.update(taken_back_at=None, updated_at=now):
        record_history(record=news.partnership, action="news_put_back", by=by, now=now)


def teller_of(news: News) -> str:
    """Return the name of the side, or of the organisation that answers for the area, whose news it is; for its sides.

    Ask `names_for` where the reader may be somebody else.
    """
    return name_of(news.by_side.side) if news.by_side else news.partnership.link.area.owner.name


@transaction.atomic
def set_mails(*, partner: Partner, wanted: bool, by: User | None, now: datetime) -> None:
    """Turn the mails about news of a side on or off; said twice, it changes nothing more."""
    if wanted:
        changed = bool(NewsOff.objects.filter(partner=partner).delete()[0])
    else:
        _row, changed = NewsOff.objects.get_or_create(partner=partner, defaults={"since": now})
    if changed:
        action = "news_mails_on" if wanted else "news_mails_off"
        record_history(record=partner.partnership, action=action, by=by, now=now)


def stop_mails_by_link(*, token: str, now: datetime) -> Partner:
    """Turn the mails of a side off for whoever got one. Raises `LinkUnusable`."""

    def write(link: OneTimeLink) -> Partner:
        side = told_by(link).partner
        set_mails(partner=side, wanted=False, by=None, now=now)
        return side

    return use(token=token, purpose=PURPOSE, now=now, answer=write)


def told_by(link: OneTimeLink) -> NewsTold:
    """Return which side a mail told which news."""
    sides = [f"{end}__side__{one}" for end in ("partner", "news__by_side") for one in ("organisation", "unit")]
    sides += ["partner__side__resource", "news__by_side__side__resource"]
    records = ("partner__partnership", "news__partnership__link__area__owner")
    return NewsTold.objects.select_related(*records, *sides).get(pk=int(link.record_id))


@asks_a_side(PURPOSE)
def side_told(link: OneTimeLink) -> Partner:
    """Return the side that a mail told news. Who comes after its reader gets the next, not those of before again."""
    return told_by(link).partner


def _mail_others(news: News, by: User | None, now: datetime, address: Callable[[str], str]) -> None:
    others = Partner.objects.filter(partnership=news.partnership, news_off=None).there()
    if news.by_side:
        others = others.exclude(pk=news.by_side.pk)
    sides = [one for one in others.for_page() if not one.side.withdrawn]
    people = people_of(sides, on=timezone.localdate(now))
    for side in sides:
        if person := people[side.pk].to_ask():
            _mail(news, side, person, by=by, now=now, address=address)


def _mail(
    news: News, side: Partner, person: PartnerPerson, *, by: User | None, now: datetime, address: Callable[[str], str]
) -> None:
    told = NewsTold.objects.create(news=news, partner=side, at=now)
    mail_link(
        to=person,
        purpose=PURPOSE,
        record=told,
        partnership=news.partnership,
        template="pulses/mail/news.txt",
        facts={"news": news, "teller": teller_of(news)},
        subject=lambda: gettext("News from your partnership"),
        by=by,
        now=now,
        address=address,
    )

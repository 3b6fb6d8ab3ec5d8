"""The pulse of the matrix's partnerships: a round with an answer and news, and links about somebody else's."""

from datetime import timedelta

from django.utils import timezone

from medspil.accounts.models import User
from medspil.accounts.one_time_links import issue
from medspil.organisations.roles import Role
from medspil.partnerships.models import Partnership
from medspil.pulses import rounds, telling
from medspil.pulses.models import News, NewsTold, PulseAnswer, PulseAsk, PulseRound
from tests.factories import companies, people, places
from tests.factories.partnerships import partnership as partnership_of
from tests.factories.people import NOW

TIMES = {"created_at": NOW, "updated_at": NOW}


def pulsed(partnership: Partnership, by: User, canary: str) -> News:
    """Let the company of a partnership answer in a round that goes on, and return its news."""
    today = timezone.localdate()
    made = PulseRound.objects.create(partnership=partnership, begun_on=today, ends_on=today + timedelta(days=5))
    company = partnership.partners.get(side__unit__isnull=False)
    PulseAnswer.objects.create(round=made, partner=company, step=2, words=canary, answered_on=today, **TIMES)
    return News.objects.create(partnership=partnership, by_side=company, text=canary, by=by, **TIMES)


def asked() -> PulseAsk:
    """Return a pulse question of somebody else's partnership with the tokens of its links, as only its mails know."""
    home = people.organisation("Pulsens By")
    by = people.member(home, Role.COORDINATOR, name="Pulsens Anna")
    made = partnership_of(places.need(places.area(home, "Pulsens bydel")), companies.unit("Pulsens Snedker"), by=by)
    side, today = made.partners.latest("pk"), timezone.localdate()
    going_on = PulseRound.objects.create(partnership=made, begun_on=today, ends_on=today + timedelta(days=5))
    ask = PulseAsk.objects.create(round=going_on, partner=side, asked_at=NOW)
    news = News.objects.create(partnership=made, text="Nyt", by=by, **TIMES)
    told = NewsTold.objects.create(news=news, partner=side, at=NOW)
    for name, purpose, record in (("pulse", rounds.PURPOSE, ask), ("news_mail", telling.PURPOSE, told)):
        link = issue(purpose=purpose, record=record, recipient_email="per@snedker.example", by=by, now=timezone.now())
        ask.__dict__[name] = link.token
    return ask

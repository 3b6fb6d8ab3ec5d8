"""Forgets what colleagues wrote each other about a link: in time, when a person in it takes the consent back, and with
whoever asks to be forgotten, whose digest and calendar end as well.
"""

from datetime import datetime, timedelta

from django.db.models import F

from medspil.linking.forgotten_people import links_near
from medspil.linking.models import LinkParty
from medspil.mapping.withdrawal import also_forgets
from medspil.organisations.forgetting import Person
from medspil.organisations.forgetting import also_forgets as also_forgets_person
from medspil.progress.models import CalendarFeed, Digest, Moment, Referral

KEPT_FOR = timedelta(days=730)  # the privacy page tells this number


def forget_old_referrals(*, now: datetime) -> int:
    """Forget the words of referrals of two years ago; return how many."""
    old = Referral.objects.filter(created_at__lt=now - KEPT_FOR).exclude(text="", answer="")
    return old.update(text="", answer="")


@also_forgets
def forget_with_people(resources: list[int], _now: datetime) -> None:
    """Forget the words of referrals of links in which people take part who took their consent back."""
    links = LinkParty.objects.filter(resource__in=resources).values("link")
    Referral.objects.filter(link__in=links).update(text="", answer="")


@also_forgets_person
def forget_person_here(person: Person) -> None:
    """Take a person's name out of referrals and moments near her, and end her digest and calendar."""
    near = links_near(person).values("pk")
    for one in Referral.objects.filter(link__in=near).exclude(text="", answer=""):
        text, answer = person.taken_out(one.text), person.taken_out(one.answer)
        if (text, answer) != (one.text, one.answer):
            Referral.objects.filter(pk=one.pk).update(text=text, answer=answer, version=F("version") + 1)
    for moment in Moment.objects.filter(partnership__link__in=near):
        if (words := person.taken_out(moment.words)) != moment.words:
            Moment.objects.filter(pk=moment.pk).update(words=words, version=F("version") + 1)
    Digest.objects.filter(user=person.user).delete()
    CalendarFeed.objects.filter(user=person.user).delete()

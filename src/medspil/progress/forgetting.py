"""Forgets what colleagues wrote each other about a link: in time, when a person in it takes the consent back, and with
whoever asks to be forgotten, whose digest and calendar end as well.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from medspil.linking.forgotten_people import links_near
from medspil.linking.mention_texts import NO_WORDS, also_reads
from medspil.linking.models import LinkParty
from medspil.mapping.withdrawal import also_forgets
from medspil.organisations.forgetting import Person
from medspil.organisations.forgetting import also_forgets as also_forgets_person
from medspil.partnerships.forgetting import KEPT_FOR
from medspil.progress.models import CalendarFeed, Digest, Moment, Referral


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
        person.take_out_of(one, "text", "answer")
    for moment in Moment.objects.filter(partnership__link__in=near):
        person.take_out_of(moment, "words")
    Digest.objects.filter(user=person.user).delete()
    CalendarFeed.objects.filter(user=person.user).delete()


also_reads("handed", _("what was written when a link was handed on to a colleague"), Referral, "text", way="link")
also_reads("returned", _("what a colleague answered to whom it was handed on"), Referral, "answer", way="link")
also_reads(
    "moment", _("what others heard of a partnership, or what was celebrated"), Moment, "words",
    way="partnership__link", left=NO_WORDS,
)  # fmt: skip

"""Forgets what colleagues wrote each other about a link: in time, when a person in it takes the consent back, and with
whoever asks to be forgotten, whose digest and calendar end as well.
"""

from datetime import datetime

from django.db.models import F

from medspil.linking.forgotten_people import links_near
from medspil.linking.mentions import NO_WORDS, Deleting, also_reads
from medspil.linking.models import LinkParty, Where
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


def _deletes(model: type[Referral | Moment], name: str, *, left: str = "") -> Deleting:
    """Return a function that deletes one text of a record; whoever has it open does not bring it back."""

    def delete(pk: int, _now: datetime) -> None:
        model._default_manager.filter(pk=pk).update(**{name: left}, version=F("version") + 1)

    return delete


also_reads(Where.HANDED, Referral, "text", "link", delete=_deletes(Referral, "text"))
also_reads(Where.RETURNED, Referral, "answer", "link", delete=_deletes(Referral, "answer"))
also_reads(Where.MOMENT, Moment, "words", "partnership__link", delete=_deletes(Moment, "words", left=NO_WORDS))

"""Forgets what was kept long enough: contacts nobody used, people nothing was heard of, lists, words of answers."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from medspil.accounts.one_time_links import forget_expired
from medspil.mapping.files import forget_old_lists
from medspil.mapping.models import PERSON, HowEnded, Inquiry, Resource, ResourceContact
from medspil.mapping.services.people import delete_contact
from medspil.mapping.withdrawal import withdraw_consent

SILENCE = timedelta(days=730)  # the privacy page and the glossary tell this number


def forget_what_is_silent(*, now: datetime) -> int:
    """Forget contacts and people after two years without a word; return how many. Done again, it changes nothing."""
    silent = ResourceContact.objects.filter(_silent(now)).select_related("resource").order_by("pk")
    forgotten = 0
    for contact in list(silent):
        delete_contact(contact=contact, by=None, now=now)
        forgotten += 1
    for person in list(_silent_people(now)):
        withdraw_consent(resource=person, how=HowEnded.SILENCE, by=None, now=now)
        forgotten += 1
    since = timezone.localdate(now - SILENCE)
    Inquiry.objects.filter(answered_on__lt=since).exclude(text="").update(text="")
    forget_old_lists(now=now)
    forget_expired(now=now)
    return forgotten


def _silent(now: datetime) -> Q:
    return Q(used_at=None, created_at__lt=now - SILENCE) | Q(used_at__lt=now - SILENCE)


def _silent_people(now: datetime) -> list[Resource]:
    """Return people who have neither said yes, nor confirmed, nor been reached for two years, put away or not."""
    since = timezone.localdate(now - SILENCE)
    people = Resource.objects.filter(kind=PERSON, withdrawn_on=None, merged_into=None, consented_on__lt=since)
    people = people.filter(Q(confirmed_on=None) | Q(confirmed_on__lt=since))
    reached = ResourceContact.objects.exclude(_silent(now)).values("resource")
    return list(people.exclude(pk__in=reached).order_by("pk"))

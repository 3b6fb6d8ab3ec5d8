"""Forgets who came on walks and what was noted there: in time, with a consent taken back, or when somebody asks."""

from datetime import datetime

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from medspil.accounts.one_time_links import revoke_about
from medspil.linking.forgotten_people import links_near
from medspil.linking.mention_texts import NO_WORDS, also_reads
from medspil.linking.mentions import nothing_to_look_at
from medspil.mapping.withdrawal import also_forgets
from medspil.notices.forgetting import forget_about
from medspil.organisations.forgetting import Person
from medspil.organisations.forgetting import also_forgets as also_forgets_person
from medspil.partnerships.forgetting import KEPT_FOR
from medspil.walks.models import Attendee, AttendeeQuerySet, Skipping, SkipReason, StopNote, Walk, WalkStop


def forget_old_walks(*, now: datetime) -> int:
    """Forget who came on walks of two years ago and what was noted there; return how many. Twice is once."""
    old = Walk.objects.filter(starts_at__lt=now - KEPT_FOR, forgotten_at=None)
    keys = list(old.values_list("pk", flat=True))
    _forget_attendees(Attendee.objects.filter(walk__in=keys), now)
    WalkStop.objects.filter(walk__in=keys).update(shower="", version=F("version") + 1)
    StopNote.objects.filter(stop__walk__in=keys).update(text="", amount="", version=F("version") + 1)
    return Walk.objects.filter(pk__in=keys).update(why="", forgotten_at=now, version=F("version") + 1)


@also_forgets
def forget_with_people(resources: list[int], now: datetime) -> None:
    """Delete the stops at people who took their consent back, with what was noted there; forget who came for them."""
    stops = list(WalkStop.objects.filter(resource__in=resources).values_list("pk", flat=True))
    notes = list(StopNote.objects.filter(stop__in=stops).values_list("pk", flat=True))
    nothing_to_look_at(WalkStop, stops)
    nothing_to_look_at(StopNote, notes)
    WalkStop.objects.filter(pk__in=stops).delete()
    _forget_attendees(Attendee.objects.filter(side__resource__in=resources), now)


@also_forgets_person
def forget_person_on_walks(person: Person) -> None:
    """Forget where a person with an account came under an address, and take her name out of what was written of walks.

    Where she came with her account she is named by it, and forgotten with it.
    """
    for email in person.emails:
        forget_attendees_at(email=email, now=person.now)
    near = links_near(person).values("pk")
    named = Attendee.objects.filter(walk__link__in=near, name__in=person.names)
    _forget_attendees(named, person.now)
    for walk in Walk.objects.filter(link__in=near):
        person.take_out_of(walk, "meeting_place", "why")
    for stop in WalkStop.objects.filter(walk__link__in=near):
        person.take_out_of(stop, "title", "shows", "shower")
    for noted in StopNote.objects.filter(stop__walk__link__in=near):
        person.take_out_of(noted, "text")
    for skipped in Skipping.objects.filter(partnership__link__in=near).exclude(words=""):
        person.take_out_of(skipped, "words")


def forget_attendees_at(*, email: str, now: datetime) -> int:
    """Forget at once whoever came with an address, and the mails to her about walks; return how many rows."""
    address = email.strip()
    return _forget_attendees(Attendee.objects.filter(email__iexact=address), now) if address else 0


def delete_no_walk(pk: int, _now: datetime) -> None:
    """Take the words away with which a walk was skipped; another reason than those of the list keeps a sign."""
    rows = Skipping.objects.filter(pk=pk)
    rows.filter(reason=SkipReason.OTHER).update(words=NO_WORDS, version=F("version") + 1)
    rows.exclude(reason=SkipReason.OTHER).update(words="", version=F("version") + 1)


def delete_shown(pk: int, _now: datetime) -> None:
    """Take away what is shown at a stop, and who shows it."""
    WalkStop.objects.filter(pk=pk).update(shows="", shower="", version=F("version") + 1)


def delete_noted(pk: int, _now: datetime) -> None:
    """Delete a note."""
    StopNote.objects.filter(pk=pk).delete()


def delete_attendee(pk: int, now: datetime) -> None:
    """Delete who it was that came."""
    _forget_attendees(Attendee.objects.filter(pk=pk), now)


also_reads("meeting", _("where a walk begins"), Walk, "meeting_place", way="link", left=NO_WORDS)
also_reads("off_why", _("why a walk was cancelled"), Walk, "why", way="link")
also_reads("no_walk", _("why there is no walk"), Skipping, "words", way="partnership__link", delete=delete_no_walk)
also_reads("came", _("who comes on a walk"), Attendee, "name", "email_source", way="walk__link", delete=delete_attendee)
also_reads("stop", _("what is seen at a stop of a walk"), WalkStop, "title", way="walk__link", left=NO_WORDS)
also_reads("at_place", _("where a stop of a walk is"), WalkStop, "place", way="walk__link")
also_reads("shows", _("what is shown at a stop of a walk"), WalkStop, "shows", way="walk__link", delete=delete_shown)
also_reads("shower", _("who shows it at a stop of a walk"), WalkStop, "shower", way="walk__link", delete=delete_shown)
also_reads(
    "noted", _("what was noted at a stop of a walk"), StopNote, "text", "amount", way="stop__walk__link",
    delete=delete_noted,
)  # fmt: skip


def _forget_attendees(attendees: AttendeeQuerySet, now: datetime) -> int:
    """Take names and addresses out; whoever has an account is named by that, and forgotten with it."""
    found = list(attendees.filter(~Q(name="") | ~Q(email="")))
    forget_about(records=found, now=now)
    for one in found:
        revoke_about(record=one, now=now)
    rows = Attendee.objects.filter(pk__in=[one.pk for one in found])
    return rows.update(name="", email="", email_source="", version=F("version") + 1)

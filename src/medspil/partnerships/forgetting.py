"""Forgets letters and what was said: addresses, names and words, in time or at once when somebody asks for it."""

from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from medspil.linking.forgotten_people import links_near
from medspil.linking.mention_texts import also_reads
from medspil.linking.mentions import nothing_to_look_at
from medspil.linking.models import LinkParty
from medspil.mapping.withdrawal import also_forgets
from medspil.notices.forgetting import forget_about, forget_address
from medspil.organisations.forgetting import Person
from medspil.organisations.forgetting import also_forgets as also_forgets_person
from medspil.partnerships.models import (
    Conversation,
    ConversationQuerySet,
    Pitch,
    PitchQuerySet,
    PitchState,
    Pledge,
)

KEPT_FOR = timedelta(days=730)  # the privacy page tells this number
_NOTHING = {"subject": "", "text": "", "to_name": "", "to_email": "", "to_source": "", "to_purpose": ""}


def forget_old_letters(*, now: datetime) -> int:
    """Forget letters that were sent, or not touched, for two years; return how many. Again, it changes nothing."""
    since = now - KEPT_FOR
    return _forget(Pitch.objects.filter(Q(sent_at__lt=since) | Q(sent_at=None, updated_at__lt=since)), now)


def forget_old_conversations(*, now: datetime) -> int:
    """Forget names and words of conversations of two years ago, and what was promised there; return how many."""
    return _forget_said(Conversation.objects.filter(at__lt=now - KEPT_FOR), now)


@also_forgets
def forget_with_people(resources: list[int], now: datetime) -> None:
    """Forget letters and conversations about links in which people take part who took their consent back."""
    links = list(LinkParty.objects.filter(resource__in=resources).values_list("link", flat=True))
    _forget(Pitch.objects.filter(link__in=links), now)
    _forget_said(Conversation.objects.filter(link__in=links), now)


@also_forgets_person
def forget_person_in_letters(person: Person) -> None:
    """Forget letters to a person with an account, and her name where she stands as our contact or as one of theirs."""
    for email in person.emails:
        forget_letters_to(email=email, now=person.now)
    near = links_near(person).values("pk")
    named = {name.casefold() for name in person.names}
    for pitch in Pitch.objects.filter(Q(contact=person.user) | Q(link__in=near), forgotten_at=None):
        fields = ["subject", "text"] if pitch.contact_id == person.user.pk else []
        if pitch.to_name.casefold() in named:
            fields = ["subject", "text", "to_name", "to_source"]
        person.take_out_of(pitch, *fields)
    for said in Conversation.objects.filter(link__in=near, forgotten_at=None).prefetch_related("pledges"):
        person.take_out_of(said, "their_people")
        for pledge in said.pledges.all():
            person.take_out_of(pledge, "who")


def delete_letter(pk: int, now: datetime) -> None:
    """Delete a letter that names somebody who took her consent back, with its mail."""
    _forget(Pitch.objects.filter(pk=pk), now)


def delete_said(pk: int, now: datetime) -> None:
    """Delete what was said in a conversation, and what was promised there."""
    _forget_said(Conversation.objects.filter(pk=pk), now)


def delete_promise(pk: int, _now: datetime) -> None:
    """Delete the words of a promise, and whose it was."""
    Pledge.objects.filter(pk=pk).update(who="", what="")


also_reads("letter", _("a letter to a side"), Pitch, "text", way="link", delete=delete_letter)
also_reads("heading", _("the subject of a letter to a side"), Pitch, "subject", way="link", delete=delete_letter)
also_reads(
    "to_whom", _("whom a letter to a side is to"), Pitch, "to_name", "to_source", "to_purpose", way="link",
    delete=delete_letter,
)  # fmt: skip
also_reads("said", _("what was said with a side"), Conversation, "text", way="link", delete=delete_said)
also_reads("theirs", _("who took part in a conversation"), Conversation, "their_people", way="link", delete=delete_said)
also_reads("promise", _("what was promised"), Pledge, "what", way="conversation__link", delete=delete_promise)
also_reads("promiser", _("who promised it"), Pledge, "who", way="conversation__link", delete=delete_promise)


def forget_letters_to(*, email: str, now: datetime) -> int:
    """Forget every letter to an address at once, and every mail to it; return how many letters."""
    address = email.strip()
    if not address:
        return 0
    forget_address(email=address, now=now)
    return _forget(Pitch.objects.filter(to_email__iexact=address), now)


def _forget(pitches: PitchQuerySet, now: datetime) -> int:
    """Take everything personal out; a draft that was forgotten is put away for good."""
    found = list(pitches.filter(forgotten_at=None).order_by("pk"))
    if not found:
        return 0
    forget_about(records=list(found), now=now)
    nothing_to_look_at(Pitch, [one.pk for one in found])
    rows = Pitch.objects.filter(pk__in=[one.pk for one in found])
    rows.filter(state=PitchState.DRAFT).update(state=PitchState.PUT_AWAY)
    # A new version: whoever has the letter open at this moment neither saves nor sends it.
    return rows.update(**_NOTHING, forgotten_at=now, version=F("version") + 1)


def _forget_said(conversations: ConversationQuerySet, now: datetime) -> int:
    """Take names and words out, and what was promised; whoever has the entry open does not bring them back."""
    keys = list(conversations.filter(forgotten_at=None).values_list("pk", flat=True))
    pledges = Pledge.objects.filter(conversation__in=keys)
    nothing_to_look_at(Conversation, keys)
    nothing_to_look_at(Pledge, list(pledges.values_list("pk", flat=True)))
    pledges.update(who="", what="")
    nothing = {"their_people": "", "text": "", "forgotten_at": now, "version": F("version") + 1}
    return Conversation.objects.filter(pk__in=keys).update(**nothing)

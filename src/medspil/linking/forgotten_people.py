"""Forgets a person with an account who asks for it: her name in shortlists, and texts of links that may name her."""

from datetime import datetime

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import HistoryEntry
from medspil.linking.deleted_sentences import deleted_sentence
from medspil.linking.mention_texts import NO_WORDS, also_reads
from medspil.linking.mentions import forget_words, look_for
from medspil.linking.models import (
    NOTE,
    Brokerage,
    Candidate,
    Link,
    LinkNote,
    LinkParty,
    LinkQuerySet,
    LinkStep,
    Refusal,
)
from medspil.organisations.forgetting import Person, also_forgets


def links_near(person: Person) -> LinkQuerySet:
    """Return links where she worked, took part for an organisation, or brokered, also before her memberships ended."""
    hers = person.user.memberships.values("organisation")
    places = person.user.memberships.filter(organisation__unit__isnull=False).values("organisation__unit")
    sides = (
        Q(parties__organisation__in=hers) | Q(parties__resource__organisation__in=hers) | Q(parties__unit__in=places)
    )
    near = (
        Q(area__owner__in=hers)
        | Q(area__partners__in=hers)
        | Q(pk__in=Link.objects.filter(sides).values("pk"))
        | Q(pk__in=Brokerage.objects.filter(user=person.user).values("link"))
    )
    return Link.objects.filter(pk__in=Link.objects.filter(near).values("pk"))


@also_forgets
def forget_in_links(person: Person) -> None:
    """Take her name out of the history of shortlists, and have people look at texts of links that may name her."""
    told = HistoryEntry.objects.filter(record_type=Candidate._meta.label_lower, changes__owner__isnull=False)
    for entry in told:
        owners = [person.taken_out(one) for one in entry.changes["owner"]]
        if owners != entry.changes["owner"]:
            entry.changes["owner"] = owners
            entry.save(update_fields=["changes"])
    on = timezone.localdate(person.now)
    for area in sorted(set(links_near(person).order_by().values_list("area", flat=True))):
        look_for(person.names, area=area, on=on)


def delete_sentence(pk: int, now: datetime) -> None:
    """Say in the place of what sides can do together that it is deleted: a link has such a sentence."""
    Link.objects.filter(pk=pk).update(sentence=deleted_sentence(), version=F("version") + 1, updated_at=now)


def delete_words_of_refusal(pk: int, _now: datetime) -> None:
    """Delete the words of a no."""
    forget_words(Refusal.objects.filter(pk=pk))


def delete_note(pk: int, _now: datetime) -> None:
    """Delete a note of an organisation."""
    LinkNote.objects.filter(pk=pk).delete()


also_reads("sentence", _("what they can do together"), Link, "sentence", way="pk", delete=delete_sentence)
also_reads("subject", _("for what of the need it is"), Link, "subject", way="pk")
also_reads("brings", _("what a party brings"), LinkParty, "brings", way="link")
# That they said so still counts.
also_reads("consent", _("who said that we may write, and how"), LinkParty, "consent_how", way="link", left=NO_WORDS)
also_reads("step", _("what was written with a step"), LinkStep, "note", way="link")
also_reads("handover", _("what was written when a broker handed over"), Brokerage, "handover", way="link")
also_reads("refusal", _("the words of a no"), Refusal, "words", way="link", delete=delete_words_of_refusal)
also_reads(NOTE, _("a note of your own organisation"), LinkNote, "text", way="link", delete=delete_note)

"""Forgets who filled in and whom we asked, in time and at once; and all words of a person who took the consent back."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from medspil.alignment.models import Difference, Edition, Invitation, Outcome, Sheet, Verdict
from medspil.linking.forgotten_people import links_near
from medspil.linking.mention_texts import NO_WORDS, also_reads
from medspil.mapping.withdrawal import also_forgets
from medspil.notices.forgetting import forget_about
from medspil.organisations.forgetting import Person
from medspil.organisations.forgetting import also_forgets as also_forgets_person
from medspil.partnerships.forgetting import KEPT_FOR

_TEXTS: dict[type[models.Model], tuple[str, ...]] = {
    Sheet: ("answers",),
    Edition: ("answers", "by_name", "said_by", "confirmed_name"),
    Difference: ("text", "sentence"),
    Verdict: ("by_name",),
}


def forget_old_alignment(*, now: datetime) -> int:
    """Forget names, addresses and drafts of two years ago; return how many rows. Again, it changes nothing.

    What a side handed in stays: it is the ground of an agreement.
    """
    since = now - KEPT_FOR
    named = Edition.objects.filter(handed_in_at__lt=since).exclude(by_name="", said_by="", confirmed_name="")
    found = named.update(by_name="", said_by="", confirmed_name="")
    found += Verdict.objects.filter(at__lt=since).exclude(by_name="").update(by_name="")
    found += _forget_asked(Invitation.objects.filter(sent_at__lt=since), now)
    drafts = Sheet.objects.filter(updated_at__lt=since).exclude(answers={})
    return found + drafts.update(answers={}, version=F("version") + 1)


@also_forgets
def forget_with_people(resources: list[int], now: datetime) -> None:
    """Forget all that was written by and for people who took their consent back."""
    theirs = Q(partner__side__resource__in=resources)
    Sheet.objects.filter(theirs).update(answers={}, version=F("version") + 1)
    Edition.objects.filter(theirs).update(answers={}, by_name="", said_by="", confirmed_name="")
    Verdict.objects.filter(theirs).update(by_name="")
    _forget_asked(Invitation.objects.filter(theirs), now)


@also_forgets_person
def forget_person_in_alignment(person: Person) -> None:
    """Forget a person with an account: where she was asked, wrote or said something, and where words name her."""
    addressed = Q()
    for email in person.emails:
        addressed |= Q(to_email__iexact=email)
    if addressed:
        _forget_asked(Invitation.objects.filter(addressed), person.now)
    near = links_near(person).values("pk")
    for model, fields in _TEXTS.items():
        way = "partnership" if model is Difference else "partner__partnership"
        for row in model._default_manager.filter(**{f"{way}__link__in": near}):
            person.take_out_of(row, *fields)


def delete_sentence(pk: int, _now: datetime) -> None:
    """Delete the sentence that settled a difference; it is open again."""
    opened = {"outcome": Outcome.OPEN, "wording": F("wording") + 1}
    Difference.objects.filter(pk=pk).update(sentence="", version=F("version") + 1, **opened)


def delete_asked(pk: int, now: datetime) -> None:
    """Delete whom a side's sheet was sent to."""
    _forget_asked(Invitation.objects.filter(pk=pk), now)


_OF_SIDE = "partner__partnership__link"
# What is deleted of a side's words, it can write anew.
also_reads("wants", _("what a side of a partnership wants"), Edition, "answers", way=_OF_SIDE)
also_reads("sheet", _("what a side is writing of what it wants"), Sheet, "answers", way=_OF_SIDE)
also_reads(
    "wrote", _("who wrote or confirmed what a side wants"), Edition, "by_name", "said_by", "confirmed_name",
    way=_OF_SIDE,
)  # fmt: skip
also_reads(
    "invited", _("who was asked what a side wants"), Invitation, "to_name", "to_source", way=_OF_SIDE,
    delete=delete_asked,
)  # fmt: skip
also_reads(
    "differs", _("what differs between the sides of a partnership"), Difference, "text", way="partnership__link",
    left=NO_WORDS,
)  # fmt: skip
also_reads(
    "settles", _("how a difference is settled"), Difference, "sentence", way="partnership__link",
    delete=delete_sentence,
)  # fmt: skip
also_reads("verdict", _("who said that a difference is settled"), Verdict, "by_name", way=_OF_SIDE)


def _forget_asked(asked: "QuerySet[Invitation]", now: datetime) -> int:
    rows = list(asked.exclude(to_email="", to_name="", to_source="").select_related("link"))
    if not rows:
        return 0
    forget_about(records=[one.link for one in rows], now=now)
    keys = [one.pk for one in rows]
    return Invitation.objects.filter(pk__in=keys).update(to_email="", to_name="", to_source="", remind_on=None)

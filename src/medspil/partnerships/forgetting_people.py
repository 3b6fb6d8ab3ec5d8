"""Forgets the people of the sides and the words of questions: in time, at once by address, and with who asks for it."""

from datetime import datetime

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.one_time_links import forget_recipient
from medspil.linking.forgotten_people import links_near
from medspil.linking.mention_texts import also_reads
from medspil.mapping.withdrawal import also_forgets
from medspil.notices.forgetting import forget_about, forget_address
from medspil.notices.link_mails import close_links
from medspil.organisations.forgetting import Person
from medspil.organisations.forgetting import also_forgets as also_forgets_person
from medspil.partnerships.forgetting import KEPT_FOR
from medspil.partnerships.models import (
    Partner,
    PartnerGain,
    PartnerPerson,
    PartnerPersonQuerySet,
    Partnership,
    Question,
    QuestionQuerySet,
    Standing,
)
from medspil.partnerships.taking_part import leave_with_person

_NOBODY = {
    "user": None, "name": "", "email": "", "phone": "", "source": "", "purpose": "", "may_decide_topics": "",
    "if_leaves": "", "handover": "",
}  # fmt: skip


def forget_old_people_of_sides(*, now: datetime) -> int:
    """Forget who had a part on a side until two years ago, and all of partnerships that ended then; return how many."""
    since = timezone.localdate(now) - KEPT_FOR
    over = Q(partner__partnership__standing=Standing.ENDED, partner__partnership__standing_on__lt=since)
    return _forget_people(PartnerPerson.objects.filter(Q(to_on__lt=since) | over), now)


def forget_old_questions(*, now: datetime) -> int:
    """Forget the words of questions that were asked two years ago, and of their answers; return how many."""
    since = timezone.localdate(now) - KEPT_FOR
    return _forget_words(Question.objects.filter(asked_on__lt=since), now)


@also_forgets
def forget_in_partnerships(resources: list[int], now: datetime) -> None:
    """Let people leave who took their consent back, and forget what stands here of them and by them."""
    leave_with_person(resources, now, timezone.localdate(now))
    sides = Partner.objects.filter(side__resource__in=resources)
    _forget_people(PartnerPerson.objects.filter(partner__in=sides), now)
    _forget_words(Question.objects.filter(Q(asked_of__in=sides) | Q(put_by__in=sides)), now)
    gains = PartnerGain.objects.filter(partner__in=sides)
    gains.filter(code="").delete()
    gains.update(words="", confirmed_as="", version=F("version") + 1)
    sides.update(left_why="")


@also_forgets_person
def forget_person_in_partnerships(person: Person) -> None:
    """Forget a person with an account where she has a part on a side, and take her name out of questions near her."""
    for email in person.emails:
        forget_people_at(email=email, now=person.now)
    _forget_people(PartnerPerson.objects.filter(user=person.user), person.now)
    near = links_near(person).values("pk")
    for question in Question.objects.filter(partnership__link__in=near, forgotten_at=None):
        person.take_out_of(question, "text", "answer")
    for one in PartnerPerson.objects.filter(partner__partnership__link__in=near, forgotten_at=None):
        person.take_out_of(one, "name", "may_decide_topics", "if_leaves", "handover")


def forget_people_at(*, email: str, now: datetime) -> int:
    """Forget whoever of a side is written to at an address, with mails and links, at once; return how many."""
    address = email.strip()
    if not address:
        return 0
    forget_address(email=address, now=now)
    forget_recipient(email=address, now=now)
    return _forget_people(PartnerPerson.objects.filter(email__iexact=address), now)


def _forget_people(people: PartnerPersonQuerySet, now: datetime) -> int:
    """Take everything personal out, and end a part that goes on: nobody can be asked whom nobody knows."""
    keys = list(people.filter(forgotten_at=None).values_list("pk", flat=True))
    rows, today = PartnerPerson.objects.filter(pk__in=keys), timezone.localdate(now)
    rows.filter(to_on=None, from_on__lte=today).update(to_on=today)
    rows.filter(to_on=None).update(to_on=F("from_on"))
    return rows.update(**_NOBODY, forgotten_at=now, version=F("version") + 1)


def _forget_words(questions: QuestionQuerySet, now: datetime) -> int:
    """Take the words out; what still waited is taken back, as nobody could answer it."""
    found = list(questions.filter(forgotten_at=None).order_by("pk"))
    for question in found:
        close_links(question, now=now)
    forget_about(records=found, now=now)
    rows = Question.objects.filter(pk__in=[one.pk for one in found])
    rows.filter(answered_on=None, dropped_at=None).update(dropped_at=now)
    return rows.update(text="", answer="", forgotten_at=now, version=F("version") + 1)


def delete_person(pk: int, now: datetime) -> None:
    """Delete a person of a side, with all that was written of her."""
    _forget_people(PartnerPerson.objects.filter(pk=pk), now)


def delete_question(pk: int, now: datetime) -> None:
    """Delete the words of a question and of its answer."""
    _forget_words(Question.objects.filter(pk=pk), now)


def delete_gain(pk: int, _now: datetime) -> None:
    """Delete a side's own words about a gain, and the gain itself where it was nothing but words."""
    rows = PartnerGain.objects.filter(pk=pk)
    rows.filter(code="").delete()
    rows.update(words="")


def delete_name(pk: int, _now: datetime) -> None:
    """Call a partnership by its number alone."""
    Partnership.objects.filter(pk=pk).update(name=f"#{pk}", version=F("version") + 1)


_OF_SIDE = "partner__partnership__link"
also_reads("named", _("what a partnership is called"), Partnership, "name", way="link", delete=delete_name)
also_reads("idea", _("the idea that carries a partnership"), Partnership, "idea", way="link")
also_reads("stood", _("why a partnership pauses or ended"), Partnership, "standing_why", way="link")
also_reads("worked", _("what worked in a partnership that ended"), Partnership, "worked", way="link")
also_reads("again", _("what one would do again after a partnership"), Partnership, "again", way="link")
also_reads("left", _("why a side left a partnership"), Partner, "left_why", way="partnership__link")
also_reads("gained", _("what a side gains, in its own words"), PartnerGain, "words", way=_OF_SIDE, delete=delete_gain)
also_reads("as_what", _("as what somebody confirmed a gain"), PartnerGain, "confirmed_as", way=_OF_SIDE)
_OF_QUESTION = "partnership__link"
also_reads("asked", _("a question in a partnership"), Question, "text", way=_OF_QUESTION, delete=delete_question)
also_reads(
    "reply", _("the answer to a question in a partnership"), Question, "answer", way=_OF_QUESTION,
    delete=delete_question,
)  # fmt: skip
also_reads(
    "person", _("a person of a side, and what she may decide"), PartnerPerson,
    "name", "may_decide_topics", "source", "purpose", way=_OF_SIDE, delete=delete_person,
)  # fmt: skip
also_reads("function", _("what somebody of a side is there"), PartnerPerson, "function", way=_OF_SIDE)
also_reads(
    "if_gone", _("what happens if somebody of a side leaves"), PartnerPerson, "if_leaves", way=_OF_SIDE,
    delete=delete_person,
)  # fmt: skip
also_reads(
    "passed", _("what one person of a side handed on to the next"), PartnerPerson, "handover", way=_OF_SIDE,
    delete=delete_person,
)  # fmt: skip

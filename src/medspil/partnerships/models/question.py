"""The answer clock: what one side asks another, by when an answer was promised, and what became of it."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.common.models import Versioned
from medspil.partnerships.models.doors import within
from medspil.partnerships.models.partnership import Partner, Partnership

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions to the questions."""

    def visible_to(self, user: "User | AnonymousUser") -> "QuestionQuerySet":
        """Return questions of partnerships that a person leads, and those that her own sides put or were put."""
        if not user.is_authenticated:
            return self.none()
        own = Partner.objects.of(user).values("pk")
        own_question = models.Q(asked_of__in=own) | models.Q(put_by__in=own)
        return self.filter(within(user, "partnership__", sides=False) | own_question)

    def open(self) -> "QuestionQuerySet":
        """Return questions that wait for an answer."""
        return self.filter(answered_on=None, dropped_at=None)

    def waiting_for(self, user: User) -> "QuestionQuerySet":
        """Return questions that wait for an answer of a side that a person speaks for and that takes part."""
        return self.open().filter(asked_of__in=Partner.objects.there().of(user).values("pk"))

    def asked_for(self, user: User) -> "QuestionQuerySet":
        """Return questions that a side of hers put, or anybody in a partnership that she leads, to others than her."""
        own = Partner.objects.there().of(user).values("pk")
        led = Partnership.objects.led_by(user).values("pk")
        return self.filter(models.Q(put_by__in=own) | models.Q(partnership__in=led)).exclude(asked_of__in=own)

    def overdue(self, on: date) -> "QuestionQuerySet":
        """Return questions that should have been answered before a day."""
        return self.open().filter(due_on__lt=on)

    def for_page(self) -> "QuestionQuerySet":
        """Return questions with both sides and who wrote, the newest first. One query."""
        records = ("organisation__unit", "unit", "resource__organisation__unit", "resource__unit")
        sides = [f"{end}__side__{record}" for end in ("asked_of", "put_by") for record in records]
        found = self.select_related("partnership__link__area__owner", "asked_by", "answer_noted_by", *sides)
        return found.order_by("-asked_on", "-pk")


class Question(Versioned):
    """A question to one side, from another or from those who lead; due after the working days that were promised.

    Its words are forgotten in time (forgetting.py); its days stay, so that times of answering stay true.
    """

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="questions", verbose_name=_("partnership")
    )
    asked_of = models.ForeignKey(Partner, models.PROTECT, related_name="asked", verbose_name=_("to whom"))
    put_by = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("from whom")
    )
    text = models.TextField(_("question"), blank=True)
    asked_on = models.DateField(_("asked on"))
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("asked by"))
    due_on = models.DateField(_("answer by"))
    answer = models.TextField(_("answer"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    # Nobody where the answer came by a one-time link.
    answer_noted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answer written by")
    )
    to_deputy_on = models.DateField(_("passed on to the deputy"), null=True, blank=True)
    to_chief_on = models.DateField(_("passed on to the chief"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    # Of a question that came by a one-time link: when a mail brought its side the answer.
    answer_told_at = models.DateTimeField(_("answer mailed"), null=True, blank=True)
    forgotten_at = models.DateTimeField(_("forgotten"), null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to a side")
        verbose_name_plural = _("questions to sides")
        indexes = [models.Index(fields=["answered_on", "due_on"], name="question_by_answer_and_due")]

    def __str__(self) -> str:
        return f"{self.partnership_id} {self.due_on} #{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.answered_on is None and self.dropped_at is None

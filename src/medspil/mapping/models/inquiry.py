"""Asking somebody by a one-time link whether what stands here is still right, and the answer."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import OneTimeLink, User
from medspil.areas.models import areas_where
from medspil.mapping.models.contact import ResourceContact
from medspil.mapping.models.resource import Resource
from medspil.organisations.roles import Ability

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class Answer(models.TextChoices):
    """What somebody can answer."""

    RIGHT = "right", _("Still right")
    CHANGED = "changed", _("Something has changed")
    WRONG = "wrong", _("Not right")
    REMOVE = "remove", _("Take me off")


TO_LOOK_AT = (Answer.CHANGED, Answer.WRONG, Answer.REMOVE)


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    """Questions to the inquiries."""

    def visible_to(self, user: "User | AnonymousUser") -> "InquiryQuerySet":
        """Return inquiries about resources in areas where a person may see how people are reached."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(resource__area__in=areas_where(user, Ability.SEE_CONTACTS))

    def unanswered(self, sent_by: date) -> "InquiryQuerySet":
        """Return inquiries that were sent on a day or before and that nobody has answered."""
        return self.filter(answered_on=None, sent_on__lte=sent_by, resource__withdrawn_on=None)

    def waiting(self) -> "InquiryQuerySet":
        """Return answers that ask somebody to look, and that nobody has dealt with."""
        return self.filter(answer__in=TO_LOOK_AT, handled_at=None)

    def for_list(self) -> "InquiryQuerySet":
        """Return inquiries with their resource, the newest first."""
        return self.select_related("resource", "link").order_by("-sent_on", "-pk")


class Inquiry(models.Model):
    """One question to one contact about one resource."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="inquiries", verbose_name=_("resource"))
    contact = models.ForeignKey(
        ResourceContact, models.SET_NULL, null=True, related_name="+", verbose_name=_("contact")
    )
    link = models.OneToOneField(OneTimeLink, models.PROTECT, related_name="+", verbose_name=_("one-time link"))
    sent_on = models.DateField(_("sent"))
    answered_on = models.DateField(_("answered"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer.choices, blank=True)
    text = models.TextField(_("in their own words"), max_length=2000, blank=True)
    handled_at = models.DateTimeField(_("dealt with"), null=True, blank=True)
    handled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("dealt with by"))

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_on=None, answer="")
                | (models.Q(answered_on__isnull=False) & ~models.Q(answer="")),
                name="answer_has_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.sent_on} #{self.pk}"

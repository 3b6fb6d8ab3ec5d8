"""Whom a side was asked by: the address, where it is from, and on which day to remind."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import OneTimeLink, User
from medspil.partnerships.models import Partner, Partnership


class Why(models.TextChoices):
    """What a side is asked for."""

    SHEET = "sheet", _("to fill in its own")
    SETTLE = "settle", _("to look at the differences")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Questions to the invitations."""

    def of(self, partnership: Partnership) -> "InvitationQuerySet":
        """Return those of a partnership, the newest first."""
        return self.filter(partner__partnership=partnership).select_related("by").order_by("-sent_at", "-pk")


class Invitation(models.Model):
    """One question to a side by a one-time link. Name, address and source are forgotten in time."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="invitations", verbose_name=_("partner"))
    why = models.CharField(_("for what"), max_length=6, choices=Why.choices)
    link = models.OneToOneField(OneTimeLink, models.PROTECT, related_name="+", verbose_name=_("one-time link"))
    to_email = models.EmailField(_("e-mail"), blank=True)
    to_name = models.CharField(_("name"), max_length=120, blank=True)
    to_source = models.CharField(_("where we have it from"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=2)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("asked by"))
    sent_at = models.DateTimeField(_("sent"))
    remind_on = models.DateField(_("remind on"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to a side")
        verbose_name_plural = _("questions to sides")

    def __str__(self) -> str:
        return f"{self.partner_id} {self.why} #{self.pk}"

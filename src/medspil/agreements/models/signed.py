"""What is never changed once it is there: the text that was proposed, who confirmed it, and the paper made of it.

The database itself refuses to change these rows (see `guards`). The one thing that may happen to them is forgetting:
what names people goes, and that something stood there, with its hash, stays.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import OneTimeLink, User
from medspil.agreements.models.agreement import Agreement
from medspil.common.frozen import Frozen, FrozenQuerySet
from medspil.partnerships.models import Partner


class FrozenTextQuerySet(FrozenQuerySet["FrozenText"]):
    """Questions to the frozen texts."""


class FrozenText(Frozen):
    """What a version said when it was proposed: its content, the text made of it, and the hash of that text."""

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="frozen", verbose_name=_("agreement"))
    content = models.JSONField(_("content"))
    text = models.TextField(_("text"))
    sha256 = models.CharField(_("SHA-256 of the text"), max_length=64)
    frozen_at = models.DateTimeField(_("frozen"))

    objects = FrozenTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("frozen text")
        verbose_name_plural = _("frozen texts")

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.sha256[:12]}"


class Way(models.TextChoices):
    """How somebody confirmed."""

    SIGNED_IN = "signed_in", _("signed in")
    LINK = "link", _("by a link sent by mail")


class ConfirmationQuerySet(FrozenQuerySet["Confirmation"]):
    """Questions to the confirmations."""

    def for_page(self) -> "ConfirmationQuerySet":
        """Return confirmations in the order in which they came."""
        return self.select_related("partner").order_by("at", "pk")


class Confirmation(Frozen):
    """One side says yes to exactly one version, by its hash: who, in which role, with which mandate, when."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="confirmations", verbose_name=_("agreement"))
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="confirmations", verbose_name=_("for"))
    sha256 = models.CharField(_("SHA-256 of the text"), max_length=64)
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=120)
    mandate = models.CharField(_("mandate"), max_length=300)
    at = models.DateTimeField(_("when"))
    way = models.CharField(_("how"), max_length=9, choices=Way.choices)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("account"))

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        constraints = [models.UniqueConstraint(fields=["agreement", "partner"], name="one_confirmation_per_partner")]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.partner_id}"


class PaperQuerySet(FrozenQuerySet["Paper"]):
    """Questions to the papers."""


class Paper(Frozen):
    """The PDF of a version that all have confirmed, made once in each language and kept as it was."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="papers", verbose_name=_("agreement"))
    language = models.CharField(_("language"), max_length=2)
    pdf = models.BinaryField(_("PDF"))
    pages = models.PositiveSmallIntegerField(_("pages"))
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    made_at = models.DateTimeField(_("made"))

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper of an agreement")
        verbose_name_plural = _("papers of agreements")
        constraints = [models.UniqueConstraint(fields=["agreement", "language"], name="one_paper_per_language")]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.language}"


class ConfirmationRequestQuerySet(models.QuerySet["ConfirmationRequest"]):
    """Questions to what was asked."""

    def known(self) -> "ConfirmationRequestQuerySet":
        """Return those whose address has not been forgotten, in the order in which they were asked."""
        return self.filter(forgotten_at=None).order_by("asked_at", "pk")


class ConfirmationRequest(models.Model):
    """Somebody of a side was asked by mail to confirm a version; the address is kept until the version is settled."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="requests", verbose_name=_("agreement"))
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="requests", verbose_name=_("of"))
    to_email = models.EmailField(_("address"), blank=True)
    to_name = models.CharField(_("name"), max_length=120, blank=True)
    source = models.CharField(_("where we have the address from"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=2, default="da")
    link = models.ForeignKey(OneTimeLink, models.SET_NULL, null=True, related_name="+", verbose_name=_("one-time link"))
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("asked by"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    forgotten_at = models.DateTimeField(_("forgotten"), null=True, blank=True)

    objects = ConfirmationRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a confirmation")
        verbose_name_plural = _("requests for confirmations")

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.partner_id} #{self.pk}"

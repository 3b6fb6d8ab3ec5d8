"""Moments of a partnership that others heard of, or that were celebrated together: advice 11 and 12."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.common.models import Versioned
from medspil.partnerships.models import Partnership, partnerships_seen

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class MomentKind(models.TextChoices):
    """What kind of moment it was."""

    TOLD = "told", _("we told others about it")
    CELEBRATED = "celebrated", _("we celebrated a result together")


class MomentQuerySet(models.QuerySet["Moment"]):
    """Questions to the moments."""

    def visible_to(self, user: "User | AnonymousUser", *, on: date) -> "MomentQuerySet":
        """Return moments of the partnerships that a person sees on a day."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(partnership__in=partnerships_seen(user, on))

    def standing(self) -> "MomentQuerySet":
        """Return those that were not taken back, the newest first."""
        return self.filter(undone_at=None).order_by("-on", "-pk")


class Moment(Versioned):
    """A day on which others heard of a partnership, or a result was celebrated, in a sentence."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="moments", verbose_name=_("partnership"))
    kind = models.CharField(_("what it was"), max_length=10, choices=MomentKind.choices)
    on = models.DateField(_("when"))
    words = models.CharField(_("in a sentence"), max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("noted by"))
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = MomentQuerySet.as_manager()

    class Meta:
        verbose_name = _("moment")
        verbose_name_plural = _("moments")

    def __str__(self) -> str:
        return f"{self.partnership_id} {self.kind} {self.on} #{self.pk}"

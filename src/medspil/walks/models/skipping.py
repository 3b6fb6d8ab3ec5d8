"""That a partnership goes on to its agreement without a walk, and why."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.common.models import Versioned
from medspil.partnerships.models import Partnership, partnerships_seen

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class SkipReason(models.TextChoices):
    """Why there is no walk before the agreement."""

    KNOWN = "known", _("They know the area already")
    WALKED = "walked", _("We have walked there together before")
    FAR = "far", _("They are too far away to come")
    HURRY = "hurry", _("It cannot wait for a walk")
    NO_PLACE = "no_place", _("What we do together has no place in the area")
    THEIR_WISH = "their_wish", _("They would rather not")
    OTHER = "other", _("Something else")


class SkippingQuerySet(models.QuerySet["Skipping"]):
    """Questions to the walks that were skipped."""

    def visible_to(self, user: "User | AnonymousUser", *, on: date) -> "SkippingQuerySet":
        """Return those of the partnerships that a person sees."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(partnership__in=partnerships_seen(user, on))

    def standing(self) -> "SkippingQuerySet":
        """Return those that were not taken back."""
        return self.filter(undone_at=None)


class Skipping(Versioned):
    """That somebody chose to skip the walk of a partnership: why, in a word of a table and in words of her own."""

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="skipped_walks", verbose_name=_("partnership")
    )
    reason = models.CharField(_("why"), max_length=10, choices=SkipReason.choices)
    words = models.CharField(_("in words"), max_length=300, blank=True)
    skipped_on = models.DateField(_("skipped on"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("skipped by"))
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = SkippingQuerySet.as_manager()

    class Meta:
        verbose_name = _("skipped walk")
        verbose_name_plural = _("skipped walks")
        constraints = [
            models.UniqueConstraint(
                fields=["partnership"], condition=models.Q(undone_at=None), name="walk_is_skipped_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=SkipReason.OTHER) | ~models.Q(words=""),
                name="another_reason_is_said_in_words",
                violation_error_message=_("Say in words why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership_id} {self.reason} #{self.pk}"

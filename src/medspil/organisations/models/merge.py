"""Merges of two records of the same organisation: what was moved and changed, so that it can be taken back."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.organisations.models.party import Organisation

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class MergeQuerySet(models.QuerySet["Merge"]):
    """Questions to the merges."""

    def visible_to(self, user: "User | AnonymousUser") -> "MergeQuerySet":
        """Return merges into organisations that a person may see."""
        return self.filter(kept__in=Organisation.objects.visible_to(user))

    def standing(self) -> "MergeQuerySet":
        """Return merges that were not taken back, newest first, with what a page shows of them."""
        return self.filter(undone_at=None).select_related("kept", "gone", "by").order_by("-at", "-pk")


class Merge(models.Model):
    """One organisation went into another. Both keep their history; the steps say what moved, to take it back."""

    kept = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("kept"))
    gone = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("merged into it"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))
    steps = models.JSONField(_("what moved"), default=list)  # see accounts/merging.py
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("taken back by"))
    undone_at = models.DateTimeField(_("taken back"), null=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge of organisations")
        verbose_name_plural = _("merges of organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=models.Q(undone_at=None), name="one_standing_merge_per_organisation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id} {self.at:%Y-%m-%d}"

"""Files with resources on their way in, and merges of two rows of the same."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.models import Area, areas_where
from medspil.mapping.models.resource import Resource
from medspil.organisations.roles import Ability

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class ResourceListQuerySet(models.QuerySet["ResourceList"]):
    """Questions to the lists."""

    def visible_to(self, user: "User | AnonymousUser") -> "ResourceListQuerySet":
        """Return lists brought into areas where a person may add resources."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(area__in=areas_where(user, Ability.MAP_RESOURCES))

    def waiting(self) -> "ResourceListQuerySet":
        """Return lists that were read and not brought in."""
        return self.filter(applied_at=None).exclude(rows=[])


class ResourceList(models.Model):
    """A file of resources: its cells wait here between reading and bringing in, a week at the most."""

    creation_key = models.UUIDField(_("creation key"), unique=True)
    area = models.ForeignKey(Area, models.CASCADE, related_name="+", verbose_name=_("area"))
    name = models.CharField(_("file"), max_length=200)
    header = models.JSONField(_("header"), default=list)
    first_row = models.PositiveIntegerField(_("row of the header"), default=1)
    rows = models.JSONField(_("rows"), default=list)  # [row number, [cells]]; emptied once it was brought in
    columns = models.JSONField(_("columns"), default=dict)  # {field: name of the column}
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who"))
    created_at = models.DateTimeField(_("created"))
    applied_at = models.DateTimeField(_("brought in"), null=True, blank=True)
    added = models.PositiveIntegerField(_("added"), default=0)
    known = models.PositiveIntegerField(_("known already"), default=0)
    merged = models.PositiveIntegerField(_("merged"), default=0)

    objects = ResourceListQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of resources")
        verbose_name_plural = _("lists of resources")

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class ResourceMergeQuerySet(models.QuerySet["ResourceMerge"]):
    """Questions to the merges."""

    def visible_to(self, user: "User | AnonymousUser") -> "ResourceMergeQuerySet":
        """Return merges into resources that a person may see."""
        return self.filter(kept__in=Resource.objects.visible_to(user))

    def standing(self) -> "ResourceMergeQuerySet":
        """Return merges that were not taken back, the newest first, with what a page shows of them."""
        return self.filter(undone_at=None).select_related("kept", "gone", "by").order_by("-at", "-pk")


class ResourceMerge(models.Model):
    """One resource went into another. Both keep their history; the steps say what moved, to take it back."""

    kept = models.ForeignKey(Resource, models.CASCADE, related_name="+", verbose_name=_("kept"))
    gone = models.ForeignKey(Resource, models.CASCADE, related_name="+", verbose_name=_("merged into it"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))
    steps = models.JSONField(_("what moved"), default=list)  # see accounts/merging.py
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("taken back by"))
    undone_at = models.DateTimeField(_("taken back"), null=True)

    objects = ResourceMergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge of resources")
        verbose_name_plural = _("merges of resources")
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=models.Q(undone_at=None), name="one_standing_merge_per_resource"
            )
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id} {self.at:%Y-%m-%d}"

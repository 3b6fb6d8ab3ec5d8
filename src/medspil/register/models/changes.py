"""What an import changed about a unit that people near it want to hear of: new, moved, ceased, turned protected …"""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from medspil.register.models.imports import ImportRun, ImportState
from medspil.register.models.units import Unit

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.contrib.auth.models import AnonymousUser

    from medspil.accounts.models import User

Box = tuple[float, float, float, float]
"""West, south, east and north in metres (EPSG:25832)."""


class ChangeKind(models.TextChoices):
    """What happened to a unit from one import to the next."""

    NEW = "new", pgettext_lazy("company", "new")
    BACK = "back", _("in business again")
    MOVED = "moved", pgettext_lazy("company", "moved")
    CEASED = "ceased", pgettext_lazy("company", "ceased")
    GONE = "gone", _("no longer in the register")
    CLOSING = "closing", _("bankrupt or being wound up")
    PROTECTED = "protected", _("now protected from advertising")
    LIFTED = "lifted", _("no longer protected from advertising")
    RENAMED = "renamed", _("has a new name")
    TRADE = "trade", _("has a new industry")


CLOSED = (ChangeKind.CEASED, ChangeKind.GONE, ChangeKind.CLOSING)


class UnitChangeQuerySet(models.QuerySet["UnitChange"]):
    """Questions to the changes. Like the register, they are the same for all who may look companies up."""

    def visible_to(self, user: "User | AnonymousUser") -> "UnitChangeQuerySet":
        """Return all changes to anybody signed in; which of them may look at all, the pages ask of the abilities."""
        return self.all() if user.is_authenticated else self.none()

    def after(self, change: int) -> "UnitChangeQuerySet":
        """Return what was recorded after a change, by its key: keys grow with every import."""
        return self.filter(pk__gt=change)

    def of_latest_imports(self) -> "UnitChangeQuerySet":
        """Return what the newest import of each source changed. One small query before."""
        applied = ImportRun.objects.filter(state=ImportState.APPLIED)
        # The key grows with the day an import was begun; of two, the one that was applied last counts.
        newest = applied.order_by().values("source").annotate(last=Max("finished_at")).values_list("source", "last")
        latest = Q(pk__in=[])
        for source, last in newest:
            latest |= Q(source=source, finished_at=last)
        return self.filter(run__in=list(applied.filter(latest).values_list("pk", flat=True)))

    def in_boxes(self, boxes: "Collection[Box]") -> "UnitChangeQuerySet":
        """Return changes of units that lie in one of the boxes, or lay there before they moved."""
        near = Q(pk__in=[])
        for west, south, east, north in boxes:
            near |= Q(x__range=(west, east), y__range=(south, north))
            near |= Q(old_x__range=(west, east), old_y__range=(south, north))
        return self.filter(near)

    def in_municipality(self, code: str) -> "UnitChangeQuerySet":
        """Return changes of units in a municipality, or that left it."""
        return self.filter(Q(municipality=code) | Q(old_municipality=code))

    def for_list(self) -> "UnitChangeQuerySet":
        """Return changes with unit and import."""
        return self.select_related("unit", "run")


class UnitChange(models.Model):
    """One change of one unit that an import brought. Thrown away after a year: see register.changes."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="unit_changes", verbose_name=_("import"))
    unit = models.ForeignKey(Unit, models.CASCADE, to_field="number", related_name="changes", verbose_name=_("unit"))
    kind = models.CharField(_("kind"), max_length=9, choices=ChangeKind.choices)
    municipality = models.CharField(_("municipality"), max_length=4, blank=True)
    x = models.FloatField(_("east (EPSG:25832)"), null=True)
    y = models.FloatField(_("north (EPSG:25832)"), null=True)
    # Of units that moved only: where they lay before.
    old_municipality = models.CharField(_("municipality before"), max_length=4, blank=True)
    old_x = models.FloatField(_("east before (EPSG:25832)"), null=True)
    old_y = models.FloatField(_("north before (EPSG:25832)"), null=True)
    before = models.CharField(_("before"), max_length=300, blank=True)  # address, name or industry, by kind

    objects = UnitChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a unit")
        verbose_name_plural = _("changes of units")
        indexes = [
            models.Index(fields=["x", "y"], name="change_by_place"),
            models.Index(fields=["old_x", "old_y"], name="change_by_old_place", condition=Q(old_x__isnull=False)),
            models.Index(fields=["municipality"], name="change_by_municipality"),
            models.Index(
                fields=["old_municipality"], name="change_by_old_municipality", condition=~Q(old_municipality="")
            ),
        ]

    def __str__(self) -> str:
        return f"P {self.unit_id} {self.kind} #{self.pk}"

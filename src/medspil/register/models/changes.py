"""What an import changed about a unit that people near it want to hear of: new, moved, ceased, turned protected."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from medspil.register.models.imports import ImportRun, ImportState
from medspil.register.models.units import Unit

if TYPE_CHECKING:
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


def inside(box: Box) -> tuple[Q, Q]:
    """Return the conditions that a changed unit lies in a box, and that it lay there before it moved.

    Two, so that a question can be put as alternatives that each use an index.
    """
    west, south, east, north = box
    return Q(x__range=(west, east), y__range=(south, north)), Q(old_x__range=(west, east), old_y__range=(south, north))


def in_municipality(code: str) -> tuple[Q, Q]:
    """Return the conditions that a changed unit lies in a municipality, and that it did before it moved."""
    return Q(municipality=code), Q(old_municipality=code)


def latest_imports() -> list[int]:
    """Return the keys of the import that was applied last, for each source. One small query."""
    applied = ImportRun.objects.filter(state=ImportState.APPLIED)
    last = applied.filter(source=OuterRef("source")).order_by("-finished_at", "-pk").values("pk")[:1]
    return list(applied.filter(pk=Subquery(last)).values_list("pk", flat=True))


class UnitChangeQuerySet(models.QuerySet["UnitChange"]):
    """Questions to the changes. Like the register, they are the same for all who may look companies up."""

    def visible_to(self, user: "User | AnonymousUser") -> "UnitChangeQuerySet":
        """Return all changes to anybody signed in; which of them may look at all, the pages ask of the abilities."""
        return self.all() if user.is_authenticated else self.none()

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

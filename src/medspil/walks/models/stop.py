"""Stops of walks: what is seen where, who shows it, and how long it takes."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.areas.models import Challenge
from medspil.common.models import Versioned
from medspil.mapping.models import Resource
from medspil.walks.models.walk import Walk

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from medspil.accounts.models import User

MINUTES, MOST_MINUTES = 10, 120


class WalkStopQuerySet(models.QuerySet["WalkStop"]):
    """Questions to the stops. Those of people who took their consent back answer none of them."""

    def visible_to(self, user: "User | AnonymousUser", *, on: date) -> "WalkStopQuerySet":
        """Return the stops of walks whose stops a person sees."""
        return self.filter(walk__in=Walk.objects.open_to(user, on=on))

    def standing(self) -> "WalkStopQuerySet":
        """Return the stops that were not taken out, in the order of the walk, with what they show."""
        there = self.filter(removed_at=None, resource__withdrawn_on=None)
        return there.select_related("challenge", "resource__unit", "resource__organisation__unit").order_by("at", "pk")

    def taken_out(self) -> "WalkStopQuerySet":
        """Return the stops that were taken out and can be put back, the last one first."""
        gone = self.exclude(removed_at=None).filter(resource__withdrawn_on=None)
        return gone.select_related("challenge", "resource").order_by("-removed_at", "pk")


class WalkStop(Versioned):
    """One stop: a challenge, a resource of the map, or whatever somebody wrote; where, how long, who shows what."""

    walk = models.ForeignKey(Walk, models.CASCADE, related_name="stops", verbose_name=_("walk"))
    at = models.PositiveIntegerField(_("place in the order"))
    challenge = models.ForeignKey(
        Challenge, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("challenge")
    )
    resource = models.ForeignKey(
        Resource, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("resource")
    )
    title = models.CharField(_("what is seen"), max_length=160, blank=True)
    place = models.CharField(_("where"), max_length=200, blank=True)
    x = models.FloatField(_("east (EPSG:25832)"), null=True, blank=True)
    y = models.FloatField(_("north (EPSG:25832)"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=MINUTES, validators=[MinValueValidator(0), MaxValueValidator(MOST_MINUTES)]
    )
    shower = models.CharField(_("who shows it"), max_length=120, blank=True)
    shows = models.CharField(_("what is shown"), max_length=300, blank=True)
    removed_at = models.DateTimeField(_("taken out"), null=True, blank=True)

    objects = WalkStopQuerySet.as_manager()

    class Meta:
        verbose_name = _("stop of a walk")
        verbose_name_plural = _("stops of walks")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(challenge=None) | models.Q(resource=None), name="stop_shows_one_thing"
            ),
            models.CheckConstraint(
                condition=models.Q(challenge__isnull=False) | models.Q(resource__isnull=False) | ~models.Q(title=""),
                name="stop_shows_something",
                violation_error_message=_("Say what is seen there."),
            ),
            models.CheckConstraint(
                condition=models.Q(x=None, y=None) | models.Q(x__isnull=False, y__isnull=False),
                name="stop_point_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.walk_id} {self.at} #{self.pk}"

    @property
    def point(self) -> tuple[float, float] | None:
        """Return where it is in metres (EPSG:25832): where somebody placed it, else where its resource is."""
        if self.x is not None and self.y is not None:
            return self.x, self.y
        found = self.resource
        return None if found is None or found.x is None or found.y is None else (found.x, found.y)

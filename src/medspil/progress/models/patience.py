"""How long an area waits for an answer before it is reminded, and before what nobody answers is put away."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.areas.models import Area, areas_where
from medspil.common.models import Versioned
from medspil.organisations.roles import Ability

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from medspil.accounts.models import User

REMIND_AFTER = 14  # days; two weeks leave room for a holiday
LEAST_DAYS, MOST_DAYS = 3, 365


class PatienceQuerySet(models.QuerySet["Patience"]):
    """Questions to the patience of areas."""

    def visible_to(self, user: "User | AnonymousUser") -> "PatienceQuerySet":
        """Return the patience of the areas that a person sees."""
        return self.filter(area__in=areas_where(user, Ability.VIEW_AREA)) if user.is_authenticated else self.none()


class Patience(Versioned):
    """How many days an area waits; without one of its own it waits `REMIND_AFTER` days and puts nothing away."""

    area = models.OneToOneField(Area, models.CASCADE, related_name="patience", verbose_name=_("area"))
    remind_after = models.PositiveSmallIntegerField(_("days until a reminder"), default=REMIND_AFTER)
    # Empty: nothing is put away by itself.
    expire_after = models.PositiveSmallIntegerField(_("days until it is put away"), null=True, blank=True)

    objects = PatienceQuerySet.as_manager()

    class Meta:
        verbose_name = _("patience of an area")
        verbose_name_plural = _("patience of areas")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expire_after=None) | models.Q(expire_after__gt=models.F("remind_after")),
                name="reminded_before_put_away",
                violation_error_message=_("First comes the reminder: put away after more days than that."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.area_id}: {self.remind_after}/{self.expire_after}"

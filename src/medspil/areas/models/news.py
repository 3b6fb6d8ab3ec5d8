"""Up to where a person has read what the register says of companies near an area."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.models.area import Area

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class NewsReadQuerySet(models.QuerySet["NewsRead"]):
    """Questions to the marks."""

    def visible_to(self, user: "User | AnonymousUser") -> "NewsReadQuerySet":
        """Return a person's own marks, and nobody else's."""
        return self.filter(user=user) if user.is_authenticated else self.none()


class NewsRead(models.Model):
    """That a person has read the news of companies near an area, up to a change of the register."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("person"))
    area = models.ForeignKey(Area, models.CASCADE, related_name="+", verbose_name=_("area"))
    change = models.PositiveBigIntegerField(_("last change that was read"))  # a key of register.UnitChange
    read_at = models.DateTimeField(_("read"))

    objects = NewsReadQuerySet.as_manager()

    class Meta:
        verbose_name = _("mark of news read")
        verbose_name_plural = _("marks of news read")
        constraints = [models.UniqueConstraint(fields=["user", "area"], name="one_mark_per_person_and_area")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.area_id} {self.change}"

"""How often a person is told what waits for her, and the address of her calendar."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.common.models import Versioned


class Rhythm(models.TextChoices):
    """How often a digest comes by mail."""

    DAILY = "daily", _("every working day")
    WEEKLY = "weekly", _("on Mondays")
    OFF = "off", _("never")


class Digest(Versioned):
    """One person's digest; whoever has chosen nothing gets it on Mondays."""

    user = models.OneToOneField(User, models.CASCADE, related_name="digest", verbose_name=_("person"))
    rhythm = models.CharField(_("how often"), max_length=6, choices=Rhythm.choices, default=Rhythm.WEEKLY)

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")

    def __str__(self) -> str:
        return f"{self.user_id} {self.rhythm}"


class CalendarFeed(models.Model):
    """The address by which a calendar reads a person's days, until she takes it back; only its fingerprint is kept."""

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_feed", verbose_name=_("person"))
    token_hash = models.CharField(_("fingerprint of the address"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return f"{self.user_id}"

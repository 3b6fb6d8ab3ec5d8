"""What each side gains: expected and experienced, and that the side itself has confirmed it."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.common.models import Versioned
from medspil.partnerships.models.partnership import Partner, partnerships_seen

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class When(models.TextChoices):
    """Whether a side hopes for a gain or has had it."""

    EXPECTED = "expected", _("expected")
    EXPERIENCED = "experienced", _("experienced")


class PartnerGainQuerySet(models.QuerySet["PartnerGain"]):
    """Questions to the gains."""

    def visible_to(self, user: "User | AnonymousUser", *, on: date) -> "PartnerGainQuerySet":
        """Return gains of partnerships that a person sees."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(partner__partnership__in=partnerships_seen(user, on))

    def confirmed(self) -> "PartnerGainQuerySet":
        """Return gains that their side has confirmed itself."""
        return self.exclude(confirmed_at=None)


class PartnerGain(Versioned):
    """A gain of one side: one of the list by its code, with own words or without, or in own words alone."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="gains", verbose_name=_("side"))
    when = models.CharField(_("expected or experienced"), max_length=11, choices=When.choices)
    code = models.CharField(_("gain"), max_length=40, blank=True)
    words = models.CharField(_("own words"), max_length=500, blank=True)
    noted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("noted by")
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )
    # The function of whoever confirmed by a one-time link: "manager", and no name.
    confirmed_as = models.CharField(_("confirmed as"), max_length=120, blank=True)

    objects = PartnerGainQuerySet.as_manager()

    class Meta:
        verbose_name = _("gain of a side")
        verbose_name_plural = _("gains of sides")
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "when", "code"], condition=~models.Q(code=""), name="one_gain_of_a_kind_per_side"
            ),
            models.CheckConstraint(
                condition=~models.Q(code="") | ~models.Q(words=""), name="gain_of_a_side_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.when} {self.code or 'own words'} {self.partner_id} #{self.pk}"

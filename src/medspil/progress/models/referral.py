"""Referrals: one colleague hands a link on to another, who takes it or gives it back."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.models import areas_where
from medspil.common.models import Versioned
from medspil.linking.models import Link
from medspil.organisations.roles import Ability

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class ReferralState(models.TextChoices):
    """What became of a referral."""

    WAITING = "waiting", _("waits for an answer")
    TAKEN = "taken", _("taken on")
    GIVEN_BACK = "given_back", _("given back")
    CALLED_OFF = "called_off", _("called off")


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Questions to the referrals."""

    def visible_to(self, user: "User | AnonymousUser", *, on: date) -> "ReferralQuerySet":
        """Return referrals of links in a person's areas, and of those she works with on a day; never to a side.

        What colleagues write each other is read by those who work with the link: pages ask that before they show it.
        """
        if not user.is_authenticated:
            return self.none()
        works = models.Q(link__in=Link.objects.worked_on_by(user, on=on))
        return self.filter(works | models.Q(link__area__in=areas_where(user, Ability.VIEW_AREA)))

    def waiting(self) -> "ReferralQuerySet":
        """Return those that wait for an answer, the oldest first."""
        return self.filter(state=ReferralState.WAITING).order_by("created_at", "pk")

    def for_page(self) -> "ReferralQuerySet":
        """Return referrals with their people, the newest first."""
        return self.select_related("giver", "taker", "link__area").order_by("-created_at", "-pk")


class Referral(Versioned):
    """A link that one colleague hands on to another: why, and what the other said to it."""

    link = models.ForeignKey(Link, models.CASCADE, related_name="referrals", verbose_name=_("link"))
    giver = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who hands it on"))
    taker = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("to whom"))
    text = models.CharField(_("what to know"), max_length=1_000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ReferralState.choices, default=ReferralState.WAITING)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer = models.CharField(_("what the other said"), max_length=300, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        constraints = [
            models.UniqueConstraint(
                fields=["link"], condition=models.Q(state="waiting"), name="one_referral_of_a_link_waits"
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting", answered_at=None)
                | ~models.Q(state="waiting") & models.Q(answered_at__isnull=False),
                name="referral_answered_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.link_id} {self.state} #{self.pk}"

"""What parties said no to, and why: each reason has consequences until it is taken back."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.models import Area, Challenge, Need, areas_where
from medspil.common.models import Versioned
from medspil.linking.models.doors import spoken_for
from medspil.linking.models.link import Link
from medspil.mapping.models import Resource
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Ability
from medspil.register.models import Unit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class RefusalReason(models.TextChoices):
    """Why a party said no. What each leads to stands in `refusals.REASONS`."""

    WRONG_TIME = "wrong_time", _("not now, ask again later")
    WRONG_KIND = "wrong_kind", _("does not give this kind of resource")
    TOO_FAR = "too_far", _("too far away")
    WRONG_THEME = "wrong_theme", _("does not want to work with this theme")
    NEVER = "never", _("does not want to be asked again")
    OTHER = "other", _("another reason (write it)")


class RefusalQuerySet(models.QuerySet["Refusal"]):
    """Questions to the refusals."""

    def visible_to(self, user: "User | AnonymousUser") -> "RefusalQuerySet":
        """Return what was said to the areas a person may see, and what those said for whom she speaks."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(models.Q(area__in=areas_where(user, Ability.VIEW_AREA)) | spoken_for(user))

    def standing(self, on: date) -> "RefusalQuerySet":
        """Return what holds on a day: not taken back, and the day to ask again has not come."""
        not_over = models.Q(until=None) | models.Q(until__gt=on)
        return self.filter(not_over, undone_at=None)

    def for_page(self) -> "RefusalQuerySet":
        """Return refusals with all that a page shows of them, the newest first."""
        related = ("link", "area", "need", "challenge", "organisation__unit", "unit", "resource", "by", "undone_by")
        return self.select_related(*related).order_by("-said_on", "-pk")


class Refusal(Versioned):
    """A party said no, on a day, for a reason that has consequences; may be taken back."""

    link = models.ForeignKey(
        Link, models.CASCADE, null=True, blank=True, related_name="refusals", verbose_name=_("link")
    )
    area = models.ForeignKey(Area, models.CASCADE, related_name="refusals", verbose_name=_("area"))
    need = models.ForeignKey(Need, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("need"))
    challenge = models.ForeignKey(
        Challenge, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("challenge")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("company"))
    resource = models.ForeignKey(
        Resource, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("resource")
    )
    # To whom it was said: a never is kept by this organisation wherever it works.
    heard_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("said to"))
    reason = models.CharField(_("reason"), max_length=11, choices=RefusalReason.choices)
    said_on = models.DateField(_("said on"))
    words = models.CharField(_("in their own words"), max_length=300, blank=True)
    until = models.DateField(_("ask again on"), null=True, blank=True)
    kind = models.CharField(_("kind of resource"), max_length=40, blank=True)
    theme = models.CharField(_("theme"), max_length=40, blank=True)
    beyond_km = models.PositiveSmallIntegerField(_("not further away than, in km"), null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("noted by"))
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    undone_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken back by")
    )

    objects = RefusalQuerySet.as_manager()

    class Meta:
        verbose_name = _("refusal")
        verbose_name_plural = _("refusals")
        indexes = [models.Index(fields=["area", "undone_at"], name="standing_refusal_by_area")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False, unit=None, resource=None)
                | models.Q(organisation=None, unit__isnull=False, resource=None)
                | models.Q(organisation=None, unit=None, resource__isnull=False),
                name="refusal_is_of_exactly_one",
            ),
            models.CheckConstraint(
                condition=models.Q(reason=RefusalReason.WRONG_TIME, until__isnull=False)
                | models.Q(reason=RefusalReason.WRONG_KIND) & ~models.Q(kind="")
                | models.Q(reason=RefusalReason.TOO_FAR, beyond_km__isnull=False)
                | models.Q(reason=RefusalReason.WRONG_THEME) & ~models.Q(theme="")
                | models.Q(reason=RefusalReason.NEVER)
                | models.Q(reason=RefusalReason.OTHER)
                & ~models.Q(words="")
                & (models.Q(need__isnull=False) | models.Q(challenge__isnull=False)),
                name="refusal_says_what_follows",
                violation_error_message=_("Say what follows from the reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.said_on} #{self.pk}"

    def get_reason_display(self) -> str:  # type: ignore[no-redef]  # Django keeps the one written here
        """Return the reason as it is told: the choice also asks for words, which stand beside it here."""
        reason = RefusalReason(self.reason) if self.reason else None
        told = _("another reason") if reason == RefusalReason.OTHER else reason.label if reason else ""
        return str(told)

"""What an area wants to change, and what it lacks to do so."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.areas.models.area import Area, areas_where
from medspil.common.models import Versioned
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Ability

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from medspil.accounts.models import User


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    """Questions to the challenges."""

    def visible_to(self, user: "User | AnonymousUser") -> "ChallengeQuerySet":
        """Return challenges of the areas a person may see."""
        return self.filter(area__in=areas_where(user, Ability.VIEW_AREA)) if user.is_authenticated else self.none()

    def current(self) -> "ChallengeQuerySet":
        """Return challenges that are not archived."""
        return self.filter(archived_at=None)

    def for_page(self) -> "ChallengeQuerySet":
        """Return challenges with their area and its owner."""
        return self.select_related("area__owner")


class Challenge(Versioned):
    """Something the area wants to change: the theme, whom it touches, what is seen, since when."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="challenges", verbose_name=_("area"))
    title = models.CharField(_("in one line"), max_length=160)
    theme = models.CharField(_("theme"), max_length=40, blank=True)
    target_groups = models.JSONField(_("who is touched"), default=list, blank=True)
    seen = models.TextField(_("what is seen"), blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")

    def __str__(self) -> str:
        return self.title


class NeedQuerySet(models.QuerySet["Need"]):
    """Questions to the needs."""

    def visible_to(self, user: "User | AnonymousUser") -> "NeedQuerySet":
        """Return needs of the areas a person may see."""
        return self.filter(area__in=areas_where(user, Ability.VIEW_AREA)) if user.is_authenticated else self.none()

    def current(self) -> "NeedQuerySet":
        """Return needs that are not archived."""
        return self.filter(archived_at=None)

    def open(self, on: date) -> "NeedQuerySet":
        """Return needs that a company may still meet on a day: neither put away, nor their area, nor over."""
        not_over = models.Q(ends_on=None) | models.Q(ends_on__gte=on)
        return self.filter(not_over, archived_at=None, area__archived_at=None)

    def open_to_companies(self) -> "NeedQuerySet":
        """Return needs that their area's people chose to show to companies."""
        return self.filter(open_to_companies=True)

    def for_page(self) -> "NeedQuerySet":
        """Return needs with area, owner, challenge, who receives, and the kinds of resources they ask for."""
        return self.select_related("area__owner", "challenge", "host").prefetch_related("resources")


class Need(Versioned):
    """What an area lacks to meet a challenge, put so that a company can say yes to it."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="needs", verbose_name=_("area"))
    challenge = models.ForeignKey(
        Challenge, models.PROTECT, null=True, blank=True, related_name="needs", verbose_name=_("challenge")
    )
    no_challenge_reason = models.CharField(_("why it answers no challenge"), max_length=300, blank=True)
    title = models.CharField(_("in one line"), max_length=160)
    text = models.TextField(_("what is lacking"), blank=True)
    target_group = models.CharField(_("for whom"), max_length=40, blank=True)
    age_from = models.PositiveSmallIntegerField(_("age from"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("age to"), null=True, blank=True)
    people = models.PositiveIntegerField(_("how many take part"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    reach_km = models.PositiveSmallIntegerField(
        _("how far away a company may be, in km"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
    )
    own_municipality_only = models.BooleanField(_("only companies in the municipality"), default=False)
    whole_country = models.BooleanField(_("companies from the whole country"), default=False)
    helpers = models.PositiveSmallIntegerField(
        _("how many people from the company at a time"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
    )
    # Volunteers are asked for by the group that receives them; see hosting.py.
    host = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who receives the volunteers"),
    )
    host_name = models.CharField(_("name of the group that receives the volunteers"), max_length=160, blank=True)
    host_capacity = models.PositiveSmallIntegerField(
        _("how many volunteers at a time"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    good_day = models.TextField(_("what a good day looks like"), blank=True)
    hosted_on = models.DateField(_("the day the group asked"), null=True, blank=True)
    # Closed by default: what companies then see of it is said beside the choice.
    open_to_companies = models.BooleanField(_("companies that use Medspil can see it"), default=False)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None)
                | models.Q(starts_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="need_ends_after_start",
                violation_error_message=_("The need must end after it starts."),
            ),
            models.CheckConstraint(
                condition=models.Q(age_to=None) | models.Q(age_from=None) | models.Q(age_to__gte=models.F("age_from")),
                name="need_ages_in_order",
                violation_error_message=_("The second age must not be lower than the first."),
            ),
            models.CheckConstraint(
                condition=models.Q(whole_country=False) | models.Q(own_municipality_only=False, reach_km=None),
                name="whole_country_has_no_limit",
                violation_error_message=_("Choose either the whole country or a limit."),
            ),
            models.CheckConstraint(
                condition=models.Q(host=None) | models.Q(host_name=""),
                name="need_has_one_host",
                violation_error_message=_("Choose an organisation or write a name, not both."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Rhythm(models.TextChoices):
    """How often a resource is needed."""

    ONCE = "once", _("once")
    WEEKLY = "weekly", _("every week")
    MONTHLY = "monthly", _("every month")
    TWICE_A_YEAR = "twice_a_year", _("twice a year")
    YEARLY = "yearly", _("every year")
    LASTING = "lasting", _("all the time")


class NeededResource(models.Model):
    """One kind of resource that a need asks for, how much and how often."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="resources", verbose_name=_("need"))
    kind = models.CharField(_("kind of resource"), max_length=40)
    quantity = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    unit = models.CharField(_("of what"), max_length=40, blank=True)
    rhythm = models.CharField(_("how often"), max_length=12, choices=Rhythm.choices, blank=True)

    class Meta:
        verbose_name = _("needed resource")
        verbose_name_plural = _("needed resources")
        constraints = [
            models.UniqueConstraint(
                fields=["need", "kind"],
                name="one_row_per_need_and_kind",
                violation_error_message=_("This kind of resource is already on the need."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.need.pk} {self.kind}"

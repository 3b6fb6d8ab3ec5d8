"""Places and what happens there: border, programme, official status, figures, challenges and needs."""

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.common.models import Versioned
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Ability

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class AreaQuerySet(models.QuerySet["Area"]):
    """Questions to the areas."""

    def visible_to(self, user: "User | AnonymousUser") -> "AreaQuerySet":
        """Return areas whose owner or partner is an organisation in which the person may see areas."""
        if not user.is_authenticated:
            return self.none()
        hers = Organisation.objects.where(user, Ability.VIEW_AREA)
        return self.filter(models.Q(owner__in=hers) | models.Q(partners__in=hers)).distinct()

    def current(self) -> "AreaQuerySet":
        """Return areas that are not archived."""
        return self.filter(archived_at=None)

    def for_list(self) -> "AreaQuerySet":
        """Return areas for the list page with owner and counts, by name."""
        return (
            self.select_related("owner")
            .annotate(
                challenge_count=models.Count(
                    "challenges", filter=models.Q(challenges__archived_at=None), distinct=True
                ),
                need_count=models.Count("needs", filter=models.Q(needs__archived_at=None), distinct=True),
            )
            .order_by("name", "pk")
        )


class Area(Versioned):
    """A housing area or part of a town, described by the people who work there."""

    owner = models.ForeignKey(
        Organisation, models.PROTECT, related_name="areas", verbose_name=_("responsible organisation")
    )
    partners = models.ManyToManyField(
        Organisation, related_name="partner_areas", blank=True, verbose_name=_("organisations that take part")
    )
    name = models.CharField(_("name"), max_length=120)
    municipality = models.CharField(_("municipality"), max_length=4, blank=True)
    kind = models.CharField(_("kind of area"), max_length=40, blank=True)
    description = models.TextField(_("description"), blank=True)
    border = models.JSONField(_("border (GeoJSON, WGS84)"), null=True, blank=True)
    x = models.FloatField(_("east of the centre (EPSG:25832)"), null=True, blank=True)
    y = models.FloatField(_("north of the centre (EPSG:25832)"), null=True, blank=True)
    radius_m = models.PositiveIntegerField(
        _("radius in metres"),
        null=True,
        blank=True,
        validators=[MinValueValidator(50), MaxValueValidator(20_000)],
    )
    programme = models.CharField(_("programme"), max_length=40, blank=True)
    programme_from = models.DateField(_("programme from"), null=True, blank=True)
    programme_to = models.DateField(_("programme to"), null=True, blank=True)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(programme_to=None)
                | models.Q(programme_from=None)
                | models.Q(programme_to__gte=models.F("programme_from")),
                name="area_programme_ends_after_start",
                violation_error_message=_("The programme must end after it starts."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class AreaStatus(models.Model):
    """That an area stood on an official list on a day. Lists change; history stays."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="statuses", verbose_name=_("area"))
    kind = models.CharField(_("list"), max_length=40)
    listed_on = models.DateField(_("date of the list"))
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("official status")
        verbose_name_plural = _("official statuses")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "kind", "listed_on"],
                name="one_status_per_list_and_day",
                violation_error_message=_("This status is already noted for that day."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.area.pk} {self.kind} {self.listed_on}"


class Figure(models.Model):
    """A number about the people who live in an area: what, how many, when, from where."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="figures", verbose_name=_("area"))
    measure = models.CharField(_("measure"), max_length=40)
    value = models.DecimalField(_("value"), max_digits=10, decimal_places=1, validators=[MinValueValidator(0)])
    counted_on = models.DateField(_("counted on"))
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "measure", "counted_on"],
                name="one_figure_per_measure_and_day",
                violation_error_message=_("This figure is already noted for that day."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.area.pk} {self.measure} {self.counted_on}"


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    """Questions to the challenges."""

    def visible_to(self, user: "User | AnonymousUser") -> "ChallengeQuerySet":
        """Return challenges of the areas a person may see."""
        return self.filter(area__in=Area.objects.visible_to(user))

    def current(self) -> "ChallengeQuerySet":
        """Return challenges that are not archived."""
        return self.filter(archived_at=None)


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
        return self.filter(area__in=Area.objects.visible_to(user))

    def current(self) -> "NeedQuerySet":
        """Return needs that are not archived."""
        return self.filter(archived_at=None)


class Need(Versioned):
    """What an area lacks to meet a challenge, put so that a company can say yes to it."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="needs", verbose_name=_("area"))
    challenge = models.ForeignKey(
        Challenge, models.PROTECT, null=True, blank=True, related_name="needs", verbose_name=_("challenge")
    )
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
        _("how far away a company may be, in km (empty: the whole country)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
    )
    own_municipality_only = models.BooleanField(_("only companies in the municipality"), default=False)
    helpers = models.PositiveSmallIntegerField(
        _("how many people from the company at a time"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
    )
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

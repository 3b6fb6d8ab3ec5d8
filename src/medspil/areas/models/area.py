"""Areas: border, programme, official status, figures, and who takes part."""

from typing import TYPE_CHECKING, Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.common.models import Versioned
from medspil.common.prepared import prepared
from medspil.organisations.models import Organisation, organisations_where
from medspil.organisations.roles import Ability

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class AreaQuerySet(models.QuerySet["Area"]):
    """Questions to the areas."""

    def visible_to(self, user: "User | AnonymousUser") -> "AreaQuerySet":
        """Return areas whose owner or partner is an organisation in which the person may see areas."""
        return self.where(user, Ability.VIEW_AREA) if user.is_authenticated else self.none()

    def where(self, user: User, ability: Ability) -> "AreaQuerySet":
        """Return areas whose owner or partner is an organisation in which a person has an ability."""
        hers = models.Q(owner__in=organisations_where(user, ability))
        return self.filter(hers | models.Q(pk__in=areas_as_partner(user, ability)))

    def current(self) -> "AreaQuerySet":
        """Return areas that are not archived."""
        return self.filter(archived_at=None)

    def archived(self) -> "AreaQuerySet":
        """Return areas that were put away."""
        return self.exclude(archived_at=None)

    def for_overview(self) -> "AreaQuerySet":
        """Return areas with all that sections and next steps look at, by name; a fixed number of queries."""
        related = ("partners", "statuses", "figures", "challenges", "needs__resources", "needs__challenge")
        return self.select_related("owner").prefetch_related(*related).order_by("name", "pk")


@prepared
def areas_as_partner(user: User, ability: Ability) -> models.QuerySet[Any, Any]:
    """Return the keys of areas in which an organisation takes part in which a person has an ability."""
    hers = Organisation.objects.where(user, ability)
    return hers.filter(partner_areas__isnull=False).values("partner_areas")


@prepared
def areas_where(user: User, ability: Ability) -> models.QuerySet[Any, Any]:
    """Return the keys of areas whose owner or partner is an organisation in which a person has an ability."""
    return Area.objects.where(user, ability).values("pk")


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

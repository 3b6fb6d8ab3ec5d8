"""What an area has: people, associations, institutions, companies, places, local economy, stories.

A person is here only with her own consent. When she takes it back, the row stays as a number that says so and nothing
about her; see withdrawal.py.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.areas.models import Area, areas_where
from medspil.common.models import Versioned
from medspil.mapping.models.consent import Consent
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Ability
from medspil.register.models import Unit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from medspil.accounts.models import User

PERSON, COMPANY = "person", "company"
WITHDRAWN = _("Somebody who took the consent back")


class PlaceQuality(models.TextChoices):
    """How exactly it is known where a resource is; shown wherever a point is."""

    POINT = "point", _("a point on the map")
    ADDRESS = "address", _("the address")
    STREET = "street", _("the street")
    POSTCODE = "postcode", _("the centre of the postal code")
    NONE = "none", _("not known")


class Gift(models.TextChoices):
    """What a person gives: knowledge, work or care."""

    HEAD = "head", _("Head: knows something")
    HAND = "hand", _("Hand: can do something")
    HEART = "heart", _("Heart: cares for something")


class ResourceQuerySet(models.QuerySet["Resource"]):
    """Questions to the resources. Those whose consent was withdrawn answer none but `withdrawn`."""

    def visible_to(self, user: "User | AnonymousUser") -> "ResourceQuerySet":
        """Return resources of the areas a person may see, without those who withdrew and what went into another.

        People who consented to be known, but not to be seen by all who work with the area, are shown only to those
        who may see how people are reached.
        """
        if not user.is_authenticated:
            return self.none()
        seen = models.Q(area__in=areas_where(user, Ability.VIEW_AREA)) & (~models.Q(kind=PERSON) | agreed(on_map=True))
        close = models.Q(area__in=areas_where(user, Ability.SEE_CONTACTS))
        return self.filter(seen | close, withdrawn_on=None, merged_into=None)

    def current(self) -> "ResourceQuerySet":
        """Return resources that are there: not put away, not gone into another, not withdrawn."""
        return self.filter(archived_at=None, merged_into=None, withdrawn_on=None)

    def archived(self) -> "ResourceQuerySet":
        """Return resources that were put away."""
        return self.exclude(archived_at=None).filter(merged_into=None, withdrawn_on=None)

    def withdrawn(self) -> "ResourceQuerySet":
        """Return the bare rows of people who took their consent back: to be counted, never to be shown."""
        return self.exclude(withdrawn_on=None)

    def for_print(self) -> "ResourceQuerySet":
        """Return what may stand in papers and files that leave the house: people only if they agreed to that."""
        return self.filter(~models.Q(kind=PERSON) | agreed(in_print=True))

    def for_map(self) -> "ResourceQuerySet":
        """Return resources for map and list with what they show of organisation and register; one query, by name."""
        shown = self.current().filter(~models.Q(kind=PERSON) | agreed(on_map=True))
        return shown.for_list()

    def for_list(self) -> "ResourceQuerySet":
        """Return resources with organisation and register entry, by name; one query."""
        return self.select_related("organisation", "unit").order_by("name", "pk")

    def for_page(self) -> "ResourceQuerySet":
        """Return resources with all that their page shows beside them."""
        return self.select_related("area__owner", "organisation", "unit")

    def ambassadors(self) -> "ResourceQuerySet":
        """Return the local ambassadors: people who speak for the work among their neighbours."""
        return self.filter(ambassador=True)

    def stale(self, on: date) -> "ResourceQuerySet":
        """Return resources that somebody should have confirmed by a day."""
        return self.filter(review_on__lte=on)


def agreed(**scope: bool) -> models.Exists:
    """Return the condition that a resource has a standing consent that covers something."""
    return models.Exists(Consent.objects.standing().filter(resource=models.OuterRef("pk"), **scope))


class Resource(Versioned):
    """Something or somebody an area can build on: what it can do, for whom, when and where."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="resources", verbose_name=_("area"))
    kind = models.CharField(_("kind"), max_length=40)  # code in vocabulary().asset_kinds
    name = models.CharField(_("name"), max_length=160, blank=True)
    can_do = models.TextField(_("what it can do"), blank=True)
    kinds = models.JSONField(_("kinds of resource it can bring"), default=list, blank=True)
    gifts = models.JSONField(_("head, hand, heart"), default=list, blank=True)
    ambassador = models.BooleanField(_("local ambassador"), default=False)
    themes = models.JSONField(_("themes"), default=list, blank=True)
    target_groups = models.JSONField(_("for whom"), default=list, blank=True)
    when = models.CharField(_("when"), max_length=200, blank=True)
    address = models.CharField(_("where"), max_length=200, blank=True)
    x = models.FloatField(_("east (EPSG:25832)"), null=True, blank=True)
    y = models.FloatField(_("north (EPSG:25832)"), null=True, blank=True)
    place_quality = models.CharField(
        _("place known by"), max_length=8, choices=PlaceQuality.choices, default=PlaceQuality.NONE
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entry in the register")
    )
    source = models.CharField(_("where we know it from"), max_length=200, blank=True)
    confirmed_on = models.DateField(_("last confirmed"), null=True, blank=True)
    review_months = models.PositiveSmallIntegerField(
        _("months until it should be confirmed again"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    # Kept beside the two it follows from: months cannot be added to a day in a way both databases understand.
    review_on = models.DateField(_("to be confirmed by"), editable=False)
    consented_on = models.DateField(_("consent given"), null=True, blank=True, editable=False)
    withdrawn_on = models.DateField(_("consent withdrawn"), null=True, blank=True, editable=False)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    archive_reason = models.CharField(_("why it was put away"), max_length=200, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("merged into"), editable=False
    )

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        indexes = [models.Index(fields=["area", "review_on"], name="resource_by_review")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind=PERSON)
                | models.Q(consented_on__isnull=False)
                | models.Q(withdrawn_on__isnull=False),
                name="person_has_given_consent",
                violation_error_message=_("A person can only be added with her own consent."),
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on=None)
                | models.Q(name="", can_do="", when="", address="", source="", archive_reason="", x=None, y=None),
                name="who_withdrew_is_forgotten",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on__isnull=False) | ~models.Q(name=""),
                name="resource_has_a_name",
                violation_error_message=_("Write a name."),
            ),
            models.CheckConstraint(
                condition=models.Q(ambassador=False) | models.Q(kind=PERSON),
                name="ambassador_is_a_person",
                violation_error_message=_("Only a person can be a local ambassador."),
            ),
            models.CheckConstraint(
                condition=models.Q(x=None, y=None) | models.Q(x__isnull=False, y__isnull=False),
                name="resource_point_is_whole",
            ),
            models.UniqueConstraint(
                fields=["area", "unit"],
                condition=models.Q(archived_at=None, merged_into=None, unit__isnull=False),
                name="unit_once_per_area",
                violation_error_message=_("This company is already among the area's resources."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.shown_name)

    @property
    def shown_name(self) -> "str | Promise":
        """Return the name; for somebody who withdrew, words that name nobody."""
        return WITHDRAWN if self.withdrawn_on else self.name

    @property
    def is_person(self) -> bool:
        """Return whether it is a person, who is here by her own consent only."""
        return self.kind == PERSON

    def is_stale(self, on: date) -> bool:
        """Return whether somebody should have confirmed it by a day."""
        return self.review_on <= on

"""The mirror of the business register: units with their company.

It mirrors the outside and knows nothing of us: organisations and shortlists point here, never the reverse.
"""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from medspil.accounts.models import User


class PointQuality(models.TextChoices):
    """How exactly a unit's place is known; shown wherever a distance is."""

    ADDRESS = "address", _("the address")
    STREET = "street", _("the street")
    POSTCODE = "postcode", _("the centre of the postal code")
    NONE = "none", _("not known")


class CodeSystem(models.TextChoices):
    """The edition of the Danish industry classification a code belongs to."""

    DB07 = "DB07", "DB07"
    DB25 = "DB25", "DB25"


class UnitStatus(models.TextChoices):
    """Whether a unit is in business."""

    ACTIVE = "active", _("active")
    CLOSING = "closing", _("bankrupt or being wound up")
    CEASED = "ceased", _("ceased")


class UnitQuerySet(models.QuerySet["Unit"]):
    """Questions to the register. It is the same for all who may look companies up."""

    def visible_to(self, user: "User | AnonymousUser") -> "UnitQuerySet":
        """Return all units to anybody signed in; which of them may look at all, the pages ask of the abilities."""
        return self.all() if user.is_authenticated else self.none()

    def active(self) -> "UnitQuerySet":
        """Return units that are in business."""
        return self.filter(status=UnitStatus.ACTIVE)


class UnitFacts(models.Model):
    """What the register says about a production unit (a place of work) and its company.

    No people: participants, c/o names and secret contact data never enter these columns.
    """

    cvr = models.CharField(_("CVR number"), max_length=8, blank=True)
    name = models.CharField(_("name"), max_length=300)
    company_name = models.CharField(_("company"), max_length=300, blank=True)
    company_form = models.CharField(_("company form"), max_length=4, blank=True)
    industry = models.CharField(_("industry code"), max_length=6, blank=True)
    industry_text = models.CharField(_("industry"), max_length=300, blank=True)
    code_system = models.CharField(_("code system"), max_length=4, choices=CodeSystem.choices, default=CodeSystem.DB25)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postcode = models.CharField(_("postal code"), max_length=4, blank=True)
    city = models.CharField(_("town"), max_length=80, blank=True)
    municipality = models.CharField(_("municipality"), max_length=4, blank=True)
    x = models.FloatField(_("east (EPSG:25832)"), null=True, blank=True)
    y = models.FloatField(_("north (EPSG:25832)"), null=True, blank=True)
    address_id = models.CharField(_("address in DAR (UUID)"), max_length=36, blank=True)
    point_quality = models.CharField(
        _("place known by"), max_length=8, choices=PointQuality.choices, default=PointQuality.NONE
    )
    employees_from = models.PositiveIntegerField(_("employees from"), null=True, blank=True)
    employees_to = models.PositiveIntegerField(_("employees to"), null=True, blank=True)
    started_on = models.DateField(_("started"), null=True, blank=True)
    ended_on = models.DateField(_("ceased"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=7, choices=UnitStatus.choices, default=UnitStatus.ACTIVE)
    protected = models.BooleanField(_("advertising protection"), default=False)
    social_enterprise = models.BooleanField(_("registered social enterprise"), default=False)
    # Of companies only: a sole trader's may be private, and what is marked as secret never gets here.
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    website = models.CharField(_("website"), max_length=200, blank=True)
    purpose = models.TextField(_("purpose"), blank=True)
    source = models.CharField(_("source"), max_length=120)
    source_date = models.DateField(_("date of the source"))  # of the file that brought these facts
    made_up = models.BooleanField(_("made up for the example"), default=False)
    fingerprint = models.CharField(_("fingerprint"), max_length=32, editable=False)

    class Meta:
        abstract = True


class Unit(UnitFacts):
    """A production unit as the register stands now. Ceased units stay: organisations and shortlists point to them."""

    number = models.BigIntegerField(_("P-number"), unique=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit in the register")
        verbose_name_plural = _("units in the register")
        indexes = [
            models.Index(fields=["source", "number"], name="unit_by_source"),
            models.Index(fields=["cvr"], name="unit_by_cvr"),
            models.Index(fields=["municipality", "status"], name="unit_by_municipality"),
        ]

    def __str__(self) -> str:
        return f"{self.name} (P {self.number})"


class RegisterVersion(models.Model):
    """One row that counts the changes of the whole register: an old comparison cannot be applied."""

    version = models.PositiveIntegerField(_("version"), default=0)
    changed_at = models.DateTimeField(_("changed"), null=True)
    indexed_version = models.PositiveIntegerField(_("version in the search index"), null=True)
    # What else is known of it: {"analyser": version, "sources": {name: [units, date]}, "counts": …}; see index.py.
    indexed_with = models.JSONField(_("what the search index was built with"), default=dict)

    class Meta:
        verbose_name = _("version of the register")
        verbose_name_plural = _("versions of the register")

    def __str__(self) -> str:
        return f"{self.version}"

"""The mirror of the business register: units with their company, and the runs that brought them in.

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

    class Meta:
        verbose_name = _("version of the register")
        verbose_name_plural = _("versions of the register")

    def __str__(self) -> str:
        return f"{self.version}"


class ColumnMapping(models.Model):
    """A saved answer to "which column of this file is what", found again by its header."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    header = models.JSONField(_("header"))
    header_hash = models.CharField(_("hash of the header"), max_length=32, db_index=True, editable=False)
    columns = models.JSONField(_("columns"))  # {field of Unit: name of the column}
    settings = models.JSONField(_("settings"), default=dict)  # code system, date format, decimal sign …
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("column mapping")
        verbose_name_plural = _("column mappings")

    def __str__(self) -> str:
        return self.name


class ImportState(models.TextChoices):
    """How far an import got. Nothing is written to the register before `applied`."""

    UPLOADED = "uploaded", _("uploaded")
    COMPARING = "comparing", _("comparing")
    COMPARED = "compared", _("compared: nothing changed yet")
    APPLYING = "applying", _("applying")
    APPLIED = "applied", _("applied")
    FAILED = "failed", _("stopped: nothing changed")


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """Questions to the imports."""

    def visible_to(self, user: "User | AnonymousUser") -> "ImportRunQuerySet":
        """Return all imports to anybody signed in; the pages let in only those who may import."""
        return self.all() if user.is_authenticated else self.none()

    def for_list(self) -> "ImportRunQuerySet":
        """Return imports for the list page, newest first."""
        return self.order_by("-created_at", "-pk")

    def latest_applied(self, source: str) -> "ImportRun | None":
        """Return the import that last brought a source up to date."""
        return self.filter(state=ImportState.APPLIED, source=source).order_by("-source_date", "-finished_at").first()


class ImportRun(models.Model):
    """One file on its way into the register: fetched, compared, applied."""

    creation_key = models.UUIDField(_("creation key"), unique=True)
    source = models.CharField(_("source"), max_length=120)
    source_date = models.DateField(_("date of the source"))
    file_name = models.CharField(_("file"), max_length=200)
    file = models.FileField(_("stored file"), upload_to="register/")
    file_hash = models.CharField(_("hash of the file"), max_length=64)
    made_up = models.BooleanField(_("made up for the example"), default=False)
    complete = models.BooleanField(_("the file is the whole source: units missing in it have gone"), default=True)
    layout = models.JSONField(_("layout"), default=dict)  # encoding, delimiter, decimal sign, header
    columns = models.JSONField(_("columns"), default=dict)  # {field: name of the column}
    state = models.CharField(_("state"), max_length=9, choices=ImportState.choices, default=ImportState.UPLOADED)
    problem = models.TextField(_("problem"), blank=True)
    rows_total = models.PositiveIntegerField(_("rows in all"), default=0)
    added = models.PositiveIntegerField(_("added"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    gone = models.PositiveIntegerField(_("gone"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    rejected = models.PositiveIntegerField(_("rejected"), default=0)
    warned = models.PositiveIntegerField(_("warnings"), default=0)
    rejected_file = models.FileField(_("rejected rows"), upload_to="register/", blank=True)
    findings = models.JSONField(_("findings"), default=dict)  # counts by reason and field, samples: see comparing.py
    register_version = models.PositiveIntegerField(_("compared with version"), null=True)
    # Who works on it now: a worker that was killed stops renewing, and another may take over.
    lease = models.CharField(_("lease"), max_length=32, blank=True, editable=False)
    lease_until = models.DateTimeField(_("lease until"), null=True, editable=False)
    by_name = models.CharField(_("who"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return f"{self.source} {self.source_date} #{self.pk}"

    @property
    def progress_name(self) -> str:
        """Return the name under which a job tells how far it got."""
        return f"import-{self.pk}"


class StagedUnit(UnitFacts):
    """A unit as a compared file would have it: added or changed. Thrown away when the import is applied."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="staged", verbose_name=_("import"))
    number = models.BigIntegerField(_("P-number"))

    class Meta:
        verbose_name = _("unit waiting for its import")
        verbose_name_plural = _("units waiting for their import")

    def __str__(self) -> str:
        return f"{self.name} (P {self.number}) #{self.pk}"


class GoneUnit(models.Model):
    """A unit of the register that a complete file no longer holds: applying marks it as ceased."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="gone_units", verbose_name=_("import"))
    number = models.BigIntegerField(_("P-number"))

    class Meta:
        verbose_name = _("unit that has gone")
        verbose_name_plural = _("units that have gone")

    def __str__(self) -> str:
        return f"P {self.number} #{self.pk}"


class RowNote(models.Model):
    """A row of a file that was rejected, or taken with a warning: which row, which field, what to do."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="notes", verbose_name=_("import"))
    row = models.PositiveIntegerField(_("row"))
    field = models.CharField(_("field"), max_length=40)
    code = models.CharField(_("code"), max_length=40)
    value = models.CharField(_("value"), max_length=200, blank=True)
    rejected = models.BooleanField(_("rejected"))

    class Meta:
        verbose_name = _("note on a row")
        verbose_name_plural = _("notes on rows")

    def __str__(self) -> str:
        return f"{self.run.pk}:{self.row} {self.field} {self.code} #{self.pk}"

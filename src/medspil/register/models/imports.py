"""The imports: a file's mapping of columns, the runs that bring files in, and what waits to be applied."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.register.models.units import UnitFacts

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from medspil.accounts.models import User


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

    def newest_days(self) -> dict[str, date]:
        """Return {source: day of its newest import in the register}."""
        applied = self.filter(state=ImportState.APPLIED).order_by().values("source")
        return dict(applied.annotate(newest=models.Max("source_date")).values_list("source", "newest"))


class ImportRun(models.Model):
    """One file, or some that belong together, on the way into the register: fetched, compared, applied."""

    creation_key = models.UUIDField(_("creation key"), unique=True)
    source = models.CharField(_("source"), max_length=120)
    source_date = models.DateField(_("date of the source"))
    file_name = models.CharField(_("file"), max_length=200)  # as shown; the files themselves are ImportFile
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


class ImportFile(models.Model):
    """A stored file of an import. Forgotten when a newer import is applied or a month has gone; the row stays."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="files", verbose_name=_("import"))
    name = models.CharField(_("name"), max_length=200)
    entity = models.CharField(_("what it holds"), max_length=40, blank=True)
    file = models.FileField(_("stored file"), upload_to="register/", blank=True)
    sha256 = models.CharField(_("hash of the file"), max_length=64)
    size = models.BigIntegerField(_("bytes"))

    class Meta:
        verbose_name = _("file of an import")
        verbose_name_plural = _("files of an import")

    def __str__(self) -> str:
        return f"{self.name} #{self.run_id}"


class StagedUnit(UnitFacts):
    """A unit as a compared file would have it: added or changed. Thrown away when the import is applied."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="staged", verbose_name=_("import"))
    number = models.BigIntegerField(_("P-number"))

    class Meta:
        verbose_name = _("unit waiting for its import")
        verbose_name_plural = _("units waiting for their import")

    def __str__(self) -> str:
        return f"{self.name} (P {self.number}) #{self.pk}"


class StagedPrint(models.Model):
    """A fingerprint to be renewed: the row is written in another way, or read by newer rules, but says the same."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="prints", verbose_name=_("import"))
    number = models.BigIntegerField(_("P-number"))
    fingerprint = models.CharField(_("fingerprint"), max_length=32)

    class Meta:
        verbose_name = _("fingerprint waiting for its import")
        verbose_name_plural = _("fingerprints waiting for their import")

    def __str__(self) -> str:
        return f"P {self.number} #{self.pk}"


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

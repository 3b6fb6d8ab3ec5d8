"""People who sign in, the history of what was done to which record, and one-time links for those who do not sign in."""

from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes people; e-mail addresses are compared without regard to case."""

    def create_user(self, email: str, password: str | None = None, *, name: str = "") -> "User":
        """Make a person; without a password she cannot sign in until she chose one."""
        user = self.model(email=email.strip().lower(), name=name.strip())
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a person by e-mail address."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """One person. What she may do comes from her memberships, never from a flag on her."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=2, default="da")
    is_active = models.BooleanField(_("active"), default=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """Return the name as shown to others."""
        return str(self)


class HistoryEntryQuerySet(models.QuerySet["HistoryEntry"]):
    """Questions to the history."""

    def of(self, record: models.Model) -> "HistoryEntryQuerySet":
        """Return what happened to one record, newest first, with the people."""
        return (
            self.filter(record_type=record._meta.label_lower, record_id=str(record.pk))
            .select_related("by")
            .order_by("-at", "-pk")
        )


class HistoryEntry(models.Model):
    """One thing somebody did: who, when, to what, and which fields changed from what to what."""

    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(User, models.PROTECT, null=True, verbose_name=_("who"), related_name="+")
    action = models.CharField(_("action"), max_length=40)
    record_type = models.CharField(_("kind of record"), max_length=60)
    record_id = models.CharField(_("record"), max_length=40)
    changes = models.JSONField(_("changes"), default=dict)

    objects = HistoryEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("history entry")
        verbose_name_plural = _("history")
        indexes = [models.Index(fields=["record_type", "record_id"], name="history_of_record")]

    def __str__(self) -> str:
        return f"{self.action} {self.record_type} {self.record_id} {self.at:%Y-%m-%d %H:%M} #{self.pk}"


def record_history(
    *,
    record: models.Model,
    action: str,
    by: User | None,
    now: datetime,
    changes: dict[str, Any] | None = None,
) -> HistoryEntry:
    """Write one line of history; call it inside the transaction of the change itself."""
    return HistoryEntry.objects.create(
        at=now,
        by=by,
        action=action,
        record_type=record._meta.label_lower,
        record_id=str(record.pk),
        changes=changes or {},
    )


class OneTimeLinkQuerySet(models.QuerySet["OneTimeLink"]):
    """Questions to the one-time links."""

    def of(self, record: models.Model) -> "OneTimeLinkQuerySet":
        """Return the links that were sent about one record, the newest first."""
        mine = self.filter(record_type=record._meta.label_lower, record_id=str(record.pk))
        return mine.order_by("-created_at", "-pk")

    def standing(self, now: datetime) -> "OneTimeLinkQuerySet":
        """Return links that somebody could still answer by."""
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=now)


class OneTimeLink(models.Model):
    """A link in a mail by which somebody without an account answers once about one record.

    Only a hash of its secret part is kept: who reads the database cannot answer for others. Who it was sent to is
    forgotten as soon as it cannot be used any more. What happens with one: see one_time_links.py.
    """

    token_hash = models.CharField(_("hash of the secret part"), max_length=64, unique=True, editable=False)
    purpose = models.CharField(_("purpose"), max_length=40)
    record_type = models.CharField(_("kind of record"), max_length=60)
    record_id = models.CharField(_("record"), max_length=40)
    about_version = models.PositiveIntegerField(_("version of the record it was sent for"), null=True)
    recipient_email = models.EmailField(_("sent to"), blank=True)
    recipient_name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=2, default="da")
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("sent by"))
    created_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("can be used until"))
    opened_at = models.DateTimeField(_("opened"), null=True)
    opened_with = models.CharField(_("hash of the browser that opened it"), max_length=64, blank=True, editable=False)
    used_at = models.DateTimeField(_("used"), null=True)
    revoked_at = models.DateTimeField(_("taken back"), null=True)

    objects = OneTimeLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("one-time link")
        verbose_name_plural = _("one-time links")
        indexes = [models.Index(fields=["record_type", "record_id"], name="one_time_link_of_record")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.record_type} {self.record_id} #{self.pk}"

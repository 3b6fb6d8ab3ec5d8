"""Base of every record that people edit: who made it, when, and a version so that no edit is lost."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class EditConflict(Exception):
    """Somebody else saved this record first; nothing was written."""

    sentence = _("Somebody else saved this while you were writing. Your text is still here: compare and save again.")

    def __init__(self) -> None:
        super().__init__(self.sentence)


class Versioned(models.Model):
    """A record whose edits carry the version they started from.

    `creation_key` comes with the form that creates the record, so that a double click or a repeated request makes
    one record and not two.
    """

    creation_key = models.UUIDField(_("creation key"), unique=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("created"), editable=False)
    updated_at = models.DateTimeField(_("changed"), editable=False)

    class Meta:
        abstract = True

    def save_changes(self, *, expected_version: int, now: datetime, **fields: Any) -> Self:
        """Write the named fields if nobody saved since `expected_version`, else raise `EditConflict`.

        One conditional UPDATE: right on SQLite and PostgreSQL alike, with no lock held while a person types.
        """
        manager = type(self)._default_manager
        changed = manager.filter(pk=self.pk, version=expected_version).update(
            version=expected_version + 1, updated_at=now, **fields
        )
        if not changed:
            raise EditConflict
        for name, value in fields.items():
            setattr(self, name, value)
        self.version, self.updated_at = expected_version + 1, now
        return self

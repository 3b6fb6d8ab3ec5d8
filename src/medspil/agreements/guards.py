"""Which columns of agreements the database refuses to change, and whose rows to delete (see `common.frozen`)."""

from typing import TYPE_CHECKING

from medspil.common import frozen

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

COLUMNS = {
    "agreements_frozentext": ("agreement_id", "content", "text", "sha256", "frozen_at", "forgotten_at"),
    "agreements_confirmation": (
        "agreement_id", "partner_id", "sha256", "name", "role", "mandate", "at", "way", "forgotten_at",
    ),
    "agreements_paper": ("agreement_id", "language", "pdf", "pages", "sha256", "made_at", "forgotten_at"),
}  # fmt: skip
"""What may not change, by table."""


def put_up(editor: "BaseDatabaseSchemaEditor") -> None:
    """Put the triggers up; those that are there are replaced."""
    frozen.put_up(editor, COLUMNS, of="agreement_id")


def take_down(editor: "BaseDatabaseSchemaEditor") -> None:
    """Take the triggers down, for a migration that runs backwards."""
    frozen.take_down(editor, COLUMNS)

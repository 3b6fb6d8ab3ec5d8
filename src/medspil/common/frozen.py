"""Rows that are written once: what was signed or approved is not edited, only forgotten in time.

Code refuses to change or delete them, and so does the database itself: two triggers on each table, on both databases. A
later migration that builds such a table anew (SQLite does so for many changes) drops them and must put them back with
`put_up`. Whoever owns the database can still take them down; tests do so to empty tables between each other.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NoReturn, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SAID = "what was frozen is not changed"
SAID_OF_DELETING = "what was frozen is not deleted"
STAYS, REMAINS = "_stays", "_remains"
"""How the triggers against changing and against deleting end, after the name of their table."""
Columns = Mapping[str, Sequence[str]]
_Row = TypeVar("_Row", bound=models.Model)


class Unchangeable(Exception):
    """Somebody tried to change or delete what was frozen: a fault in the program."""


class FrozenQuerySet(models.QuerySet[_Row]):
    """Rows that are added and read; forgetting alone takes people out of them."""

    def update(self, **_fields: object) -> NoReturn:
        """Refuse."""
        raise Unchangeable

    def delete(self) -> NoReturn:
        """Refuse."""
        raise Unchangeable

    def forget(self, *, now: datetime, **nothing: object) -> int:
        """Take out what names people, once; the database refuses it a second time. Return how many rows."""
        return models.QuerySet.update(self.filter(forgotten_at=None), forgotten_at=now, **nothing)


class Frozen(models.Model):
    """Base of what is written once."""

    forgotten_at = models.DateTimeField(_("forgotten"), null=True, blank=True)

    class Meta:
        abstract = True

    def delete(self, using: str | None = None, keep_parents: bool = False) -> NoReturn:
        """Refuse."""
        raise Unchangeable


def put_up(editor: "BaseDatabaseSchemaEditor", columns: Columns, *, of: str = "") -> None:
    """Let the database refuse to change columns and to delete rows, by table; what is there already is replaced.

    `of` is the column that says whose a row is. Forgetting, once, may change all but that and the hash (`sha256`).
    Without it the columns hold nothing that is forgotten, and nothing may change them.
    """
    take_down(editor, columns)
    unless = "TRUE"
    if of:
        unless = (
            "OLD.forgotten_at IS NOT NULL OR NEW.forgotten_at IS NULL"
            f" OR NEW.sha256 <> OLD.sha256 OR NEW.{of} <> OLD.{of}"
        )
    for table, names in columns.items():
        listed = ", ".join(f'"{name}"' for name in names)
        changed = f'BEFORE UPDATE OF {listed} ON "{table}" FOR EACH ROW WHEN ({unless})'
        _refuse(editor, f"{table}{STAYS}", changed, SAID)
        _refuse(editor, f"{table}{REMAINS}", f'BEFORE DELETE ON "{table}" FOR EACH ROW', SAID_OF_DELETING)


def take_down(editor: "BaseDatabaseSchemaEditor", columns: Columns) -> None:
    """Take the triggers down, for a migration that runs backwards."""
    for table in columns:
        on_table = "" if editor.connection.vendor == "sqlite" else f' ON "{table}"'
        for end in (STAYS, REMAINS):
            editor.execute(f'DROP TRIGGER IF EXISTS "{table}{end}"{on_table}')


def _refuse(editor: "BaseDatabaseSchemaEditor", name: str, when: str, sentence: str) -> None:
    """Make a trigger that refuses with a sentence."""
    if editor.connection.vendor == "sqlite":
        editor.execute(f"CREATE TRIGGER \"{name}\" {when} BEGIN SELECT RAISE(ABORT, '{sentence}'); END")
        return
    editor.execute(
        f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN'
        f" RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    editor.execute(f'CREATE TRIGGER "{name}" {when} EXECUTE FUNCTION "{name}"()')

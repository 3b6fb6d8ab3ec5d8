"""The database's own refusal to change what was frozen: a trigger on each of the three tables, on both databases.

A later migration that builds one of these tables anew (SQLite does so for many changes) drops its trigger and must put
it back with `put_up`; a test says so. Deleting is refused in code alone: tests empty tables by deleting.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

COLUMNS = {
    "agreements_frozentext": ("agreement_id", "content", "text", "sha256", "frozen_at", "forgotten_at"),
    "agreements_confirmation": (
        "agreement_id", "partner_id", "sha256", "name", "role", "mandate", "at", "way", "forgotten_at",
    ),
    "agreements_paper": ("agreement_id", "language", "pdf", "pages", "sha256", "made_at", "forgotten_at"),
}  # fmt: skip
"""What may not change, by table. Forgetting, once, may change all of it but the hash and whose it is."""
_UNLESS_FORGOTTEN = (
    "OLD.forgotten_at IS NOT NULL OR NEW.forgotten_at IS NULL"
    " OR NEW.sha256 <> OLD.sha256 OR NEW.agreement_id <> OLD.agreement_id"
)
SAID = "what was frozen is not changed"


def put_up(editor: "BaseDatabaseSchemaEditor") -> None:
    """Put the triggers up; those that are there are replaced."""
    take_down(editor)
    for table, columns in COLUMNS.items():
        listed = ", ".join(f'"{name}"' for name in columns)
        when = f'BEFORE UPDATE OF {listed} ON "{table}" FOR EACH ROW WHEN ({_UNLESS_FORGOTTEN})'
        if editor.connection.vendor == "sqlite":
            editor.execute(f"CREATE TRIGGER \"{table}_stays\" {when} BEGIN SELECT RAISE(ABORT, '{SAID}'); END")
        else:
            editor.execute(
                f'CREATE OR REPLACE FUNCTION "{table}_stays"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN'
                f" RAISE EXCEPTION '{SAID}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
            editor.execute(f'CREATE TRIGGER "{table}_stays" {when} EXECUTE FUNCTION "{table}_stays"()')


def take_down(editor: "BaseDatabaseSchemaEditor") -> None:
    """Take the triggers down, for a migration that runs backwards."""
    for table in COLUMNS:
        on_table = "" if editor.connection.vendor == "sqlite" else f' ON "{table}"'
        editor.execute(f'DROP TRIGGER IF EXISTS "{table}_stays"{on_table}')

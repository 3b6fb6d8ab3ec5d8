"""Lets the database refuse to change or delete adopted rules of procedure; their text alone can lose a name."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from medspil.boards.guards import put_up_for_rules, take_down_for_rules


def put_guards_up(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers up."""
    put_up_for_rules(editor)


def take_guards_down(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers down."""
    take_down_for_rules(editor)


class Migration(migrations.Migration):
    """Guards on rules of procedure."""

    dependencies = [("boards", "0002_meetings")]

    operations = [migrations.RunPython(put_guards_up, take_guards_down)]

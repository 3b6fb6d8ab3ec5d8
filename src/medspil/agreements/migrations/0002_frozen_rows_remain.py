"""Puts the triggers up anew: they refuse to delete what was frozen as well."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from medspil.agreements.guards import put_up


def put_guards_up(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    put_up(editor)


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_agreements")]

    operations = [migrations.RunPython(put_guards_up, migrations.RunPython.noop)]

"""Gives an import several files: the one file it had becomes the first of them."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def move_files(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make a row of the file of each import; its size is not known without looking at the disk."""
    run_model, file_model = apps.get_model("register", "ImportRun"), apps.get_model("register", "ImportFile")
    file_model.objects.bulk_create(
        file_model(run_id=pk, name=name, file=file, sha256=sha256, size=0)
        for pk, name, file, sha256 in run_model.objects.values_list("pk", "file_name", "file", "file_hash")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0002_contact_and_address"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("entity", models.CharField(blank=True, max_length=40, verbose_name="what it holds")),
                ("file", models.FileField(blank=True, upload_to="register/", verbose_name="stored file")),
                ("sha256", models.CharField(max_length=64, verbose_name="hash of the file")),
                ("size", models.BigIntegerField(verbose_name="bytes")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="register.importrun",
                        verbose_name="import",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of an import",
                "verbose_name_plural": "files of an import",
            },
        ),
        migrations.RunPython(move_files, migrations.RunPython.noop),
        migrations.RemoveField(model_name="importrun", name="file"),
        migrations.RemoveField(model_name="importrun", name="file_hash"),
    ]

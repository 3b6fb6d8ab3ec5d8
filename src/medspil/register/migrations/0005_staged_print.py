"""Lets fingerprints be renewed without touching the units they belong to."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0004_unit_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="StagedPrint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField(verbose_name="P-number")),
                ("fingerprint", models.CharField(max_length=32, verbose_name="fingerprint")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="prints",
                        to="register.importrun",
                        verbose_name="import",
                    ),
                ),
            ],
            options={
                "verbose_name": "fingerprint waiting for its import",
                "verbose_name_plural": "fingerprints waiting for their import",
            },
        ),
    ]

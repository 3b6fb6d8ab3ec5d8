"""Addresses from which mails came back."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("notices", "0002_calendar_of_mails"),
    ]

    operations = [
        migrations.CreateModel(
            name="CameBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "known_by",
                    models.CharField(editable=False, max_length=64, verbose_name="what knows the address again"),
                ),
                ("organisation", models.BigIntegerField(verbose_name="on behalf of")),
                ("since", models.DateTimeField(verbose_name="since")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noted by",
                    ),
                ),
            ],
            options={
                "verbose_name": "address from which mails came back",
                "verbose_name_plural": "addresses from which mails came back",
                "constraints": [
                    models.UniqueConstraint(fields=("known_by", "organisation"), name="mails_came_back_once"),
                ],
            },
        ),
    ]

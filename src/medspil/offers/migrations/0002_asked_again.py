"""That givers were asked by themselves whether an offer still stands, and who wants no such mails."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offers", "0001_offer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NotAskedByMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField(verbose_name="since")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "person who is not asked by mail",
                "verbose_name_plural": "people who are not asked by mail",
            },
        ),
        migrations.CreateModel(
            name="AskedAgain",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("renewed_on", models.DateField(verbose_name="last said to stand")),
                ("asked_on", models.DateField(verbose_name="asked")),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="offers.offer",
                        verbose_name="offer",
                    ),
                ),
            ],
            options={
                "verbose_name": "question whether an offer still stands",
                "verbose_name_plural": "questions whether offers still stand",
                "constraints": [models.UniqueConstraint(fields=("offer", "renewed_on"), name="asked_once_a_turn")],
            },
        ),
    ]

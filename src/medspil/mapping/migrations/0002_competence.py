"""Says which competences a challenge takes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0004_where_a_need_starts"),
        ("mapping", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Competence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="kind of resource")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="what is meant by it here")),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="competences",
                        to="areas.challenge",
                        verbose_name="challenge",
                    ),
                ),
            ],
            options={
                "verbose_name": "competence that a challenge takes",
                "verbose_name_plural": "competences that challenges take",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("challenge", "kind"),
                        name="one_competence_per_challenge_and_kind",
                        violation_error_message="This competence is already on the challenge.",
                    )
                ],
            },
        ),
    ]

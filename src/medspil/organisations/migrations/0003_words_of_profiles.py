"""Words of profiles, so that a need finds those it asks with by the term."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0002_profiles_and_merges"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProfileWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("core_services", "Core services"),
                            ("csr", "CSR strategy"),
                            ("themes", "What it says, theme by theme"),
                            ("global_compact", "UN Global Compact"),
                            ("volunteering", "Employee volunteering"),
                            ("partnerships", "Earlier partnerships"),
                            ("group", "Group of companies"),
                        ],
                        max_length=20,
                        verbose_name="question",
                    ),
                ),
                ("term", models.CharField(max_length=80, verbose_name="word")),
                ("weight", models.FloatField(verbose_name="weight")),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="organisations.profile",
                        verbose_name="profile",
                    ),
                ),
            ],
            options={
                "verbose_name": "word of a profile",
                "verbose_name_plural": "words of profiles",
                "indexes": [models.Index(fields=["term"], name="word_of_profile_by_term")],
            },
        ),
    ]

"""Texts of links that may name somebody who took her consent back, for people to look at."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("linking", "0004_no_single_offer_of_links"),
        ("organisations", "0003_words_of_profiles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "where",
                    models.CharField(
                        choices=[
                            ("sentence", "what they can do together"),
                            ("subject", "for what of the need it is"),
                            ("brings", "what a party brings"),
                            ("consent", "who said that we may write, and how"),
                            ("step", "what was written with a step"),
                            ("handover", "what was written when a broker handed over"),
                            ("refusal", "the words of a no"),
                            ("note", "a note of your own organisation"),
                            ("history", "earlier wordings in the history"),
                        ],
                        max_length=8,
                        verbose_name="in which text",
                    ),
                ),
                ("record", models.BigIntegerField(default=0, verbose_name="number of the record")),
                ("found_on", models.DateField(verbose_name="found on")),
                ("looked_at", models.DateTimeField(blank=True, null=True, verbose_name="looked at")),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="linking.link",
                        verbose_name="link",
                    ),
                ),
                (
                    "looked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="looked at by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="whose note",
                    ),
                ),
            ],
            options={
                "verbose_name": "text that may name somebody",
                "verbose_name_plural": "texts that may name somebody",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("looked_at", None)),
                        fields=("link", "where", "record"),
                        name="one_waiting_mention_per_text",
                    )
                ],
            },
        ),
    ]

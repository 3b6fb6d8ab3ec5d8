"""Letters to a side of a link."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("linking", "0004_no_single_offer_of_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Pitch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                ("subject", models.CharField(blank=True, max_length=160, verbose_name="subject")),
                ("text", models.TextField(blank=True, verbose_name="letter")),
                (
                    "hours",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="hours asked for in half a year"
                    ),
                ),
                ("gains", models.JSONField(blank=True, default=list, verbose_name="gains that were named")),
                (
                    "to_from",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("member", "the company's own contact in Medspil"),
                            ("register", "the business register"),
                            ("typed", "somebody wrote it here"),
                        ],
                        max_length=8,
                        verbose_name="where the address comes from",
                    ),
                ),
                ("to_name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("to_email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("to_source", models.CharField(blank=True, max_length=200, verbose_name="where we have it from")),
                ("to_purpose", models.CharField(blank=True, max_length=200, verbose_name="what it may be used for")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("sent", "sent"), ("put_away", "put away")],
                        default="draft",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                ("forgotten_at", models.DateTimeField(blank=True, null=True, verbose_name="forgotten")),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="our contact person",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pitches",
                        to="linking.link",
                        verbose_name="link",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="pitches",
                        to="linking.linkparty",
                        verbose_name="who is written to",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter",
                "verbose_name_plural": "letters",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent"), _negated=True),
                            models.Q(
                                ("sent_at__isnull", False),
                                ("sent_by__isnull", False),
                                models.Q(
                                    models.Q(("to_email", ""), _negated=True),
                                    ("forgotten_at__isnull", False),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="pitch_sent_by_somebody_to_somebody",
                    )
                ],
            },
        ),
    ]

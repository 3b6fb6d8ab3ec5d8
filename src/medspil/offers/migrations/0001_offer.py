"""Offers: who gives what, how much, how often, when and where, who said so, and whether it still stands."""

import uuid

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("areas", "0003_open_to_companies"),
        ("organisations", "0003_words_of_profiles"),
    ]

    operations = [
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="who said it, and where")),
                ("said_on", models.DateField(blank=True, null=True, verbose_name="said on")),
                (
                    "taken_over_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="taken over by the giver"),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="kind of resource")),
                ("title", models.CharField(max_length=160, verbose_name="in one line")),
                ("text", models.TextField(blank=True, verbose_name="what you can give")),
                ("themes", models.JSONField(blank=True, default=list, verbose_name="what it is good for")),
                (
                    "quantity",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="how many",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="of what")),
                (
                    "rhythm",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("once", "once"),
                            ("weekly", "every week"),
                            ("monthly", "every month"),
                            ("twice_a_year", "twice a year"),
                            ("yearly", "every year"),
                            ("lasting", "all the time"),
                        ],
                        max_length=12,
                        verbose_name="how often",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                ("place", models.CharField(blank=True, max_length=160, verbose_name="place")),
                ("municipality", models.CharField(blank=True, max_length=4, verbose_name="municipality")),
                ("x", models.FloatField(blank=True, null=True, verbose_name="east (EPSG:25832)")),
                ("y", models.FloatField(blank=True, null=True, verbose_name="north (EPSG:25832)")),
                (
                    "reach_km",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(500),
                        ],
                        verbose_name="how far away it can be given, in km",
                    ),
                ),
                ("whole_country", models.BooleanField(default=False, verbose_name="in the whole country")),
                ("conditions", models.TextField(blank=True, verbose_name="conditions")),
                (
                    "public",
                    models.BooleanField(default=False, verbose_name="everybody who works with areas can see it"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("withdrawn", "withdrawn"), ("ended", "ended")],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="withdrawn or ended on")),
                (
                    "closed_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="why it was withdrawn or ended"),
                ),
                ("renewed_on", models.DateField(verbose_name="last said to stand")),
                (
                    "areas",
                    models.ManyToManyField(
                        blank=True, related_name="offers", to="areas.area", verbose_name="areas it is offered to"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="organisations.organisation",
                        verbose_name="giver",
                    ),
                ),
                (
                    "recorded_by_organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recorded_offers",
                        to="organisations.organisation",
                        verbose_name="noted down by",
                    ),
                ),
            ],
            options={
                "verbose_name": "offer",
                "verbose_name_plural": "offers",
                "indexes": [
                    models.Index(fields=["kind", "state"], name="offer_by_kind_and_state"),
                    models.Index(fields=["state", "renewed_on"], name="offer_by_renewal"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("starts_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="offer_ends_after_start",
                        violation_error_message="The offer must end after it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("whole_country", False), ("reach_km", None), _connector="OR"),
                        name="offer_whole_country_has_no_reach",
                        violation_error_message="Choose either the whole country or a distance.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on", None), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("closed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="offer_closed_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recorded_by_organisation", None),
                            models.Q(models.Q(("source", ""), _negated=True), ("said_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="offer_noted_down_has_source",
                        violation_error_message="Say who said it, and when.",
                    ),
                ],
            },
        ),
    ]

"""Rounds: rows of both sides, locks and bans, proposals, and long runs on their way to one."""

import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("areas", "0003_open_to_companies"),
        ("offers", "0001_offer"),
        ("organisations", "0003_words_of_profiles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("at", models.DateTimeField(verbose_name="when")),
                (
                    "fingerprint",
                    models.CharField(editable=False, max_length=64, verbose_name="fingerprint of the question"),
                ),
                ("question", models.JSONField(verbose_name="question")),
                ("answer", models.JSONField(verbose_name="answer")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replaced_by",
                        to="rounds.proposal",
                        verbose_name="replaces",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal",
                "verbose_name_plural": "proposals",
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("programme", models.CharField(max_length=20, verbose_name="kind of allocation")),
                ("rules", models.JSONField(blank=True, default=dict, verbose_name="rules")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "in the making"), ("applied", "made into links")],
                        default="draft",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "applied_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="made into links"),
                ),
                ("archived_at", models.DateTimeField(blank=True, null=True, verbose_name="archived")),
                (
                    "areas",
                    models.ManyToManyField(blank=True, related_name="rounds", to="areas.area", verbose_name="areas"),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="followed_by",
                        to="rounds.round",
                        verbose_name="earlier round",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="organisations.organisation",
                        verbose_name="organisation that shares out",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="rounds.proposal",
                        verbose_name="proposal on the board",
                    ),
                ),
            ],
            options={
                "verbose_name": "allocation",
                "verbose_name_plural": "allocations",
            },
        ),
        migrations.AddField(
            model_name="proposal",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="proposals",
                to="rounds.round",
                verbose_name="allocation",
            ),
        ),
        migrations.CreateModel(
            name="Demand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=160, verbose_name="name")),
                ("place", models.CharField(blank=True, max_length=160, verbose_name="place")),
                ("x", models.FloatField(blank=True, null=True, verbose_name="east (EPSG:25832)")),
                ("y", models.FloatField(blank=True, null=True, verbose_name="north (EPSG:25832)")),
                ("facts", models.JSONField(blank=True, default=dict, verbose_name="facts")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                ("archived_at", models.DateTimeField(blank=True, null=True, verbose_name="taken out")),
                (
                    "wanted",
                    models.PositiveIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="how many are wanted",
                    ),
                ),
                (
                    "least",
                    models.PositiveIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(1000000)],
                        verbose_name="at least",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "challenge",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.challenge",
                        verbose_name="challenge",
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="rounds.demand",
                        verbose_name="row of the earlier round",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.need",
                        verbose_name="need",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="demands",
                        to="rounds.round",
                        verbose_name="allocation",
                    ),
                ),
            ],
            options={
                "verbose_name": "row that asks",
                "verbose_name_plural": "rows that ask",
            },
        ),
        migrations.CreateModel(
            name="Solving",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField(verbose_name="asked for")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("running", "under way"),
                            ("done", "done"),
                            ("failed", "stopped"),
                        ],
                        default="waiting",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("alive_until", models.DateTimeField(verbose_name="alive until")),
                ("trouble", models.TextField(blank=True, verbose_name="trouble")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="solvings",
                        to="rounds.round",
                        verbose_name="allocation",
                    ),
                ),
            ],
            options={
                "verbose_name": "long run",
                "verbose_name_plural": "long runs",
            },
        ),
        migrations.CreateModel(
            name="Supply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=160, verbose_name="name")),
                ("place", models.CharField(blank=True, max_length=160, verbose_name="place")),
                ("x", models.FloatField(blank=True, null=True, verbose_name="east (EPSG:25832)")),
                ("y", models.FloatField(blank=True, null=True, verbose_name="north (EPSG:25832)")),
                ("facts", models.JSONField(blank=True, default=dict, verbose_name="facts")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                ("archived_at", models.DateTimeField(blank=True, null=True, verbose_name="taken out")),
                (
                    "capacity",
                    models.PositiveIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="how many it can give",
                    ),
                ),
                ("whole", models.BooleanField(default=False, verbose_name="only as a whole, to one")),
                (
                    "reach_km",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(500),
                        ],
                        verbose_name="how far away, in km",
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="rounds.supply",
                        verbose_name="row of the earlier round",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offers.offer",
                        verbose_name="offer",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="supplies",
                        to="rounds.round",
                        verbose_name="allocation",
                    ),
                ),
            ],
            options={
                "verbose_name": "row that gives",
                "verbose_name_plural": "rows that give",
            },
        ),
        migrations.CreateModel(
            name="PairRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("lock", "stay together"), ("ban", "must not meet")],
                        max_length=4,
                        verbose_name="lock or ban",
                    ),
                ),
                (
                    "amount",
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
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "origin",
                    models.CharField(
                        choices=[("person", "said on the board"), ("earlier", "together in the earlier round")],
                        default="person",
                        max_length=8,
                        verbose_name="from",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "demand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pair_rules",
                        to="rounds.demand",
                        verbose_name="row that asks",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pair_rules",
                        to="rounds.round",
                        verbose_name="allocation",
                    ),
                ),
                (
                    "supply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pair_rules",
                        to="rounds.supply",
                        verbose_name="row that gives",
                    ),
                ),
            ],
            options={
                "verbose_name": "lock or ban",
                "verbose_name_plural": "locks and bans",
            },
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(fields=("round", "number"), name="one_proposal_per_number"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                fields=("round", "fingerprint"),
                name="one_proposal_per_question",
                violation_error_message="This proposal is already there.",
            ),
        ),
        migrations.AddConstraint(
            model_name="demand",
            constraint=models.CheckConstraint(
                condition=models.Q(("least__lte", models.F("wanted")), ("wanted__gte", 1)),
                name="round_demand_least_within_wanted",
                violation_error_message="The least must not be more than what is wanted.",
            ),
        ),
        migrations.AddConstraint(
            model_name="demand",
            constraint=models.UniqueConstraint(
                condition=models.Q(("follows", None), _negated=True),
                fields=("round", "follows"),
                name="one_demand_per_earlier_row",
            ),
        ),
        migrations.AddConstraint(
            model_name="solving",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["waiting", "running"])),
                fields=("round",),
                name="one_long_run_per_round",
            ),
        ),
        migrations.AddConstraint(
            model_name="supply",
            constraint=models.CheckConstraint(
                condition=models.Q(("capacity__gte", 1)), name="round_supply_gives_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="supply",
            constraint=models.UniqueConstraint(
                condition=models.Q(("follows", None), _negated=True),
                fields=("round", "follows"),
                name="one_supply_per_earlier_row",
            ),
        ),
        migrations.AddConstraint(
            model_name="pairrule",
            constraint=models.UniqueConstraint(fields=("demand", "supply"), name="one_rule_per_pair"),
        ),
        migrations.AddConstraint(
            model_name="pairrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "lock"), ("amount", None), _connector="OR"),
                name="only_locks_have_an_amount",
            ),
        ),
    ]

"""What each side of a partnership wants and brings, and how their differences are settled."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_one_time_links"),
        ("partnerships", "0004_planned_meetings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Difference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("horizon", "the time differs"),
                            ("against", "what one calls a success another does not want"),
                            ("nobody", "nobody brings what the need asks for"),
                            ("only", "words that only one side has"),
                            ("added", "somebody saw it"),
                        ],
                        max_length=8,
                        verbose_name="what differs",
                    ),
                ),
                ("key", models.CharField(max_length=80, verbose_name="what tells it from others")),
                ("about", models.JSONField(blank=True, default=list, verbose_name="whose answers it is about")),
                ("text", models.TextField(blank=True, verbose_name="what differs, in words")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("", "open"), ("settled", "settled by a sentence"), ("accepted", "accepted as it is")],
                        max_length=8,
                        verbose_name="what becomes of it",
                    ),
                ),
                ("sentence", models.TextField(blank=True, verbose_name="the sentence that settles it")),
                ("wording", models.PositiveIntegerField(default=1, verbose_name="which way of settling it")),
                ("reopened_at", models.DateTimeField(blank=True, null=True, verbose_name="open again since")),
                ("dismissed_at", models.DateTimeField(blank=True, null=True, verbose_name="put aside")),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="differences",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "difference",
                "verbose_name_plural": "differences",
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("answers", models.JSONField(default=dict, verbose_name="answers")),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("account", "by one of its own people"),
                            ("link", "by a one-time link"),
                            ("behalf", "noted by the area's people"),
                        ],
                        max_length=7,
                        verbose_name="how",
                    ),
                ),
                ("handed_in_at", models.DateTimeField(verbose_name="handed in")),
                ("by_name", models.CharField(blank=True, max_length=120, verbose_name="name and role of who wrote it")),
                ("said_by", models.CharField(blank=True, max_length=120, verbose_name="said by")),
                ("said_on", models.DateField(blank=True, null=True, verbose_name="said on")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed by the side")),
                (
                    "confirmed_name",
                    models.CharField(blank=True, max_length=120, verbose_name="name of who confirmed it"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="partnerships.partner",
                        verbose_name="partner",
                    ),
                ),
            ],
            options={
                "verbose_name": "words handed in",
                "verbose_name_plural": "words handed in",
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "why",
                    models.CharField(
                        choices=[("sheet", "to fill in its own"), ("settle", "to look at the differences")],
                        max_length=6,
                        verbose_name="for what",
                    ),
                ),
                ("to_email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("to_name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("to_source", models.CharField(blank=True, max_length=200, verbose_name="where we have it from")),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                ("sent_at", models.DateTimeField(verbose_name="sent")),
                ("remind_on", models.DateField(blank=True, null=True, verbose_name="remind on")),
                ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="reminded")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "link",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.onetimelink",
                        verbose_name="one-time link",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="partnerships.partner",
                        verbose_name="partner",
                    ),
                ),
            ],
            options={
                "verbose_name": "question to a side",
                "verbose_name_plural": "questions to sides",
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                (
                    "on_behalf",
                    models.BooleanField(default=False, verbose_name="written by the area's people for the side"),
                ),
                ("answers", models.JSONField(blank=True, default=dict, verbose_name="answers")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="last saved by",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="partnerships.partner",
                        verbose_name="partner",
                    ),
                ),
            ],
            options={
                "verbose_name": "sheet of a side",
                "verbose_name_plural": "sheets of sides",
            },
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("wording", models.PositiveIntegerField(verbose_name="which way of settling it")),
                ("at", models.DateTimeField(verbose_name="when")),
                ("by_name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "difference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verdicts",
                        to="alignment.difference",
                        verbose_name="difference",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="partnerships.partner",
                        verbose_name="partner",
                    ),
                ),
            ],
            options={
                "verbose_name": "yes of a side",
                "verbose_name_plural": "yes of sides",
            },
        ),
        migrations.AddConstraint(
            model_name="difference",
            constraint=models.UniqueConstraint(fields=("partnership", "key"), name="one_difference_of_a_key"),
        ),
        migrations.AddConstraint(
            model_name="difference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "settled"), _negated=True),
                    models.Q(("sentence", ""), _negated=True),
                    _connector="OR",
                ),
                name="difference_settled_by_a_sentence",
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.UniqueConstraint(fields=("partner", "number"), name="one_edition_of_a_number"),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(("how", "behalf"), ("confirmed_at__isnull", False), _connector="OR"),
                name="own_words_are_confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.UniqueConstraint(fields=("partner", "on_behalf"), name="one_sheet_of_a_side"),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.UniqueConstraint(fields=("difference", "partner"), name="one_verdict_of_a_side"),
        ),
    ]

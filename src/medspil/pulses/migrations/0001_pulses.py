"""How often a partnership asks how it goes, its rounds and answers, and news from one side to the others."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("partnerships", "0005_people_gains_questions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="News",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                ("text", models.CharField(blank=True, max_length=500, verbose_name="news")),
                ("forgotten_at", models.DateTimeField(blank=True, null=True, verbose_name="forgotten")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                (
                    "by_side",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="news",
                        to="partnerships.partner",
                        verbose_name="from whom",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="news",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "news of a partnership",
                "verbose_name_plural": "news of partnerships",
            },
        ),
        migrations.CreateModel(
            name="NewsOff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField(verbose_name="since")),
                (
                    "partner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="news_off",
                        to="partnerships.partner",
                        verbose_name="side",
                    ),
                ),
            ],
            options={
                "verbose_name": "side without mails about news",
                "verbose_name_plural": "sides without mails about news",
            },
        ),
        migrations.CreateModel(
            name="Pulse",
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
                    "rhythm",
                    models.CharField(
                        choices=[("off", "never"), ("month", "every month"), ("quarter", "every quarter")],
                        default="off",
                        max_length=7,
                        verbose_name="how often",
                    ),
                ),
                ("since", models.DateField(verbose_name="since")),
                (
                    "partnership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pulse",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "pulse",
                "verbose_name_plural": "pulses",
            },
        ),
        migrations.CreateModel(
            name="PulseRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("begun_on", models.DateField(verbose_name="asked on")),
                ("ends_on", models.DateField(verbose_name="answers until")),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pulse_rounds",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "round of a pulse",
                "verbose_name_plural": "rounds of pulses",
            },
        ),
        migrations.CreateModel(
            name="PulseAsk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pulse_asks",
                        to="partnerships.partner",
                        verbose_name="side",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asks",
                        to="pulses.pulseround",
                        verbose_name="round",
                    ),
                ),
            ],
            options={
                "verbose_name": "pulse question to a side",
                "verbose_name_plural": "pulse questions to sides",
            },
        ),
        migrations.CreateModel(
            name="PulseAnswer",
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
                    "step",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "It goes badly"),
                            (2, "It is hard going"),
                            (3, "Both good and hard"),
                            (4, "It goes well"),
                            (5, "It goes very well"),
                        ],
                        verbose_name="how it goes",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="in a sentence")),
                ("answered_on", models.DateField(verbose_name="answered on")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pulse_answers",
                        to="partnerships.partner",
                        verbose_name="side",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="pulses.pulseround",
                        verbose_name="round",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to a pulse question",
                "verbose_name_plural": "answers to pulse questions",
            },
        ),
        migrations.CreateModel(
            name="NewsTold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="put into the outbox")),
                (
                    "news",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="told",
                        to="pulses.news",
                        verbose_name="news",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.partner",
                        verbose_name="side",
                    ),
                ),
            ],
            options={
                "verbose_name": "news told to a side",
                "verbose_name_plural": "news told to sides",
                "constraints": [models.UniqueConstraint(fields=("news", "partner"), name="side_told_of_news_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="pulseround",
            constraint=models.UniqueConstraint(fields=("partnership", "begun_on"), name="one_pulse_round_a_day"),
        ),
        migrations.AddConstraint(
            model_name="pulseask",
            constraint=models.UniqueConstraint(fields=("round", "partner"), name="asked_once_in_a_pulse_round"),
        ),
        migrations.AddConstraint(
            model_name="pulseanswer",
            constraint=models.UniqueConstraint(fields=("round", "partner"), name="one_answer_in_a_pulse_round"),
        ),
        migrations.AddConstraint(
            model_name="pulseanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("step__gte", 1), ("step__lte", 5)), name="pulse_has_five_steps"
            ),
        ),
    ]

"""Who takes which part on a side, what each side gains, questions with the clock, and how a partnership ends."""

import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0004_planned_meetings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="partnership",
            name="again",
            field=models.TextField(blank=True, verbose_name="what we would do again, and what not"),
        ),
        migrations.AddField(
            model_name="partnership",
            name="answer_days",
            field=models.PositiveSmallIntegerField(
                default=5,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)],
                verbose_name="answer within (working days)",
            ),
        ),
        migrations.AddField(
            model_name="partnership",
            name="end_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("reached", "what we wanted is reached"),
                    ("time_over", "the time that was agreed upon is over"),
                    ("people_left", "those who carried it have left"),
                    ("priorities", "a side wants to do something else"),
                    ("money", "the money ended"),
                    ("closed", "a side has closed"),
                    ("little_came", "too little came of it"),
                    ("other", "something else"),
                ],
                max_length=11,
                verbose_name="reason why it ended",
            ),
        ),
        migrations.AddField(
            model_name="partnership",
            name="worked",
            field=models.TextField(blank=True, verbose_name="what worked"),
        ),
        migrations.CreateModel(
            name="PartnerGain",
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
                    "when",
                    models.CharField(
                        choices=[("expected", "expected"), ("experienced", "experienced")],
                        max_length=11,
                        verbose_name="expected or experienced",
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=40, verbose_name="gain")),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="own words")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed")),
                ("confirmed_as", models.CharField(blank=True, max_length=120, verbose_name="confirmed as")),
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
                    "noted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noted by",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gains",
                        to="partnerships.partner",
                        verbose_name="side",
                    ),
                ),
            ],
            options={
                "verbose_name": "gain of a side",
                "verbose_name_plural": "gains of sides",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("partner", "when", "code"),
                        name="one_gain_of_a_kind_per_side",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code", ""), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="gain_of_a_side_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PartnerPerson",
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
                    "part",
                    models.CharField(
                        choices=[
                            ("contact", "contact person"),
                            ("deputy", "deputy"),
                            ("chief", "stands behind it in the management"),
                            ("champion", "carries it"),
                        ],
                        max_length=8,
                        verbose_name="part",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                ("function", models.CharField(blank=True, max_length=120, verbose_name="function")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="where the address is from")),
                ("purpose", models.CharField(blank=True, max_length=200, verbose_name="what it may be used for")),
                (
                    "may_decide_kroner",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="may decide up to (kroner)"),
                ),
                ("may_decide_topics", models.CharField(blank=True, max_length=300, verbose_name="may decide about")),
                (
                    "if_leaves",
                    models.CharField(blank=True, max_length=500, verbose_name="what happens if she or he leaves"),
                ),
                ("from_on", models.DateField(verbose_name="from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="to")),
                ("handover", models.TextField(blank=True, verbose_name="handover note")),
                ("forgotten_at", models.DateTimeField(blank=True, null=True, verbose_name="forgotten")),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="partnerships.partner",
                        verbose_name="side",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account in Medspil",
                    ),
                ),
            ],
            options={
                "verbose_name": "person of a side",
                "verbose_name_plural": "people of sides",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("part", "contact"), ("to_on", None)),
                        fields=("partner",),
                        name="one_contact_at_a_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("part", "chief"), ("to_on", None)),
                        fields=("partner",),
                        name="one_chief_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to_on", None), ("to_on__gte", models.F("from_on")), _connector="OR"),
                        name="person_of_a_side_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("part", "deputy"), _negated=True), ("to_on__isnull", False), _connector="OR"
                        ),
                        name="deputy_has_a_last_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                ("text", models.TextField(blank=True, verbose_name="question")),
                ("asked_on", models.DateField(verbose_name="asked on")),
                ("due_on", models.DateField(verbose_name="answer by")),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                ("to_deputy_on", models.DateField(blank=True, null=True, verbose_name="passed on to the deputy")),
                ("to_chief_on", models.DateField(blank=True, null=True, verbose_name="passed on to the chief")),
                ("dropped_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                ("forgotten_at", models.DateTimeField(blank=True, null=True, verbose_name="forgotten")),
                (
                    "answer_noted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answer written by",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "asked_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked",
                        to="partnerships.partner",
                        verbose_name="to whom",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
                (
                    "put_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.partner",
                        verbose_name="from whom",
                    ),
                ),
            ],
            options={
                "verbose_name": "question to a side",
                "verbose_name_plural": "questions to sides",
                "indexes": [models.Index(fields=["answered_on", "due_on"], name="question_by_answer_and_due")],
            },
        ),
    ]

"""Agreements, what was frozen of them, who confirmed; and triggers that refuse to change what was frozen."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from medspil.agreements.guards import put_up, take_down


def put_guards_up(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Let the database refuse to change what was frozen."""
    put_up(editor)


def take_guards_down(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Let the tables be dropped."""
    take_down(editor)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_one_time_links"),
        ("partnerships", "0004_planned_meetings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number of the version")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "being written"),
                            ("put_away", "put away"),
                            ("proposed", "waits for confirmations"),
                            ("overtaken", "overtaken by a new version"),
                            ("confirmed", "confirmed by all"),
                            ("paused", "paused"),
                            ("ended", "ended"),
                        ],
                        default="draft",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("state_on", models.DateField(verbose_name="since")),
                ("state_why", models.CharField(blank=True, max_length=300, verbose_name="why")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                ("look_again_on", models.DateField(blank=True, null=True, verbose_name="we look at it again on")),
                ("proposed_at", models.DateTimeField(blank=True, null=True, verbose_name="proposed")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed by all")),
                ("review", models.TextField(blank=True, verbose_name="what came of it")),
                (
                    "based_on",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.agreement",
                        verbose_name="changed from",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "agreement",
                "verbose_name_plural": "agreements",
            },
        ),
        migrations.CreateModel(
            name="AgreementField",
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
                    "code",
                    models.CharField(
                        choices=[
                            ("effects", "Wanted effects and goals"),
                            ("activities", "Activities"),
                            ("success", "Success criteria"),
                            ("timeline", "Timeline"),
                            ("budget", "Budget"),
                            ("decides", "Who decides"),
                            ("responsible", "Who is responsible"),
                        ],
                        max_length=11,
                        verbose_name="field",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("rows", models.JSONField(blank=True, default=list, verbose_name="rows")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fields",
                        to="agreements.agreement",
                        verbose_name="agreement",
                    ),
                ),
            ],
            options={
                "verbose_name": "field of an agreement",
                "verbose_name_plural": "fields of agreements",
            },
        ),
        migrations.CreateModel(
            name="CheckAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                ("code", models.CharField(max_length=24, verbose_name="question")),
                ("answer", models.CharField(blank=True, max_length=6, verbose_name="answer")),
                ("amounts", models.JSONField(blank=True, default=dict, verbose_name="amounts")),
                ("why", models.CharField(blank=True, max_length=1000, verbose_name="why it goes on")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="agreements.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to a check",
                "verbose_name_plural": "answers to checks",
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("forgotten_at", models.DateTimeField(blank=True, null=True, verbose_name="forgotten")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the text")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("role", models.CharField(max_length=120, verbose_name="role")),
                ("mandate", models.CharField(max_length=300, verbose_name="mandate")),
                ("at", models.DateTimeField(verbose_name="when")),
                (
                    "way",
                    models.CharField(
                        choices=[("signed_in", "signed in"), ("link", "by a link sent by mail")],
                        max_length=9,
                        verbose_name="how",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="agreements.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="partnerships.partner",
                        verbose_name="for",
                    ),
                ),
            ],
            options={
                "verbose_name": "confirmation",
                "verbose_name_plural": "confirmations",
            },
        ),
        migrations.CreateModel(
            name="ConfirmationRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("to_email", models.EmailField(blank=True, max_length=254, verbose_name="address")),
                ("to_name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="where we have the address from")),
                ("language", models.CharField(default="da", max_length=2, verbose_name="language")),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                ("forgotten_at", models.DateTimeField(blank=True, null=True, verbose_name="forgotten")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="agreements.agreement",
                        verbose_name="agreement",
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
                    "link",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.onetimelink",
                        verbose_name="one-time link",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="partnerships.partner",
                        verbose_name="of",
                    ),
                ),
            ],
            options={
                "verbose_name": "request for a confirmation",
                "verbose_name_plural": "requests for confirmations",
            },
        ),
        migrations.CreateModel(
            name="FrozenText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("forgotten_at", models.DateTimeField(blank=True, null=True, verbose_name="forgotten")),
                ("content", models.JSONField(verbose_name="content")),
                ("text", models.TextField(verbose_name="text")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the text")),
                ("frozen_at", models.DateTimeField(verbose_name="frozen")),
                (
                    "agreement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="frozen",
                        to="agreements.agreement",
                        verbose_name="agreement",
                    ),
                ),
            ],
            options={
                "verbose_name": "frozen text",
                "verbose_name_plural": "frozen texts",
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("forgotten_at", models.DateTimeField(blank=True, null=True, verbose_name="forgotten")),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                ("pdf", models.BinaryField(verbose_name="PDF")),
                ("pages", models.PositiveSmallIntegerField(verbose_name="pages")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the file")),
                ("made_at", models.DateTimeField(verbose_name="made")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="agreements.agreement",
                        verbose_name="agreement",
                    ),
                ),
            ],
            options={
                "verbose_name": "paper of an agreement",
                "verbose_name_plural": "papers of agreements",
            },
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(fields=("partnership", "number"), name="one_agreement_per_number"),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "proposed"])),
                fields=("partnership",),
                name="one_open_agreement_per_partnership",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["confirmed", "paused", "ended"]), _negated=True),
                    models.Q(("confirmed_at__isnull", False), ("starts_on__isnull", False)),
                    _connector="OR",
                ),
                name="confirmed_agreement_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementfield",
            constraint=models.UniqueConstraint(fields=("agreement", "code"), name="one_field_per_code"),
        ),
        migrations.AddConstraint(
            model_name="checkanswer",
            constraint=models.UniqueConstraint(fields=("agreement", "code"), name="one_answer_per_check"),
        ),
        migrations.AddConstraint(
            model_name="confirmation",
            constraint=models.UniqueConstraint(fields=("agreement", "partner"), name="one_confirmation_per_partner"),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.UniqueConstraint(fields=("agreement", "language"), name="one_paper_per_language"),
        ),
        migrations.RunPython(put_guards_up, take_guards_down),
    ]

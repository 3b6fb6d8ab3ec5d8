"""Boards of partnerships: rules of procedure, constituencies, members, earmarked sums."""

import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("partnerships", "0006_minutes_of_conversations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BoardMember",
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
                        choices=[("member", "member"), ("substitute", "substitute")],
                        default="member",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("organisation_name", models.CharField(blank=True, max_length=160, verbose_name="organisation")),
                ("from_on", models.DateField(verbose_name="from")),
                ("term_ends_on", models.DateField(blank=True, null=True, verbose_name="the term ends")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "left_why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stepped_down", "stepped down"),
                            ("replaced", "the constituency sends somebody else"),
                            ("moved_up", "took over a seat"),
                            ("forgotten", "asked to be forgotten"),
                        ],
                        max_length=12,
                        verbose_name="why",
                    ),
                ),
                ("forgotten_at", models.DateTimeField(blank=True, null=True, verbose_name="forgotten")),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="board_members",
                        to="partnerships.partner",
                        verbose_name="side",
                    ),
                ),
                (
                    "took_over_from",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_over_by",
                        to="boards.boardmember",
                        verbose_name="took over from",
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
                "verbose_name": "member of a board",
                "verbose_name_plural": "members of boards",
            },
        ),
        migrations.CreateModel(
            name="Board",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                ("founded_on", models.DateField(verbose_name="founded")),
                ("dissolved_on", models.DateField(blank=True, null=True, verbose_name="dissolved")),
                (
                    "partnership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="board",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="boards.boardmember",
                        verbose_name="chair",
                    ),
                ),
                (
                    "deputy_chair",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="boards.boardmember",
                        verbose_name="deputy chair",
                    ),
                ),
            ],
            options={
                "verbose_name": "board",
                "verbose_name_plural": "boards",
            },
        ),
        migrations.CreateModel(
            name="Constituency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("least", models.PositiveSmallIntegerField(verbose_name="seats at least")),
                (
                    "most",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(30),
                        ],
                        verbose_name="seats at most",
                    ),
                ),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="constituencies",
                        to="boards.board",
                        verbose_name="board",
                    ),
                ),
            ],
            options={
                "verbose_name": "constituency",
                "verbose_name_plural": "constituencies",
            },
        ),
        migrations.AddField(
            model_name="boardmember",
            name="constituency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="members",
                to="boards.constituency",
                verbose_name="constituency",
            ),
        ),
        migrations.CreateModel(
            name="Earmark",
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
                    "amount_kroner",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="amount (kroner)"
                    ),
                ),
                ("giver", models.CharField(blank=True, max_length=160, verbose_name="from whom")),
                ("purpose", models.CharField(max_length=500, verbose_name="what it is for")),
                ("from_on", models.DateField(verbose_name="from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="to")),
                ("archived_at", models.DateTimeField(blank=True, null=True, verbose_name="archived")),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="earmarks",
                        to="boards.board",
                        verbose_name="board",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="earmarks",
                        to="partnerships.partner",
                        verbose_name="side",
                    ),
                ),
            ],
            options={
                "verbose_name": "earmarked sum",
                "verbose_name_plural": "earmarked sums",
            },
        ),
        migrations.CreateModel(
            name="RulesOfProcedure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("holds_from", models.DateField(verbose_name="holds from")),
                ("text", models.TextField(verbose_name="rules of procedure")),
                (
                    "quorum_share",
                    models.CharField(
                        choices=[
                            ("none", "no share, only a number"),
                            ("half", "at least half"),
                            ("over_half", "more than half"),
                            ("two_thirds", "at least two thirds"),
                        ],
                        default="over_half",
                        max_length=10,
                        verbose_name="quorum: how large a share must be there",
                    ),
                ),
                (
                    "quorum_number",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="quorum: how many must be there at least",
                    ),
                ),
                (
                    "majority",
                    models.CharField(
                        choices=[
                            ("simple", "more votes for than against"),
                            ("absolute", "more than half of those who are there"),
                            ("two_thirds", "at least two thirds of the votes for and against"),
                            ("nobody_against", "nobody against"),
                        ],
                        default="simple",
                        max_length=14,
                        verbose_name="how decisions are taken",
                    ),
                ),
                (
                    "casting_vote",
                    models.BooleanField(default=True, verbose_name="the chair's vote decides when the votes are equal"),
                ),
                (
                    "notice_days",
                    models.PositiveSmallIntegerField(
                        default=14,
                        validators=[django.core.validators.MaxValueValidator(90)],
                        verbose_name="days' notice before a meeting",
                    ),
                ),
                (
                    "term_years",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(8),
                        ],
                        verbose_name="how many years a term lasts",
                    ),
                ),
                ("re_election", models.BooleanField(default=True, verbose_name="members can be elected again")),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rules",
                        to="boards.board",
                        verbose_name="board",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
            ],
            options={
                "verbose_name": "rules of procedure",
                "verbose_name_plural": "rules of procedure",
            },
        ),
        migrations.AddConstraint(
            model_name="board",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("dissolved_on", None), ("dissolved_on__gte", models.F("founded_on")), _connector="OR"
                ),
                name="board_is_dissolved_after_it_was_founded",
            ),
        ),
        migrations.AddConstraint(
            model_name="constituency",
            constraint=models.UniqueConstraint(fields=("board", "name"), name="one_constituency_of_a_name"),
        ),
        migrations.AddConstraint(
            model_name="constituency",
            constraint=models.CheckConstraint(
                condition=models.Q(("least__lte", models.F("most")), ("most__gte", 1)), name="constituency_has_seats"
            ),
        ),
        migrations.AddConstraint(
            model_name="boardmember",
            constraint=models.CheckConstraint(
                condition=models.Q(("term_ends_on", None), ("term_ends_on__gte", models.F("from_on")), _connector="OR"),
                name="term_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="boardmember",
            constraint=models.CheckConstraint(
                condition=models.Q(("left_on", None), ("left_on__gte", models.F("from_on")), _connector="OR"),
                name="member_leaves_after_coming",
            ),
        ),
        migrations.AddConstraint(
            model_name="earmark",
            constraint=models.CheckConstraint(
                condition=models.Q(("to_on", None), ("to_on__gte", models.F("from_on")), _connector="OR"),
                name="earmark_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="earmark",
            constraint=models.CheckConstraint(condition=models.Q(("amount_kroner__gte", 1)), name="earmark_is_a_sum"),
        ),
        migrations.AddConstraint(
            model_name="rulesofprocedure",
            constraint=models.UniqueConstraint(fields=("board", "number"), name="rules_of_procedure_are_numbered"),
        ),
        migrations.AddConstraint(
            model_name="rulesofprocedure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("quorum_share", "none"), _negated=True), ("quorum_number__gte", 1), _connector="OR"
                ),
                name="rules_of_procedure_have_a_quorum",
            ),
        ),
    ]

"""Meetings of boards with agenda, attendance, votes and minutes; and a trigger that keeps approved minutes as they are."""

import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from medspil.boards.guards import put_up, take_down


def put_guards_up(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Let the database refuse to change what was approved."""
    put_up(editor)


def take_guards_down(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Let the table be dropped."""
    take_down(editor)


class Migration(migrations.Migration):
    dependencies = [
        ("boards", "0001_boards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                ("at", models.PositiveSmallIntegerField(verbose_name="place in the order")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("information", "for information"),
                            ("discussion", "for discussion"),
                            ("decision", "for decision"),
                        ],
                        max_length=11,
                        verbose_name="what the board shall do",
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="what it is about")),
                ("text", models.TextField(blank=True, verbose_name="what there is to say of it")),
                ("noted", models.TextField(blank=True, verbose_name="minutes")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="taken out")),
                (
                    "brought_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="boards.boardmember",
                        verbose_name="who brings it",
                    ),
                ),
            ],
            options={
                "verbose_name": "item of an agenda",
                "verbose_name_plural": "items of agendas",
            },
        ),
        migrations.CreateModel(
            name="BoardDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                ("text", models.TextField(verbose_name="what is decided")),
                (
                    "way",
                    models.CharField(
                        choices=[("agreed", "without a vote: nobody was against"), ("vote", "by a vote")],
                        max_length=6,
                        verbose_name="how",
                    ),
                ),
                ("kroner", models.PositiveIntegerField(blank=True, null=True, verbose_name="how much (kroner)")),
                ("purpose", models.CharField(blank=True, max_length=300, verbose_name="for what")),
                (
                    "earmark",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="boards.earmark",
                        verbose_name="of which sum",
                    ),
                ),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="boards.agendaitem",
                        verbose_name="item",
                    ),
                ),
                (
                    "reverses",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversals",
                        to="boards.boarddecision",
                        verbose_name="in place of",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision of a board",
                "verbose_name_plural": "decisions of boards",
            },
        ),
        migrations.CreateModel(
            name="BoardMeeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                ("starts_at", models.DateTimeField(verbose_name="begins")),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        default=90,
                        validators=[
                            django.core.validators.MinValueValidator(15),
                            django.core.validators.MaxValueValidator(600),
                        ],
                        verbose_name="how many minutes",
                    ),
                ),
                ("place", models.CharField(max_length=200, verbose_name="where")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "planned"), ("held", "held"), ("cancelled", "cancelled")],
                        default="planned",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="why it was cancelled")),
                ("called_at", models.DateTimeField(blank=True, null=True, verbose_name="called")),
                (
                    "sequence",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="number of the papers"),
                ),
                (
                    "forgotten_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="words forgotten"),
                ),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="boards.board",
                        verbose_name="board",
                    ),
                ),
                (
                    "chaired_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="boards.boardmember",
                        verbose_name="chaired by",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="planned by",
                    ),
                ),
            ],
            options={
                "verbose_name": "meeting of a board",
                "verbose_name_plural": "meetings of boards",
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "told",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="number of the papers she has"),
                ),
                (
                    "presence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("present", "present"),
                            ("substitute", "a substitute came"),
                            ("excused", "absent, sent apologies"),
                            ("absent", "absent"),
                        ],
                        max_length=10,
                        verbose_name="was there",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="boards.boardmember",
                        verbose_name="member",
                    ),
                ),
                (
                    "substitute",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="boards.boardmember",
                        verbose_name="substitute",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to="boards.boardmeeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "attendance at a meeting",
                "verbose_name_plural": "attendances at meetings",
            },
        ),
        migrations.CreateModel(
            name="ApprovedMinutes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("forgotten_at", models.DateTimeField(blank=True, null=True, verbose_name="forgotten")),
                ("content", models.JSONField(verbose_name="content")),
                ("names", models.JSONField(verbose_name="names")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the content")),
                (
                    "way",
                    models.CharField(
                        choices=[("meeting", "the board, at a later meeting"), ("chair", "the chair")],
                        max_length=7,
                        verbose_name="approved by",
                    ),
                ),
                ("approved_on", models.DateField(verbose_name="approved")),
                ("noted_at", models.DateTimeField(verbose_name="noted")),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noted by",
                    ),
                ),
                (
                    "at_meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="boards.boardmeeting",
                        verbose_name="at the meeting",
                    ),
                ),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approved",
                        to="boards.boardmeeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "approved minutes",
                "verbose_name_plural": "approved minutes",
            },
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="boards.boardmeeting",
                verbose_name="meeting",
            ),
        ),
        migrations.CreateModel(
            name="MinutesNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                ("text", models.TextField(verbose_name="what is to be said in addition")),
                ("on", models.DateField(verbose_name="day")),
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="boards.boardmeeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "note on minutes",
                "verbose_name_plural": "notes on minutes",
            },
        ),
        migrations.CreateModel(
            name="OutOfRoom",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "because",
                    models.CharField(
                        choices=[
                            ("conflict", "disqualified: has an interest of her or his own in it"),
                            ("away", "was not in the room"),
                        ],
                        max_length=8,
                        verbose_name="because",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="why")),
                (
                    "attendance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="out_of_room",
                        to="boards.attendance",
                        verbose_name="who",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="out_of_room",
                        to="boards.agendaitem",
                        verbose_name="item",
                    ),
                ),
            ],
            options={
                "verbose_name": "left the room for an item",
                "verbose_name_plural": "left the room for items",
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "choice",
                    models.CharField(
                        choices=[("for", "for"), ("against", "against"), ("abstain", "abstains")],
                        max_length=7,
                        verbose_name="vote",
                    ),
                ),
                (
                    "attendance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="boards.attendance",
                        verbose_name="who",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                        to="boards.boarddecision",
                        verbose_name="decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "vote",
                "verbose_name_plural": "votes",
            },
        ),
        migrations.AddConstraint(
            model_name="boarddecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("earmark", None), ("kroner", None)),
                    models.Q(("earmark__isnull", False), ("kroner__gte", 1)),
                    _connector="OR",
                ),
                name="decision_uses_a_sum_of_something",
            ),
        ),
        migrations.AddIndex(
            model_name="boardmeeting",
            index=models.Index(fields=["board", "starts_at"], name="meeting_of_board"),
        ),
        migrations.AddConstraint(
            model_name="boardmeeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__gte", 15), ("minutes__lte", 600)), name="meeting_has_a_length"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(fields=("meeting", "member"), name="one_attendance_per_member"),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(fields=("meeting", "substitute"), name="substitute_fills_one_seat"),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("presence", "substitute"), ("substitute__isnull", False)),
                    models.Q(models.Q(("presence", "substitute"), _negated=True), ("substitute", None)),
                    _connector="OR",
                ),
                name="substitute_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="approvedminutes",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("at_meeting__isnull", False), ("way", "meeting")),
                    models.Q(("at_meeting", None), ("way", "chair")),
                    _connector="OR",
                ),
                name="minutes_say_where_they_were_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="outofroom",
            constraint=models.UniqueConstraint(fields=("item", "attendance"), name="out_of_room_once_per_item"),
        ),
        migrations.AddConstraint(
            model_name="outofroom",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("because", "conflict"), _negated=True),
                    models.Q(("why", ""), _negated=True),
                    _connector="OR",
                ),
                name="conflict_of_interest_says_why",
                violation_error_message="Say in a few words what the interest is.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.UniqueConstraint(fields=("decision", "attendance"), name="one_vote_per_seat"),
        ),
        migrations.RunPython(put_guards_up, take_guards_down),
    ]

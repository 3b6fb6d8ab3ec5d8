"""Rules may let members approve minutes in writing; and the triggers again on the tables that SQLite built anew."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from medspil.boards.guards import RULES_IN_WRITING, put_up, put_up_for_rules, take_down, take_down_for_rules


def put_guards_up(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers up as they are from now on."""
    put_up(editor)
    put_up_for_rules(editor, RULES_IN_WRITING)


def put_guards_up_as_before(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers up as they were before, once the tables are as they were."""
    put_up(editor)
    put_up_for_rules(editor)


def take_guards_down(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers down, so that the tables can change."""
    take_down(editor)
    take_down_for_rules(editor)


class Migration(migrations.Migration):
    dependencies = [
        ("boards", "0004_answers_of_members"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(take_guards_down, put_guards_up_as_before),
        migrations.CreateModel(
            name="MinutesAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of what was read")),
                ("agrees", models.BooleanField(verbose_name="approves them")),
                ("words", models.TextField(blank=True, verbose_name="what is not right")),
                ("answered_at", models.DateTimeField(verbose_name="answered")),
            ],
            options={
                "verbose_name": "answer to minutes",
                "verbose_name_plural": "answers to minutes",
            },
        ),
        migrations.RemoveConstraint(
            model_name="approvedminutes",
            name="minutes_say_where_they_were_approved",
        ),
        migrations.AddField(
            model_name="boardmeeting",
            name="minutes_out_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="minutes sent out"),
        ),
        migrations.AddField(
            model_name="boardmeeting",
            name="minutes_out_sha256",
            field=models.CharField(blank=True, max_length=64, verbose_name="hash of the minutes sent out"),
        ),
        migrations.AddField(
            model_name="rulesofprocedure",
            name="objection_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)],
                verbose_name="days to approve the minutes in writing",
            ),
        ),
        migrations.AlterField(
            model_name="approvedminutes",
            name="way",
            field=models.CharField(
                choices=[
                    ("meeting", "the board, at a later meeting"),
                    ("chair", "the chair"),
                    ("writing", "the members, in writing"),
                ],
                max_length=7,
                verbose_name="approved by",
            ),
        ),
        migrations.AddConstraint(
            model_name="approvedminutes",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("at_meeting__isnull", False), ("way", "meeting")),
                    models.Q(("at_meeting", None), ("way__in", ["chair", "writing"])),
                    _connector="OR",
                ),
                name="minutes_say_where_they_were_approved",
            ),
        ),
        migrations.AddField(
            model_name="minutesanswer",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="minutes_answers",
                to="boards.boardmeeting",
                verbose_name="meeting",
            ),
        ),
        migrations.AddField(
            model_name="minutesanswer",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="boards.boardmember",
                verbose_name="who",
            ),
        ),
        migrations.AddConstraint(
            model_name="minutesanswer",
            constraint=models.UniqueConstraint(fields=("meeting", "member", "sha256"), name="one_answer_to_minutes"),
        ),
        migrations.AddConstraint(
            model_name="minutesanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("agrees", True), models.Q(("words", ""), _negated=True), _connector="OR"),
                name="objection_to_minutes_says_why",
            ),
        ),
        migrations.RunPython(put_guards_up, take_guards_down),
    ]

"""Rules may let votes be secret: a decision holds the ballots by their number alone."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from medspil.boards.guards import RULES_IN_SECRET, RULES_IN_WRITING, put_up_for_rules, take_down_for_rules


def put_guards_up(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers up as they are from now on."""
    put_up_for_rules(editor, RULES_IN_SECRET)


def put_guards_up_as_before(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers up as they were before, once the table is as it was."""
    put_up_for_rules(editor, RULES_IN_WRITING)


def take_guards_down(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers down, so that the table can change."""
    take_down_for_rules(editor)


class Migration(migrations.Migration):
    dependencies = [
        ("boards", "0005_minutes_in_writing"),
    ]

    operations = [
        migrations.RunPython(take_guards_down, put_guards_up_as_before),
        migrations.AddField(
            model_name="boarddecision",
            name="ballots_against",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="ballots against"),
        ),
        migrations.AddField(
            model_name="boarddecision",
            name="ballots_blank",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="blank ballots"),
        ),
        migrations.AddField(
            model_name="boarddecision",
            name="ballots_for",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="ballots for"),
        ),
        migrations.AddField(
            model_name="rulesofprocedure",
            name="secret_ballot",
            field=models.BooleanField(default=False, verbose_name="votes can be by secret ballot"),
        ),
        migrations.AlterField(
            model_name="boarddecision",
            name="way",
            field=models.CharField(
                choices=[
                    ("agreed", "without a vote: nobody was against"),
                    ("vote", "by a vote"),
                    ("secret", "by a secret ballot"),
                ],
                max_length=6,
                verbose_name="how",
            ),
        ),
        migrations.AddConstraint(
            model_name="boarddecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ballots_against__isnull", False),
                        ("ballots_blank__isnull", False),
                        ("ballots_for__isnull", False),
                        ("way", "secret"),
                    ),
                    models.Q(
                        models.Q(("way", "secret"), _negated=True),
                        ("ballots_against", None),
                        ("ballots_blank", None),
                        ("ballots_for", None),
                    ),
                    _connector="OR",
                ),
                name="secret_ballot_is_counted",
            ),
        ),
        migrations.RunPython(put_guards_up, take_guards_down),
    ]

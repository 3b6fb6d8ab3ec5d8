"""A member answers before a meeting whether she comes, or whom she sends in her place."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("boards", "0003_adopted_rules_stay"),
    ]

    operations = [
        migrations.AddField(
            model_name="attendance",
            name="answer",
            field=models.CharField(
                blank=True,
                choices=[("yes", "comes"), ("no", "cannot come"), ("substitute", "a substitute comes")],
                max_length=10,
                verbose_name="answer",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="sends",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="boards.boardmember",
                verbose_name="sends",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(fields=("meeting", "sends"), name="substitute_is_sent_for_one_seat"),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", "substitute"), ("sends__isnull", False)),
                    models.Q(models.Q(("answer", "substitute"), _negated=True), ("sends", None)),
                    _connector="OR",
                ),
                name="substitute_who_is_sent_is_named",
            ),
        ),
    ]

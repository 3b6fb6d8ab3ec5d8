"""When a side that asked by a one-time link was told the answer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0006_minutes_of_conversations"),
    ]

    operations = [
        migrations.AddField(
            model_name="question",
            name="answer_told_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="answer mailed"),
        ),
    ]

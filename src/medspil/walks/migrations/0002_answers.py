"""What those who were invited to a walk answered."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("walks", "0001_walks"),
    ]

    operations = [
        migrations.AddField(
            model_name="attendee",
            name="answer",
            field=models.CharField(
                blank=True, choices=[("yes", "comes"), ("no", "cannot come")], max_length=3, verbose_name="answer"
            ),
        ),
    ]

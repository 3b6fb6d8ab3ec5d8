"""A mail may carry a file for calendars."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_outbox"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="calendar",
            field=models.TextField(blank=True, verbose_name="file for a calendar"),
        ),
    ]

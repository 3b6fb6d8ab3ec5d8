"""A mail may have a paper attached, made when it goes of what is written down here."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0003_mails_that_came_back"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="paper",
            field=models.TextField(blank=True, verbose_name="what its paper is made of"),
        ),
    ]

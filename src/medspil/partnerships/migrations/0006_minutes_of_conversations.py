"""How long calls and meetings took."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0005_people_gains_questions"),
    ]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="minutes",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="how many minutes it took"),
        ),
    ]

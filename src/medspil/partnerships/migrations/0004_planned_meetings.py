"""Calls and meetings that are agreed upon before they are held, also from the file of an invitation."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("linking", "0006_mentions_of_letters"),
        ("partnerships", "0003_partnership"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="invitation",
            field=models.CharField(blank=True, max_length=255, verbose_name="number of the invitation"),
        ),
        migrations.AddField(
            model_name="conversation",
            name="planned",
            field=models.BooleanField(default=False, verbose_name="agreed upon, not held"),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("invitation", ""), _negated=True),
                fields=("party", "invitation"),
                name="an_invitation_comes_once",
            ),
        ),
    ]

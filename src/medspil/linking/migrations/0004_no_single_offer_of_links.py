"""Takes the one offer of a link away, after all of them were written down beside it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("linking", "0003_offers_and_subject_of_links")]

    operations = [
        migrations.RemoveField(model_name="link", name="offer"),
        migrations.AlterField(
            model_name="link",
            name="offers",
            field=models.ManyToManyField(
                blank=True, related_name="links", to="offers.offer", verbose_name="offers it rests on"
            ),
        ),
    ]

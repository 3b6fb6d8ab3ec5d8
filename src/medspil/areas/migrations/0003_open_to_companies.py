"""Lets a need be opened to companies: nobody outside sees one before somebody chooses so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0002_news_read"),
    ]

    operations = [
        migrations.AddField(
            model_name="need",
            name="open_to_companies",
            field=models.BooleanField(default=False, verbose_name="companies that use Medspil can see it"),
        ),
    ]

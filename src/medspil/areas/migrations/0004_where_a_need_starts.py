"""Says why a need answers no challenge, and who receives the volunteers it asks for."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0003_open_to_companies"),
        ("organisations", "0003_words_of_profiles"),
    ]

    operations = [
        migrations.AddField(
            model_name="need",
            name="good_day",
            field=models.TextField(blank=True, verbose_name="what a good day looks like"),
        ),
        migrations.AddField(
            model_name="need",
            name="host",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
                verbose_name="who receives the volunteers",
            ),
        ),
        migrations.AddField(
            model_name="need",
            name="host_capacity",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="how many volunteers at a time",
            ),
        ),
        migrations.AddField(
            model_name="need",
            name="host_name",
            field=models.CharField(
                blank=True, max_length=160, verbose_name="name of the group that receives the volunteers"
            ),
        ),
        migrations.AddField(
            model_name="need",
            name="hosted_on",
            field=models.DateField(blank=True, null=True, verbose_name="the day the group asked"),
        ),
        migrations.AddField(
            model_name="need",
            name="no_challenge_reason",
            field=models.CharField(blank=True, max_length=300, verbose_name="why it answers no challenge"),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(("host", None), ("host_name", ""), _connector="OR"),
                name="need_has_one_host",
                violation_error_message="Choose an organisation or write a name, not both.",
            ),
        ),
    ]

"""Lets rows be added once per form, point to the register, and a change be taken back."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offers", "0001_offer"),
        ("organisations", "0003_words_of_profiles"),
        ("register", "0005_staged_print"),
        ("rounds", "0001_round"),
    ]

    operations = [
        migrations.AddField(
            model_name="demand",
            name="batch",
            field=models.UUIDField(blank=True, editable=False, null=True, verbose_name="came with"),
        ),
        migrations.AddField(
            model_name="proposal",
            name="pair_rules",
            field=models.JSONField(default=list, verbose_name="locks and bans as they were"),
        ),
        migrations.AddField(
            model_name="supply",
            name="batch",
            field=models.UUIDField(blank=True, editable=False, null=True, verbose_name="came with"),
        ),
        migrations.AddField(
            model_name="supply",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="register.unit",
                verbose_name="entry in the register",
            ),
        ),
        migrations.AddConstraint(
            model_name="supply",
            constraint=models.UniqueConstraint(
                condition=models.Q(("offer", None), _negated=True),
                fields=("round", "offer"),
                name="one_supply_per_offer",
            ),
        ),
    ]

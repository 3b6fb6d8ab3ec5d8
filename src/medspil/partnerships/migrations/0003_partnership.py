"""Partnerships and those who take part; links that became one before have theirs from their day."""

import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def begin_old_ones(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Give each link that is a partnership its record, with the sides that said yes."""
    partnership, partner = apps.get_model("partnerships", "Partnership"), apps.get_model("partnerships", "Partner")
    for link in (
        apps.get_model("linking", "Link").objects.filter(state="partnership").prefetch_related("parties__resource")
    ):
        stamps = {"created_at": link.updated_at, "updated_at": link.updated_at}
        made = partnership.objects.create(
            link=link,
            name=link.sentence if len(link.sentence) <= 160 else f"{link.sentence[:158].rpartition(' ')[0]} …",
            begun_on=link.partnership_on,
            standing_on=link.partnership_on,
            **stamps,
        )
        partner.objects.bulk_create(
            partner(partnership=made, side=side, joined_on=link.partnership_on, **stamps)
            for side in link.parties.all()
            if side.answer == "yes" and (side.resource is None or side.resource.kind not in ("place", "story"))
        )


class Migration(migrations.Migration):
    dependencies = [
        ("linking", "0006_mentions_of_letters"),
        ("partnerships", "0002_conversations"),
    ]

    operations = [
        migrations.CreateModel(
            name="Partnership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                (
                    "model",
                    models.CharField(
                        blank=True,
                        choices=[("add_on", "Add-on"), ("strategically_integrated", "Strategically integrated")],
                        max_length=24,
                        verbose_name="partnership model",
                    ),
                ),
                ("idea", models.TextField(blank=True, verbose_name="the idea that carries it")),
                ("begun_on", models.DateField(verbose_name="begun")),
                (
                    "standing",
                    models.CharField(
                        choices=[("going", "going on"), ("paused", "paused"), ("ended", "ended")],
                        default="going",
                        max_length=6,
                        verbose_name="goes on",
                    ),
                ),
                ("standing_on", models.DateField(verbose_name="since")),
                ("standing_why", models.CharField(blank=True, max_length=300, verbose_name="why")),
                ("archived_at", models.DateTimeField(blank=True, null=True, verbose_name="archived")),
                (
                    "link",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partnership",
                        to="linking.link",
                        verbose_name="link",
                    ),
                ),
            ],
            options={
                "verbose_name": "partnership",
                "verbose_name_plural": "partnerships",
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                ("joined_on", models.DateField(verbose_name="takes part since")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="left")),
                ("left_why", models.CharField(blank=True, max_length=300, verbose_name="why it left")),
                (
                    "side",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partner",
                        to="linking.linkparty",
                        verbose_name="who",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partners",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "partner",
                "verbose_name_plural": "partners",
            },
        ),
        migrations.RunPython(begin_old_ones, migrations.RunPython.noop),
    ]

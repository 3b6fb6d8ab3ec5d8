"""What was said with sides of links, and what was promised there."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("linking", "0004_no_single_offer_of_links"),
        ("partnerships", "0001_pitch"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Conversation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                (
                    "channel",
                    models.CharField(
                        choices=[("call", "call"), ("mail", "mail"), ("meeting", "meeting")],
                        max_length=7,
                        verbose_name="how",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                ("their_people", models.CharField(blank=True, max_length=200, verbose_name="from them")),
                ("caught", models.JSONField(blank=True, default=list, verbose_name="what caught their interest")),
                ("text", models.TextField(blank=True, verbose_name="what was said")),
                ("forgotten_at", models.DateTimeField(blank=True, null=True, verbose_name="forgotten")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noted by",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conversations",
                        to="linking.link",
                        verbose_name="link",
                    ),
                ),
                (
                    "our_people",
                    models.ManyToManyField(
                        blank=True, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="from us"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="conversations",
                        to="linking.linkparty",
                        verbose_name="with whom",
                    ),
                ),
            ],
            options={
                "verbose_name": "conversation",
                "verbose_name_plural": "conversations",
            },
        ),
        migrations.CreateModel(
            name="Pledge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ours", models.BooleanField(verbose_name="we promised it")),
                ("who", models.CharField(blank=True, max_length=120, verbose_name="who")),
                ("what", models.CharField(blank=True, max_length=200, verbose_name="what")),
                ("due_on", models.DateField(verbose_name="until when")),
                ("kept_at", models.DateTimeField(blank=True, null=True, verbose_name="done")),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pledges",
                        to="partnerships.conversation",
                        verbose_name="conversation",
                    ),
                ),
                (
                    "kept_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noted as done by",
                    ),
                ),
            ],
            options={
                "verbose_name": "promise",
                "verbose_name_plural": "promises",
            },
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(fields=["link", "at"], name="conversation_of_link"),
        ),
    ]

"""Walks with their stops, who comes, what was offered on the way, and walks that were skipped."""

import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("areas", "0004_where_a_need_starts"),
        ("linking", "0006_mentions_of_letters"),
        ("mapping", "0002_competence"),
        ("partnerships", "0004_planned_meetings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Walk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                ("starts_at", models.DateTimeField(verbose_name="starts")),
                ("meeting_place", models.CharField(max_length=200, verbose_name="meeting point")),
                ("x", models.FloatField(blank=True, null=True, verbose_name="meeting point, east (EPSG:25832)")),
                ("y", models.FloatField(blank=True, null=True, verbose_name="meeting point, north (EPSG:25832)")),
                ("by_hand", models.BooleanField(default=False, verbose_name="the order was chosen by hand")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "planned"), ("held", "held"), ("cancelled", "cancelled")],
                        default="planned",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="why it was cancelled")),
                (
                    "sequence",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="number of the invitation"),
                ),
                (
                    "forgotten_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="people forgotten"),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="walks",
                        to="linking.link",
                        verbose_name="link",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="walks",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="planned by",
                    ),
                ),
            ],
            options={
                "verbose_name": "walk",
                "verbose_name_plural": "walks",
            },
        ),
        migrations.CreateModel(
            name="Attendee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                ("ours", models.BooleanField(verbose_name="comes for the area")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "email_source",
                    models.CharField(blank=True, max_length=200, verbose_name="where the address is from"),
                ),
                (
                    "invited",
                    models.IntegerField(editable=False, null=True, verbose_name="number of the invitation it got last"),
                ),
                ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="does not come after all")),
                (
                    "side",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="linking.linkparty",
                        verbose_name="comes for",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
                (
                    "walk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendees",
                        to="walks.walk",
                        verbose_name="walk",
                    ),
                ),
            ],
            options={
                "verbose_name": "who comes on a walk",
                "verbose_name_plural": "who comes on walks",
            },
        ),
        migrations.CreateModel(
            name="WalkStop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                ("at", models.PositiveIntegerField(verbose_name="place in the order")),
                ("title", models.CharField(blank=True, max_length=160, verbose_name="what is seen")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="where")),
                ("x", models.FloatField(blank=True, null=True, verbose_name="east (EPSG:25832)")),
                ("y", models.FloatField(blank=True, null=True, verbose_name="north (EPSG:25832)")),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        default=10,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(120),
                        ],
                        verbose_name="minutes",
                    ),
                ),
                ("shower", models.CharField(blank=True, max_length=120, verbose_name="who shows it")),
                ("shows", models.CharField(blank=True, max_length=300, verbose_name="what is shown")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="taken out")),
                (
                    "challenge",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.challenge",
                        verbose_name="challenge",
                    ),
                ),
                (
                    "resource",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="mapping.resource",
                        verbose_name="resource",
                    ),
                ),
                (
                    "walk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stops",
                        to="walks.walk",
                        verbose_name="walk",
                    ),
                ),
            ],
            options={
                "verbose_name": "stop of a walk",
                "verbose_name_plural": "stops of walks",
            },
        ),
        migrations.CreateModel(
            name="StopNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                ("kind", models.CharField(blank=True, max_length=40, verbose_name="kind of resource")),
                ("amount", models.CharField(blank=True, max_length=80, verbose_name="how much")),
                ("text", models.TextField(blank=True, verbose_name="what was offered or said")),
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
                    "made",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="linking.link",
                        verbose_name="the link it became",
                    ),
                ),
                (
                    "side",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="linking.linkparty",
                        verbose_name="who said it",
                    ),
                ),
                (
                    "stop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="walks.walkstop",
                        verbose_name="stop",
                    ),
                ),
            ],
            options={
                "verbose_name": "note on a walk",
                "verbose_name_plural": "notes on walks",
            },
        ),
        migrations.CreateModel(
            name="Skipping",
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
                    "reason",
                    models.CharField(
                        choices=[
                            ("known", "They know the area already"),
                            ("walked", "We have walked there together before"),
                            ("far", "They are too far away to come"),
                            ("hurry", "It cannot wait for a walk"),
                            ("no_place", "What we do together has no place in the area"),
                            ("their_wish", "They would rather not"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                        verbose_name="why",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="in words")),
                ("skipped_on", models.DateField(verbose_name="skipped on")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="skipped by",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="skipped_walks",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "skipped walk",
                "verbose_name_plural": "skipped walks",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)), fields=("partnership",), name="walk_is_skipped_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", "other"), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="another_reason_is_said_in_words",
                        violation_error_message="Say in words why.",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="walk",
            index=models.Index(fields=["link", "starts_at"], name="walk_of_link"),
        ),
        migrations.AddConstraint(
            model_name="walk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("x", None), ("y", None)),
                    models.Q(("x__isnull", False), ("y__isnull", False)),
                    _connector="OR",
                ),
                name="walk_meeting_point_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendee",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user__isnull", False)),
                fields=("walk", "user"),
                name="one_place_on_a_walk_per_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="walkstop",
            constraint=models.CheckConstraint(
                condition=models.Q(("challenge", None), ("resource", None), _connector="OR"),
                name="stop_shows_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="walkstop",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("challenge__isnull", False),
                    ("resource__isnull", False),
                    models.Q(("title", ""), _negated=True),
                    _connector="OR",
                ),
                name="stop_shows_something",
                violation_error_message="Say what is seen there.",
            ),
        ),
        migrations.AddConstraint(
            model_name="walkstop",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("x", None), ("y", None)),
                    models.Q(("x__isnull", False), ("y__isnull", False)),
                    _connector="OR",
                ),
                name="stop_point_is_whole",
            ),
        ),
    ]

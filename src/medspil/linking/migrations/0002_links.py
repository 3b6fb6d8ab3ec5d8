"""Links with their sides, steps and notes, what was refused, and who builds the bridge."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0004_where_a_need_starts"),
        ("linking", "0001_initial"),
        ("mapping", "0001_initial"),
        ("offers", "0001_offer"),
        ("organisations", "0003_words_of_profiles"),
        ("register", "0005_staged_print"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                ("sentence", models.CharField(max_length=300, verbose_name="what they can do together")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("person", "somebody saw it"),
                            ("ranking", "a ranking"),
                            ("offer", "an offer that met a need"),
                            ("round", "an allocation"),
                        ],
                        max_length=8,
                        verbose_name="where it comes from",
                    ),
                ),
                ("grounds", models.JSONField(blank=True, default=dict, verbose_name="reasons as they were")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("idea", "idea"),
                            ("asked", "asked"),
                            ("interested", "interested"),
                            ("partnership", "became a partnership"),
                            ("turned_down", "turned down"),
                        ],
                        default="idea",
                        max_length=11,
                        verbose_name="state",
                    ),
                ),
                ("state_on", models.DateField(verbose_name="in this state since")),
                ("asked_on", models.DateField(blank=True, null=True, verbose_name="first asked")),
                ("partnership_on", models.DateField(blank=True, null=True, verbose_name="partnership since")),
                ("archived_at", models.DateTimeField(blank=True, null=True, verbose_name="archived")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="areas.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "challenge",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="areas.challenge",
                        verbose_name="challenge",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="areas.need",
                        verbose_name="need",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="offers.offer",
                        verbose_name="offer",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="linking.run",
                        verbose_name="ranking",
                    ),
                ),
                (
                    "seen_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who saw it",
                    ),
                ),
            ],
            options={
                "verbose_name": "link",
                "verbose_name_plural": "links",
            },
        ),
        migrations.CreateModel(
            name="Brokerage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                ("started_on", models.DateField(verbose_name="from")),
                ("leaves_on", models.DateField(blank=True, null=True, verbose_name="leaves after")),
                (
                    "to_the_parties",
                    models.BooleanField(default=False, verbose_name="handed over to the parties themselves"),
                ),
                (
                    "handover",
                    models.TextField(blank=True, verbose_name="what both sides should know, and the next steps"),
                ),
                ("checklist", models.JSONField(blank=True, default=dict, verbose_name="what is done of the handover")),
                ("called_off_at", models.DateTimeField(blank=True, null=True, verbose_name="called off")),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="followed_by",
                        to="linking.brokerage",
                        verbose_name="follows",
                    ),
                ),
                (
                    "handed_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handed over to",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="for",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="broker",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="brokerages",
                        to="linking.link",
                        verbose_name="link",
                    ),
                ),
            ],
            options={
                "verbose_name": "brokerage",
                "verbose_name_plural": "brokerages",
            },
        ),
        migrations.CreateModel(
            name="LinkNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                ("text", models.TextField(verbose_name="note")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="linking.link",
                        verbose_name="link",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="whose note",
                    ),
                ),
            ],
            options={
                "verbose_name": "note on a link",
                "verbose_name_plural": "notes on links",
            },
        ),
        migrations.CreateModel(
            name="LinkParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("brings", models.CharField(blank=True, max_length=300, verbose_name="what it brings")),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("not_asked", "not asked yet"),
                            ("asked", "asked, no answer yet"),
                            ("yes", "would like to"),
                            ("no", "said no"),
                        ],
                        default="not_asked",
                        max_length=9,
                        verbose_name="answer",
                    ),
                ),
                ("asked_on", models.DateField(blank=True, null=True, verbose_name="asked on")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                ("consent_on", models.DateField(blank=True, null=True, verbose_name="said we may write on")),
                ("consent_how", models.CharField(blank=True, max_length=200, verbose_name="who said so, and how")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answer noted by",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="linking.link",
                        verbose_name="link",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "resource",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="link_parties",
                        to="mapping.resource",
                        verbose_name="resource",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.unit",
                        verbose_name="company",
                    ),
                ),
            ],
            options={
                "verbose_name": "party of a link",
                "verbose_name_plural": "parties of links",
            },
        ),
        migrations.CreateModel(
            name="LinkStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("created", "created"),
                            ("asked", "asked"),
                            ("asked_again", "asked again"),
                            ("said_yes", "would like to"),
                            ("said_no", "said no"),
                            ("no_undone", "the no was taken back"),
                            ("partnership", "became a partnership"),
                            ("back", "taken back a step"),
                            ("party_came", "a party came to it"),
                            ("party_left", "a party left it"),
                            ("introduced", "the sides were introduced"),
                            ("broker_came", "a broker came to it"),
                            ("broker_leaves", "the broker will leave"),
                            ("broker_stays", "the broker stays after all"),
                        ],
                        max_length=13,
                        verbose_name="what happened",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("idea", "idea"),
                            ("asked", "asked"),
                            ("interested", "interested"),
                            ("partnership", "became a partnership"),
                            ("turned_down", "turned down"),
                        ],
                        max_length=11,
                        verbose_name="state after it",
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="what the sides should know")),
                ("at", models.DateTimeField(verbose_name="noted")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="linking.link",
                        verbose_name="link",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="steps",
                        to="linking.linkparty",
                        verbose_name="party",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a link",
                "verbose_name_plural": "steps of links",
            },
        ),
        migrations.CreateModel(
            name="Refusal",
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
                            ("wrong_time", "not now, ask again later"),
                            ("wrong_kind", "does not give this kind of resource"),
                            ("too_far", "too far away"),
                            ("wrong_theme", "does not want to work with this theme"),
                            ("never", "does not want to be asked again"),
                            ("other", "another reason (write it)"),
                        ],
                        max_length=11,
                        verbose_name="reason",
                    ),
                ),
                ("said_on", models.DateField(verbose_name="said on")),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="in their own words")),
                ("until", models.DateField(blank=True, null=True, verbose_name="ask again on")),
                ("kind", models.CharField(blank=True, max_length=40, verbose_name="kind of resource")),
                ("theme", models.CharField(blank=True, max_length=40, verbose_name="theme")),
                (
                    "beyond_km",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="not further away than, in km"
                    ),
                ),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="refusals",
                        to="areas.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noted by",
                    ),
                ),
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
                    "heard_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="said to",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="refusals",
                        to="linking.link",
                        verbose_name="link",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.need",
                        verbose_name="need",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="organisation",
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
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken back by",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.unit",
                        verbose_name="company",
                    ),
                ),
            ],
            options={
                "verbose_name": "refusal",
                "verbose_name_plural": "refusals",
            },
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(fields=["area", "state"], name="link_by_area_and_state"),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(("need__isnull", False), ("challenge__isnull", False), _connector="OR"),
                name="link_has_need_or_challenge",
                violation_error_message="Say which need or which challenge it is about.",
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "partnership"), _negated=True),
                    ("partnership_on__isnull", False),
                    _connector="OR",
                ),
                name="link_partnership_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="brokerage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("called_off_at", None), ("leaves_on", None)),
                fields=("link", "user"),
                name="one_standing_brokerage_per_link_and_person",
                violation_error_message="This person is the broker of this link already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="brokerage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("handed_to", None), ("leaves_on", None), ("to_the_parties", False)),
                    models.Q(("handed_to__isnull", False), ("leaves_on__isnull", False), ("to_the_parties", False)),
                    models.Q(("handed_to", None), ("leaves_on__isnull", False), ("to_the_parties", True)),
                    _connector="OR",
                ),
                name="leaving_is_handed_over_to_somebody",
                violation_error_message="Say when you leave, and who goes on.",
            ),
        ),
        migrations.AddConstraint(
            model_name="linkparty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organisation__isnull", False), ("resource", None), ("unit", None)),
                    models.Q(("organisation", None), ("resource", None), ("unit__isnull", False)),
                    models.Q(("organisation", None), ("resource__isnull", False), ("unit", None)),
                    _connector="OR",
                ),
                name="link_party_is_exactly_one",
                violation_error_message="A party is one organisation, one company or one resource.",
            ),
        ),
        migrations.AddConstraint(
            model_name="linkparty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("consent_how", ""), ("consent_on", None)),
                    models.Q(("consent_on__isnull", False), models.Q(("consent_how", ""), _negated=True)),
                    _connector="OR",
                ),
                name="link_party_consent_has_source",
                violation_error_message="Say who said that we may write, how, and when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="linkparty",
            constraint=models.UniqueConstraint(
                fields=("link", "organisation"), name="one_side_per_link_and_organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="linkparty",
            constraint=models.UniqueConstraint(fields=("link", "unit"), name="one_side_per_link_and_unit"),
        ),
        migrations.AddConstraint(
            model_name="linkparty",
            constraint=models.UniqueConstraint(fields=("link", "resource"), name="one_side_per_link_and_resource"),
        ),
        migrations.AddIndex(
            model_name="linkstep",
            index=models.Index(fields=["what", "on"], name="step_of_link_by_day"),
        ),
        migrations.AddIndex(
            model_name="refusal",
            index=models.Index(fields=["area", "undone_at"], name="standing_refusal_by_area"),
        ),
        migrations.AddConstraint(
            model_name="refusal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organisation__isnull", False), ("resource", None), ("unit", None)),
                    models.Q(("organisation", None), ("resource", None), ("unit__isnull", False)),
                    models.Q(("organisation", None), ("resource__isnull", False), ("unit", None)),
                    _connector="OR",
                ),
                name="refusal_is_of_exactly_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="refusal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", "wrong_time"), ("until__isnull", False)),
                    models.Q(("reason", "wrong_kind"), models.Q(("kind", ""), _negated=True)),
                    models.Q(("beyond_km__isnull", False), ("reason", "too_far")),
                    models.Q(("reason", "wrong_theme"), models.Q(("theme", ""), _negated=True)),
                    ("reason", "never"),
                    models.Q(
                        ("reason", "other"),
                        models.Q(("words", ""), _negated=True),
                        models.Q(("need__isnull", False), ("challenge__isnull", False), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="refusal_says_what_follows",
                violation_error_message="Say what follows from the reason.",
            ),
        ),
    ]

"""Profiles of companies, companies known from a check only, and merges of duplicates."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_initial"),
        ("register", "0005_staged_print"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="when")),
                ("steps", models.JSONField(default=list, verbose_name="what moved")),
                ("undone_at", models.DateTimeField(null=True, verbose_name="taken back")),
            ],
            options={
                "verbose_name": "merge of organisations",
                "verbose_name_plural": "merges of organisations",
            },
        ),
        migrations.CreateModel(
            name="Profile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "creation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="creation key"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed")),
                ("note", models.TextField(blank=True, verbose_name="private note")),
                ("facts", models.JSONField(default=dict, editable=False, verbose_name="as a ranking reads it")),
            ],
            options={
                "verbose_name": "profile",
                "verbose_name_plural": "profiles",
            },
        ),
        migrations.CreateModel(
            name="ProfileAnswer",
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
                    "topic",
                    models.CharField(
                        choices=[
                            ("core_services", "Core services"),
                            ("csr", "CSR strategy"),
                            ("themes", "What it says, theme by theme"),
                            ("global_compact", "UN Global Compact"),
                            ("volunteering", "Employee volunteering"),
                            ("partnerships", "Earlier partnerships"),
                            ("group", "Group of companies"),
                        ],
                        max_length=20,
                        verbose_name="question",
                    ),
                ),
                (
                    "known",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Could not find out")],
                        max_length=7,
                        verbose_name="answer",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="in own words")),
                ("details", models.JSONField(blank=True, default=dict, verbose_name="details")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("register", "the business register"),
                            ("website", "the company's website"),
                            ("annual_report", "the annual report"),
                            ("conversation", "a conversation"),
                            ("company", "the company itself"),
                            ("other", "another source"),
                        ],
                        max_length=13,
                        verbose_name="source",
                    ),
                ),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="link")),
                ("checked_on", models.DateField(verbose_name="date of the check")),
            ],
            options={
                "verbose_name": "answer of a profile",
                "verbose_name_plural": "answers of profiles",
            },
        ),
        migrations.AddField(
            model_name="organisation",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
                verbose_name="merged into",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="only_checked",
            field=models.BooleanField(default=False, editable=False, verbose_name="known from a check only"),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["cvr"], name="organisation_by_cvr"),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("only_checked", True), models.Q(("cvr", ""), _negated=True)),
                fields=("cvr",),
                name="one_checked_company_per_cvr",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cvr", ""), ("only_checked", True)),
                fields=("unit",),
                name="one_checked_company_per_unit",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="who",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="gone",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
                verbose_name="merged into it",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="kept",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
                verbose_name="kept",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="undone_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="taken back by",
            ),
        ),
        migrations.AddField(
            model_name="profile",
            name="about",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="profiles",
                to="organisations.organisation",
                verbose_name="company",
            ),
        ),
        migrations.AddField(
            model_name="profile",
            name="said_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="profiles_written",
                to="organisations.organisation",
                verbose_name="whose words",
            ),
        ),
        migrations.AddField(
            model_name="profileanswer",
            name="checked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="who",
            ),
        ),
        migrations.AddField(
            model_name="profileanswer",
            name="profile",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="answers",
                to="organisations.profile",
                verbose_name="profile",
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at", None)), fields=("gone",), name="one_standing_merge_per_organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="profile",
            constraint=models.UniqueConstraint(
                fields=("about", "said_by"),
                name="one_profile_per_company_and_voice",
                violation_error_message="There is a profile of this company already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="profileanswer",
            constraint=models.UniqueConstraint(
                fields=("profile", "topic"),
                name="one_answer_per_profile_and_topic",
                violation_error_message="This question has an answer already.",
            ),
        ),
    ]

"""Links that were offered on a walk, and texts of walks that may name somebody who is to be forgotten."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("linking", "0006_mentions_of_letters"),
    ]

    operations = [
        migrations.AlterField(
            model_name="link",
            name="origin",
            field=models.CharField(
                choices=[
                    ("person", "somebody saw it"),
                    ("ranking", "a ranking"),
                    ("offer", "an offer that met a need"),
                    ("round", "an allocation"),
                    ("walk", "an offer on a walk"),
                ],
                max_length=8,
                verbose_name="where it comes from",
            ),
        ),
        migrations.AlterField(
            model_name="mention",
            name="where",
            field=models.CharField(
                choices=[
                    ("sentence", "what they can do together"),
                    ("subject", "for what of the need it is"),
                    ("brings", "what a party brings"),
                    ("consent", "who said that we may write, and how"),
                    ("step", "what was written with a step"),
                    ("handover", "what was written when a broker handed over"),
                    ("refusal", "the words of a no"),
                    ("note", "a note of your own organisation"),
                    ("letter", "a letter to a side"),
                    ("heading", "the subject of a letter to a side"),
                    ("said", "what was said with a side"),
                    ("theirs", "who took part in a conversation"),
                    ("promise", "what was promised"),
                    ("promiser", "who promised it"),
                    ("meeting", "where a walk begins"),
                    ("stop", "what is seen at a stop of a walk"),
                    ("shows", "what is shown at a stop of a walk"),
                    ("shower", "who shows it at a stop of a walk"),
                    ("noted", "what was noted at a stop of a walk"),
                    ("history", "earlier wordings in the history"),
                ],
                max_length=8,
                verbose_name="in which text",
            ),
        ),
    ]

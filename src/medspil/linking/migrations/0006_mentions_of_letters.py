"""Texts that may name somebody are looked for in letters and conversations too: names for where they stand."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("linking", "0005_mentions"),
    ]

    operations = [
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
                    ("history", "earlier wordings in the history"),
                ],
                max_length=8,
                verbose_name="in which text",
            ),
        ),
    ]

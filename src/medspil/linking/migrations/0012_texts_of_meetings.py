"""Which texts of meetings of boards may name somebody who is to be forgotten."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("linking", "0011_texts_of_boards"),
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
                    ("meeting", "where a walk begins"),
                    ("stop", "what is seen at a stop of a walk"),
                    ("shows", "what is shown at a stop of a walk"),
                    ("shower", "who shows it at a stop of a walk"),
                    ("noted", "what was noted at a stop of a walk"),
                    ("named", "what a partnership is called"),
                    ("idea", "the idea that carries a partnership"),
                    ("stood", "why a partnership pauses or ended"),
                    ("worked", "what worked in a partnership that ended"),
                    ("again", "what one would do again after a partnership"),
                    ("left", "why a side left a partnership"),
                    ("gained", "what a side gains, in its own words"),
                    ("asked", "a question in a partnership"),
                    ("reply", "the answer to a question in a partnership"),
                    ("person", "a person of a side, and what she may decide"),
                    ("if_gone", "what happens if somebody of a side leaves"),
                    ("passed", "what one person of a side handed on to the next"),
                    ("wants", "what a side of a partnership wants"),
                    ("differs", "what differs between the sides of a partnership"),
                    ("settles", "how a difference is settled"),
                    ("rules", "the rules of procedure of a board"),
                    ("seated", "somebody who sits on a board"),
                    ("aside", "what money is set aside for"),
                    ("giver", "whom money set aside is from"),
                    ("item", "what a board was to talk about"),
                    ("talked", "what was said at a meeting of a board"),
                    ("decided", "what a board decided"),
                    ("interest", "why somebody left the room at a meeting of a board"),
                    ("off_why", "why a walk was cancelled"),
                    ("no_walk", "why there is no walk"),
                    ("pulse", "how a partnership goes for a side, in its own words"),
                    ("news", "news of a partnership"),
                    ("handed", "what was written when a link was handed on to a colleague"),
                    ("returned", "what a colleague answered to whom it was handed on"),
                    ("moment", "what others heard of a partnership, or what was celebrated"),
                    ("drafted", "a field of an agreement that is being written"),
                    ("rows", "the rows of a field of an agreement that is being written"),
                    ("history", "earlier wordings in the history"),
                ],
                max_length=8,
                verbose_name="in which text",
            ),
        ),
    ]

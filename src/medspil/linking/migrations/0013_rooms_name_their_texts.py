"""Which text may name somebody is a key that the room names which keeps the text; the field knows none of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("linking", "0012_texts_of_meetings"),
    ]

    operations = [
        migrations.AlterField(
            model_name="mention",
            name="where",
            field=models.CharField(max_length=8, verbose_name="in which text"),
        ),
    ]

"""How an organisation is reached, as it says itself: a telephone and an address of the function, of nobody's own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0003_words_of_profiles")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="public_phone",
            field=models.CharField(blank=True, max_length=20, verbose_name="public telephone"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="public_email",
            field=models.EmailField(blank=True, max_length=254, verbose_name="public e-mail"),
        ),
    ]

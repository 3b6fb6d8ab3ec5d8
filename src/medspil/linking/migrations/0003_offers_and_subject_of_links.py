"""A link rests on as many offers as it has, and says for which project or class of a need it is; old ones are kept."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def keep_offers(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Let each link rest on the one offer that it had."""
    link = apps.get_model("linking", "Link")
    rests = link.offers.through
    held = link.objects.exclude(offer=None).values_list("pk", "offer")
    rests.objects.bulk_create(rests(link_id=pk, offer_id=offer) for pk, offer in held)


class Migration(migrations.Migration):
    dependencies = [("linking", "0002_links"), ("offers", "0001_offer")]

    operations = [
        migrations.AddField(
            model_name="link",
            name="subject",
            field=models.CharField(blank=True, max_length=160, verbose_name="for what of it"),
        ),
        migrations.AddField(
            model_name="link",
            name="offers",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="offers.offer", verbose_name="offers it rests on"
            ),
        ),
        migrations.RunPython(keep_offers, migrations.RunPython.noop),
    ]

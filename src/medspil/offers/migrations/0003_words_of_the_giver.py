"""What a giver writes when asked by a link stands with the offer, where it can be taken away; it leaves the history."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def out_of_history(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Let the last words of each giver stand with the offer, and take all of them and why offers closed out."""
    offer, entry = apps.get_model("offers", "Offer"), apps.get_model("accounts", "HistoryEntry")
    told = entry.objects.filter(record_type="offers.offer").order_by("at", "pk")
    for one in told.filter(action="answered_by_link", changes__text__isnull=False):
        offer.objects.filter(pk=int(one.record_id)).update(said=one.changes.pop("text"))
        one.save(update_fields=["changes"])
    for one in told.filter(changes__closed_reason__isnull=False):
        one.changes.pop("closed_reason")
        one.save(update_fields=["changes"])


class Migration(migrations.Migration):
    dependencies = [("offers", "0002_asked_again"), ("accounts", "0002_one_time_links")]

    operations = [
        migrations.AddField(
            model_name="offer",
            name="said",
            field=models.TextField(blank=True, editable=False, verbose_name="what the giver wrote when asked last"),
        ),
        migrations.RunPython(out_of_history, migrations.RunPython.noop),
    ]

"""Keeps the names of rows on the rows alone: out of proposals, the history and links; and remembers links of pairs."""

import hashlib
import json

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ROWS = ("demand", "supply", "pairs", "answers")


def keep_names_on_rows(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Take names out of what was stored with them; the same question keeps its proposal."""
    proposals = apps.get_model("rounds", "Proposal")._default_manager
    by_number = {}
    for one in proposals.all().iterator():
        for line in (*one.question["askers"], *one.question["givers"]):
            line.pop("label", None)
        text = json.dumps(one.question, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        one.fingerprint = hashlib.sha256(text.encode()).hexdigest()
        if proposals.filter(round=one.round_id, fingerprint=one.fingerprint).exclude(pk=one.pk).exists():
            one.fingerprint = hashlib.sha256(f"{one.pk} {text}".encode()).hexdigest()  # it answers no question any more
        proposals.filter(pk=one.pk).update(question=one.question, fingerprint=one.fingerprint)
        by_number[one.round_id, one.number] = one.pk
    entries = apps.get_model("accounts", "HistoryEntry")._default_manager.filter(record_type="rounds.round")
    for entry in entries.iterator():
        told = {name: [None, []] if name.startswith(ROWS) else value for name, value in entry.changes.items()}
        if told != entry.changes:
            entries.filter(pk=entry.pk).update(changes=told)
    made: dict[int, dict[str, int]] = {}
    links = apps.get_model("linking", "Link")._default_manager.filter(origin="round")
    for link in links.iterator():
        pairs = link.grounds.get("pairs", [])
        for pair in pairs:
            pair.pop("asker_label", None)
            pair.pop("giver_label", None)
        links.filter(pk=link.pk).update(grounds=link.grounds)
        told = link.grounds.get("round", {})
        if proposal := by_number.get((told.get("number"), told.get("proposal"))):
            made.setdefault(proposal, {}).update({f"{one['asker']}-{one['giver']}": link.pk for one in pairs})
    for proposal, of_pairs in made.items():
        proposals.filter(pk=proposal).update(links=of_pairs)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_one_time_links"),
        ("linking", "0003_offers_and_subject_of_links"),
        ("rounds", "0002_rows_and_undo"),
    ]

    operations = [
        migrations.AddField(
            model_name="demand",
            name="forgotten_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="name deleted"),
        ),
        migrations.AddField(
            model_name="proposal",
            name="links",
            field=models.JSONField(default=dict, editable=False, verbose_name="links made of its pairs"),
        ),
        migrations.AddField(
            model_name="supply",
            name="forgotten_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="name deleted"),
        ),
        migrations.RunPython(keep_names_on_rows, migrations.RunPython.noop),
    ]

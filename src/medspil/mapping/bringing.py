"""Brings a list of resources in: all of it or nothing, and a list sent twice once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone

from medspil.accounts.models import HistoryEntry, User, record_history
from medspil.areas.changes import plain
from medspil.areas.models import Area
from medspil.mapping.drafts import Draft, Fate, Line, NotUnderstood, Preview, compare, same_place
from medspil.mapping.facts import checked
from medspil.mapping.merging import merge_resources
from medspil.mapping.models import Consent, Resource, ResourceContact
from medspil.mapping.services.resources import build, refuse_without_consent
from medspil.organisations.alike import bare

_LINKED = frozenset({"area", "organisation", "unit", "merged_into"})
_UNTOLD = frozenset({"id", "creation_key", "version", "created_at", "updated_at", "area", "review_on"})


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of a list: what was added, what was known already, what was merged at once."""

    added: int = 0
    known: int = 0
    merged: int = 0
    contacts: int = 0  # added to what was known already: a second one of the same club, say
    left_out: tuple[int, ...] = ()  # the numbers of the lines that were


def bring_in(
    *,
    area: Area,
    drafts: Sequence[Draft],
    creation_key: UUID,
    by: User,
    now: datetime,
    together: Mapping[int, str] | None = None,
    source: str = "",
) -> Brought:
    """Add the lines that are new; raises `NotUnderstood` while one is not understood, `TooMany`.

    `together` says of lines that they are the same as something else: {line: "line-3" or "resource-12"}, as the
    preview names them. Each is added and merged with it, so that it can be taken back. The same list again, and the
    same key again, change nothing. A fixed number of queries, and a few for each line that is merged.
    """
    preview = compare(area, drafts)
    if preview.bad:
        raise NotUnderstood([line.draft.line for line in preview.bad])
    known = len(preview.of(Fate.KNOWN)) + len(preview.of(Fate.TWICE))
    left_out = tuple(line.draft.line for line in preview.of(Fate.LEFT_OUT))
    new = preview.of(Fate.NEW)
    keys = {line.draft.line: uuid5(creation_key, str(line.draft.line)) for line in new}
    if not new:
        with transaction.atomic():
            contacts = _more_contacts(preview, {}, by, now)
            return Brought(known=known, contacts=contacts, left_out=left_out)
    try:
        with transaction.atomic():
            made = _add(area=area, lines=new, keys=keys, source=source, by=by, now=now)
            contacts = _more_contacts(preview, made, by, now)
            merged = _merge(made, new, together or {}, by, now)
    except IntegrityError:
        # The other half of a double click was faster. Anything else that the database refuses is a fault of ours.
        if Resource.objects.filter(creation_key=keys[new[0].draft.line]).exists():
            return Brought(known=known + len(new), left_out=left_out)
        raise
    return Brought(len(made), known, merged, contacts, left_out)


def _add(
    *, area: Area, lines: Sequence[Line], keys: Mapping[int, UUID], source: str, by: User, now: datetime
) -> dict[int, Resource]:
    """Store resources with consents, contacts and the first line of their history; return them by line."""
    today = timezone.localdate(now)
    rows: dict[int, Resource] = {}
    for line in lines:
        draft = line.draft
        refuse_without_consent(draft.kind, draft.consent, today)
        facts = {"source": source} | draft.facts
        confirmed_on = facts.pop("confirmed_on", None)
        told = checked({"kind": draft.kind, "name": draft.name, **facts})
        row = build(
            area=area, facts=told, placed=line.placed, confirmed_on=confirmed_on, consent=draft.consent, today=today
        )
        row.creation_key, row.created_at, row.updated_at = keys[draft.line], now, now
        row.clean_fields(exclude=_LINKED)  # a foreign key would be asked for in the database, row by row
        rows[draft.line] = row
    Resource.objects.bulk_create(rows.values(), batch_size=200)
    Consent.objects.bulk_create(
        Consent(resource=rows[line.draft.line], said_to=by, **line.draft.consent.fields())
        for line in lines
        if line.draft.consent
    )
    ResourceContact.objects.bulk_create(
        ResourceContact(resource=rows[line.draft.line], created_at=now, **line.draft.contact)
        for line in lines
        if line.draft.contact
    )
    HistoryEntry.objects.bulk_create((_told(row, by, now) for row in rows.values()), batch_size=200)
    return rows


def _more_contacts(preview: Preview, made: Mapping[int, Resource], by: User, now: datetime) -> int:
    """Keep the contacts of lines whose resource is known: each with its own source and purpose, none twice.

    A person's is left out here: whether she agreed to be contacted is asked where she is added or opened.
    """
    firsts: dict[str, list[tuple[Draft, Resource]]] = {}
    wanted: list[tuple[Resource, dict[str, str]]] = []
    for line in preview.lines:
        key, draft = bare(line.draft.name), line.draft
        resource = line.known or made.get(draft.line)
        if line.fate is Fate.TWICE:
            resource = next((one for other, one in firsts.get(key, []) if same_place(draft, other)), None)
        elif resource is not None:
            firsts.setdefault(key, []).append((draft, resource))
        if resource is not None and draft.contact and line.fate in (Fate.KNOWN, Fate.TWICE):
            wanted.append((resource, draft.contact))
    open_to = {one.pk: one for one, _contact in wanted if not (one.is_person or one.archived_at or one.merged_into_id)}
    there = {_reached(one) for one in ResourceContact.objects.filter(resource__in=open_to)}
    rows = []
    for resource, told in wanted:
        row = ResourceContact(resource=resource, created_at=now, **told)
        if resource.pk in open_to and _reached(row) not in there:
            there.add(_reached(row))
            rows.append(row)
    ResourceContact.objects.bulk_create(rows)
    for row in rows:
        record_history(record=row.resource, action="contact_added", by=by, now=now)
    return len(rows)


def _reached(one: ResourceContact) -> tuple[int, str, str]:
    """Return what makes two contacts of a resource one: whose they are, and how they are reached."""
    return one.resource_id, one.email.casefold(), "".join(one.phone.split())


def _told(row: Resource, by: User, now: datetime) -> HistoryEntry:
    values = {field.name: field.value_from_object(row) for field in row._meta.fields if field.name not in _UNTOLD}
    changes = {name: ["", plain(value)] for name, value in values.items() if value not in (None, "", [], False)}
    label = row._meta.label_lower
    return HistoryEntry(at=now, by=by, action="created", record_type=label, record_id=str(row.pk), changes=changes)


def _merge(
    made: Mapping[int, Resource], lines: Sequence[Line], together: Mapping[int, str], by: User, now: datetime
) -> int:
    """Merge lines with what they are the same as; what the preview did not offer is left alone."""
    merged = 0
    for line in lines:
        wanted = together.get(line.draft.line, "")
        like = next((one for one in line.alike if one.target == wanted), None)
        if like is None:
            continue
        kept = like.resource if like.resource else made[like.line or 0]
        while kept.merged_into_id:
            kept = Resource.objects.get(pk=kept.merged_into_id)
        gone = made[line.draft.line]
        merge_resources(kept=kept, gone=gone, by=by, now=now)
        gone.merged_into_id = kept.pk
        merged += 1
    return merged

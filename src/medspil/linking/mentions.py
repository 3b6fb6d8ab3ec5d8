"""Finds texts of links that may name somebody who is to be forgotten, and settles them once people looked.

People write names where the data holds none: a partner's offer of "a mentor for Ida". Nothing of that is deleted by
itself, as it may be another Ida. Her name is asked for while it is still there, and kept nowhere.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db import models, transaction

from medspil.accounts.models import HistoryEntry, User, record_history
from medspil.language import fold
from medspil.linking.mention_texts import NO_WORDS, TEXTS, keys_of
from medspil.linking.models import HISTORY, NOTE, Link, Mention, Refusal, RefusalQuerySet, RefusalReason

SHORTEST = 3
"""Shorter parts of a name stand in too many words to tell anything."""
Found = tuple[int, str, int, int | None]  # link, which text, key of its record, whose note


class Settled(StrEnum):
    """What somebody who looked at a text did."""

    KEEP = "keep"
    CHANGED = "changed"
    DELETE = "delete"


def look_for(names: Iterable[str], *, area: int, on: date) -> int:
    """Note which texts of the links of an area may carry one of these names; return how many. A query for each kind.

    The words of a no where there was no link lead to no page on which people could look: those are deleted.
    """
    sought = _pattern(names)
    if sought is None:
        return 0
    alone = Refusal.objects.filter(area=area, link=None).exclude(words="").values_list("pk", "words")
    forget_words(Refusal.objects.filter(pk__in=[pk for pk, words in alone if sought.search(fold(words))]))
    links = set(Link.objects.filter(area=area).values_list("pk", flat=True))
    found = [*_texts(links, sought), *_histories(links, sought)]
    waiting = Mention.objects.filter(link__in=links, looked_at=None).values_list("link", "where", "record")
    known = {(link, where, record) for link, where, record in waiting}
    made = [
        Mention(link_id=link, where=where, record=record, organisation_id=whose, found_on=on)
        for link, where, record, whose in found
        if (link, where, record) not in known
    ]
    Mention.objects.bulk_create(made, ignore_conflicts=True)  # two may withdraw at once whose names are alike
    return len(made)


def forget_words(refusals: RefusalQuerySet) -> None:
    """Delete what was said with a no; another reason than those of the list keeps a sign."""
    refusals.filter(reason=RefusalReason.OTHER).update(words=NO_WORDS)
    refusals.exclude(reason=RefusalReason.OTHER).update(words="")


def nothing_to_look_at(model: type[models.Model], records: Iterable[int]) -> None:
    """Have nobody look for a name in texts that are gone, by the kind and the keys of their records."""
    Mention.objects.filter(where__in=keys_of(model), record__in=list(records), looked_at=None).delete()


def texts_of(mentions: Iterable[Mention]) -> dict[int, str]:
    """Return the texts as they stand now, by mention; none of the history. A query for each kind of text."""
    found: dict[int, str] = {}
    told = list(mentions)
    for text in TEXTS.values():
        keys = {one.pk: one.record or one.link_id for one in told if one.where == text.key}
        rows = text.model._default_manager.filter(pk__in=keys.values()).values_list("pk", *text.fields) if keys else ()
        now = {pk: _readable(values) for pk, *values in rows}
        found |= {pk: now.get(key, "") for pk, key in keys.items()}
    return found


def _readable(value: Any) -> str:
    """Return a text as people read it: of several fields, of rows and of answers the words that stand in them."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return " · ".join(text for text in map(_readable, value) if text)
    return value if isinstance(value, str) else ""


@transaction.atomic
def settle(*, mention: Mention, how: Settled | str, by: User, now: datetime) -> Mention:
    """Note that somebody looked at a text. Deleted or changed, its earlier wordings leave the history as well.

    Of a note nothing stands in the history of the link, so whoever wrote one takes nothing out of it. Done twice, it is
    done once.
    """
    what = Settled(how)
    if not Mention.objects.filter(pk=mention.pk, looked_at=None).update(looked_at=now, looked_by=by):
        return mention
    if what is Settled.DELETE:
        if known := TEXTS.get(mention.where):
            known.delete(mention.record or mention.link_id, now)
        _settle_empty(mention.link_id, by, now)
    if what is not Settled.KEEP and mention.where != NOTE:
        _history_of({mention.link_id}).update(changes={})
        others = Mention.objects.filter(link=mention.link_id, where=HISTORY, looked_at=None)
        others.update(looked_at=now, looked_by=by)
    record_history(record=mention.link, action=f"mention_{what.value}", by=by, now=now)
    mention.refresh_from_db()
    return mention


def _settle_empty(link: int, by: User, now: datetime) -> None:
    """Have nobody look at texts of a link that went with another one, as the subject of a letter goes with its text."""
    waiting = Mention.objects.filter(link=link, looked_at=None).exclude(where=HISTORY)
    empty = [pk for pk, text in texts_of(waiting).items() if not text]
    Mention.objects.filter(pk__in=empty, looked_at=None).update(looked_at=now, looked_by=by)


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds a name or a part of it as a word of its own, also with the s of a genitive."""
    parts = {part for name in names for part in re.split(r"[\s,.]+", fold(name)) if len(part) >= SHORTEST}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(parts)))})s?\b") if parts else None


def _texts(links: set[int], sought: re.Pattern[str]) -> Iterator[Found]:
    for text in TEXTS.values():
        rows: Any = text.model._default_manager.filter(text.among, **{f"{text.way}__in": links}).order_by("pk")
        rows = rows.exclude(**dict.fromkeys(text.fields, ""))
        whose = ("organisation",) if text.key == NOTE else ()
        for pk, link, *told in rows.values_list("pk", text.way, *whose, *text.fields):
            words = told[len(whose) :]
            if sought.search(fold(_readable(words))):
                yield link, text.key, 0 if text.model is Link else pk, told[0] if whose else None


def _histories(links: set[int], sought: re.Pattern[str]) -> Iterator[Found]:
    told = _history_of(links).exclude(changes={}).values_list("record_type", "record_id", "changes")
    of_refusal = dict(Refusal.objects.filter(link__in=links).values_list("pk", "link"))
    found = {
        int(key) if kind == Link._meta.label_lower else of_refusal[int(key)]
        for kind, key, changes in told
        if sought.search(fold(str(changes)))
    }
    for link in sorted(pk for pk in found if pk is not None):
        yield link, HISTORY, 0, None


def _history_of(links: set[int]) -> models.QuerySet[HistoryEntry]:
    """Return what the history says of links and of what was refused in them."""
    refused = Refusal.objects.filter(link__in=links).values_list("pk", flat=True)
    of_links = models.Q(record_type=Link._meta.label_lower, record_id__in=[str(pk) for pk in links])
    return HistoryEntry.objects.filter(
        of_links | models.Q(record_type=Refusal._meta.label_lower, record_id__in=[str(pk) for pk in refused])
    )

"""Which texts of links are read for names: each room names its own, with words for them and what deleting does.

Nothing here knows the rooms above. A text of another kind than these is never noted as one that names somebody, and one
that was noted while a room kept it, and is kept no more, is told as such.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.linking.models import HISTORY, Mention

NO_WORDS = "–"
Deleting = Callable[[int, datetime], object]
"""Deletes a text by the key of its record."""

LONGEST = int(Mention._meta.get_field("where").max_length or 0)
OTHER_WORDS: Mapping[str, Promise] = {HISTORY: _("earlier wordings in the history")}
KEPT_NO_MORE = _("a text that is kept no more")


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text of a record: its fields, what people call it, the way to its link, where it is still written in."""

    key: str
    words: str | Promise
    model: type[models.Model]
    fields: tuple[str, ...]
    way: str
    delete: Deleting
    among: Q


TEXTS: dict[str, ReadText] = {}


def also_reads(
    key: str,
    words: str | Promise,
    model: type[models.Model],
    *fields: str,
    way: str,
    delete: Deleting | None = None,
    left: str = "",
    among: Q | None = None,
) -> None:
    """Have a text that a room keeps about links read for names; several fields of a record may be one text.

    Named once, when the room is loaded; the key is stored. `among` is the condition that a text is still written in,
    where others of its kind are not. Without a `delete` the fields are emptied, to `left` where they may not be empty.
    """
    if key in TEXTS or key in OTHER_WORDS or not 0 < len(key) <= LONGEST or not fields:
        raise ValueError(key)
    condition = among or Q()
    TEXTS[key] = ReadText(key, words, model, fields, way, delete or _empties(model, fields, left, condition), condition)


def keys_of(model: type[models.Model]) -> list[str]:
    """Return the keys of the texts of a kind of record."""
    return [one.key for one in TEXTS.values() if one.model is model]


def words_of(key: str) -> str:
    """Return what people call a text, by its key."""
    known = TEXTS.get(key)
    return str(known.words if known else OTHER_WORDS.get(key, KEPT_NO_MORE))


def _empties(model: type[models.Model], fields: tuple[str, ...], left: str, among: Q) -> Deleting:
    """Return a function that empties a text; whoever has the record open does not bring it back."""
    structured = {one.name: one for one in model._meta.fields if isinstance(one, models.JSONField)}
    versioned = any(one.name == "version" for one in model._meta.fields)

    def delete(pk: int, _now: datetime) -> None:
        changed: dict[str, Any] = {
            name: structured[name].get_default() if name in structured else left for name in fields
        }
        if versioned:
            changed["version"] = F("version") + 1
        model._default_manager.filter(among, pk=pk).update(**changed)

    return delete

"""Write the minutes of a meeting, item by item, while they are not approved."""

from datetime import datetime

from django.db import transaction

from medspil.accounts.models import User, record_history
from medspil.boards.keeping import to_write
from medspil.boards.models import AgendaItem
from medspil.boards.texts import text


@transaction.atomic
def note(*, item: AgendaItem, words: str, expected_version: int, by: User, now: datetime) -> AgendaItem:
    """Write what was said of an item; the same again changes nothing. The history keeps none of it.

    Raises `TextTooLong`, `CprNumberFound`, `NotHeld`, `MinutesApproved`, `EditConflict`.
    """
    meeting = to_write(item.meeting)
    said = text(words)
    if said == item.noted and item.version == expected_version:
        return item
    item.save_changes(expected_version=expected_version, now=now, noted=said)
    record_history(record=meeting, action="minutes_written", by=by, now=now)
    return item

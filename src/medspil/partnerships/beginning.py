"""Begin the partnership that a link has become, or take that back while nothing has been done in it."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.linking.asking import become_partnership, no_partnership
from medspil.linking.deleted_sentences import heading_of
from medspil.linking.models import Answer, Link
from medspil.partnerships.models import Conversation, Partner, Partnership
from medspil.partnerships.sectors import has_voice

LONGEST_NAME = 160


class WorkInIt(Exception):
    """A partnership in which something has been done is ended, not taken back."""

    def __init__(self) -> None:
        super().__init__(_("Something has been done in this partnership already. End it instead; it stays here."))


@transaction.atomic
def begin(*, link: Link, on: date, expected_version: int, by: User, now: datetime, note: str = "") -> Link:
    """Let a link become a partnership of all its sides that said yes; once more changes nothing.

    A place or a story that it rests on takes no part in it.

    Raises what `linking.asking.become_partnership` raises: `NotAllSaidYes`, `StepNotAllowed`, `LinkPutAway`,
    `DayAhead`, `EditConflict`.
    """
    moved = become_partnership(link=link, on=on, expected_version=expected_version, by=by, now=now, note=note)
    since = moved.partnership_on or on
    partnership, made = Partnership.objects.get_or_create(
        link=moved,
        defaults={
            "name": _name(moved),
            "begun_on": since,
            "standing_on": since,
            "created_at": now,
            "updated_at": now,
        },
    )
    if made:
        sides = [side for side in moved.parties.for_page().filter(answer=Answer.YES) if has_voice(side)]
        stamps = {"created_at": now, "updated_at": now}
        Partner.objects.bulk_create(
            Partner(partnership=partnership, side=side, joined_on=since, **stamps) for side in sides
        )
        record_history(record=partnership, action="begun", by=by, now=now)
    return moved


@transaction.atomic
def take_back(*, link: Link, expected_version: int, by: User, now: datetime, note: str = "") -> Link:
    """Take back that a link became a partnership: it was noted by mistake.

    Raises `WorkInIt` once something hangs on the partnership, and what `linking.asking.no_partnership` raises.
    """
    for partnership in Partnership.objects.filter(link=link):
        _remove(partnership)
    return no_partnership(link=link, expected_version=expected_version, by=by, now=now, note=note)


def _remove(partnership: Partnership) -> None:
    """Remove a partnership that nobody has changed and nothing points at."""
    changed = partnership.version > 1 or partnership.partners.filter(version__gt=1).exists()
    if changed or Conversation.objects.filter(link=partnership.link, at__date__gt=partnership.begun_on).exists():
        raise WorkInIt
    try:
        partnership.delete()
    except ProtectedError as trouble:
        raise WorkInIt from trouble


def _name(link: Link) -> str:
    """Return the name that a partnership has until somebody gives it one: its sentence, cut after a word.

    Without its full stop: names stand in the middle of sentences.
    """
    called = heading_of(link)
    if len(called) <= LONGEST_NAME:
        return called.removesuffix(".")
    return f"{called[: LONGEST_NAME - 2].rpartition(' ')[0]} …"

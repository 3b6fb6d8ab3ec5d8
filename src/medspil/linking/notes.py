"""Notes on a link: each organisation writes for itself, and only its own people read them.

Nothing of a note stands in the history but that it was written: a note that is removed is gone.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.areas.privacy import refuse_cpr
from medspil.common.models import EditConflict
from medspil.common.once import once
from medspil.linking.models import Brokerage, Link, LinkNote
from medspil.organisations.models import Organisation, OrganisationQuerySet
from medspil.organisations.roles import Role


class NoteNotYours(Exception):
    """A person writes a note for an organisation whose notes on the link she may not read."""

    def __init__(self) -> None:
        super().__init__(_("You can only write notes for an organisation whose notes you may read."))


class NoteEmpty(Exception):
    """A note without words."""

    def __init__(self) -> None:
        super().__init__(_("Write the note."))


def voices(user: User, link: Link, *, on: date) -> OrganisationQuerySet:
    """Return the organisations for which a person may write a note: those whose notes on the link she reads."""
    hers = Organisation.objects.of(user).order_by("name", "pk")
    sides = Q(pk=link.area.owner_id)
    for column in ("organisation", "resource__organisation"):
        sides |= Q(pk__in=link.parties.filter(**{f"{column}__isnull": False}).values(column))
    if Brokerage.objects.of(user, on).filter(link=link).exists():
        return hers.exclude(sides)
    more_than_broker = user.memberships.current().exclude(role=Role.BROKER).values("organisation")
    return hers.filter(~sides | Q(pk__in=more_than_broker))


def write_note(
    *, link: Link, organisation: Organisation, text: str, creation_key: UUID, by: User, now: datetime
) -> LinkNote:
    """Write a note for one's own organisation; the same key again returns the note that is there.

    Raises `NoteNotYours`, `NoteEmpty`, `CprNumberFound`.
    """
    _refuse_text(text)
    if not voices(by, link, on=timezone.localdate(now)).filter(pk=organisation.pk).exists():
        raise NoteNotYours

    def make() -> LinkNote:
        made = LinkNote.objects.create(
            link=link, organisation=organisation, text=text.strip(), by=by, creation_key=creation_key,
            created_at=now, updated_at=now,
        )  # fmt: skip
        record_history(record=made, action="note_written", by=by, now=now)
        return made

    return once(LinkNote.objects.filter(creation_key=creation_key), make)


@transaction.atomic
def edit_note(*, note: LinkNote, text: str, expected_version: int, by: User, now: datetime) -> LinkNote:
    """Change a note. Raises `NoteEmpty`, `CprNumberFound`, `EditConflict`."""
    _refuse_text(text)
    if note.text == text.strip():
        return note
    note.save_changes(expected_version=expected_version, now=now, text=text.strip(), by=by)
    record_history(record=note, action="note_changed", by=by, now=now)
    return note


@transaction.atomic
def remove_note(*, note: LinkNote, expected_version: int, by: User, now: datetime) -> None:
    """Take a note away for good. Raises `EditConflict` when somebody changed it meanwhile; twice is once."""
    gone, _rows = LinkNote.objects.filter(pk=note.pk, version=expected_version).delete()
    if gone:
        record_history(record=note, action="note_removed", by=by, now=now)
    elif LinkNote.objects.filter(pk=note.pk).exists():
        raise EditConflict


def _refuse_text(text: str) -> None:
    if not text.strip():
        raise NoteEmpty
    refuse_cpr(text)

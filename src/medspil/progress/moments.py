"""Note that others heard of a partnership or that a result was celebrated, and take that back."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.common.once import once
from medspil.common.privacy import refuse_cpr
from medspil.linking.asking import DayAhead
from medspil.partnerships.models import Partnership
from medspil.progress.models import Moment, MomentKind

LONGEST = 300


class NothingTold(Exception):
    """A moment without a sentence, or with a report."""

    def __init__(self) -> None:
        super().__init__(_("Write in a sentence of at most 300 characters what it was."))


def note_moment(
    *,
    partnership: Partnership,
    kind: MomentKind | str,
    on: date,
    words: str,
    creation_key: UUID,
    by: User,
    now: datetime,
) -> Moment:
    """Note a moment; the same key again is the same moment. Raises `NothingTold`, `DayAhead`, `CprNumberFound`."""
    said = " ".join(words.split())
    if not said or len(said) > LONGEST:
        raise NothingTold
    refuse_cpr(said)
    if on > timezone.localdate(now):
        raise DayAhead

    def make() -> Moment:
        made = Moment.objects.create(
            partnership=partnership, kind=MomentKind(kind), on=on, words=said, by=by, creation_key=creation_key,
            created_at=now, updated_at=now,
        )  # fmt: skip
        record_history(record=partnership, action=f"moment_{made.kind}", by=by, now=now)
        return made

    return once(Moment.objects.filter(creation_key=creation_key), make)


@transaction.atomic
def take_back_moment(*, moment: Moment, by: User, now: datetime) -> None:
    """Take a moment back; twice is once."""
    if Moment.objects.standing().filter(pk=moment.pk).update(undone_at=now, updated_at=now):
        record_history(record=moment.partnership, action="moment_taken_back", by=by, now=now)

"""Whether a partnership has had its walk, and doing without one: with a reason, and to be taken back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.common.once import once
from medspil.common.privacy import refuse_cpr
from medspil.partnerships.models import Partnership
from medspil.walks.models import Skipping, SkipReason, Walk


class ReasonMissing(Exception):
    """A walk is skipped without saying why."""

    def __init__(self) -> None:
        super().__init__(_("Say why there is no walk before the agreement."))


@dataclass(frozen=True, slots=True)
class HeldOrSkipped:
    """What became of the walk of a partnership: the day on which it was held, or why there is none."""

    held_on: date | None = None
    skipped: Skipping | None = None


def held_or_skipped(partnership: Partnership) -> HeldOrSkipped | None:
    """Return when a partnership walked together first, or why it does without; None while neither is noted.

    A walk of its link from before it was a partnership counts. Two queries at most.
    """
    held = Walk.objects.filter(link=partnership.link_id).held().order_by("starts_at").first()
    if held:
        return HeldOrSkipped(held_on=timezone.localdate(held.starts_at))
    skipped = Skipping.objects.standing().filter(partnership=partnership).select_related("by").first()
    return HeldOrSkipped(skipped=skipped) if skipped else None


def skip_walk(
    *, partnership: Partnership, reason: SkipReason | str, words: str, creation_key: UUID, by: User, now: datetime
) -> Skipping:
    """Note that a partnership does without a walk before its agreement; who comes second finds what the first noted.

    Raises `ReasonMissing`, `CprNumberFound`.
    """
    said = " ".join(words.split())[:300]
    if reason not in SkipReason.values or (reason == SkipReason.OTHER and not said):
        raise ReasonMissing
    refuse_cpr(said)
    rows = Skipping.objects.filter(partnership=partnership)
    if earlier := rows.filter(creation_key=creation_key).first():
        return earlier  # also where it was taken back since

    def make() -> Skipping:
        made = Skipping.objects.create(
            partnership=partnership, reason=SkipReason(reason), words=said, skipped_on=timezone.localdate(now),
            by=by, creation_key=creation_key, created_at=now, updated_at=now,
        )  # fmt: skip
        told = {"reason": ["", made.reason]}
        record_history(record=partnership, action="walk_skipped", by=by, now=now, changes=told)
        return made

    return once(rows.standing(), make)


@transaction.atomic
def take_back_skipping(*, skipping: Skipping, by: User, now: datetime) -> None:
    """Take back that a walk was skipped; twice is once."""
    if Skipping.objects.standing().filter(pk=skipping.pk).update(undone_at=now, updated_at=now):
        record_history(record=skipping.partnership, action="walk_not_skipped", by=by, now=now)

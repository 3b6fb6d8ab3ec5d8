"""Say how long an area waits, and put away by itself, where the area wants it, what nobody answered."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.areas.models import Area
from medspil.common.once import first_saved
from medspil.linking.models import Link, LinkState
from medspil.progress.life import signs_of_life
from medspil.progress.models import Patience
from medspil.progress.models.patience import LEAST_DAYS, MOST_DAYS


class DaysOutOfRange(Exception):
    """A number of days that helps nobody."""

    def __init__(self) -> None:
        words = _("Say between {least} and {most} days.")
        super().__init__(str(words).format(least=LEAST_DAYS, most=MOST_DAYS))


class PutAwayTooSoon(Exception):
    """Something would be put away before anybody is reminded of it."""

    def __init__(self) -> None:
        super().__init__(_("First comes the reminder: put away after more days than that."))


def patience_of(area: Area) -> Patience:
    """Return how long an area waits: its own patience, or the one of an area that has said nothing, unsaved."""
    return Patience.objects.filter(area=area).first() or Patience(area=area, version=0)


def set_patience(
    *, area: Area, remind_after: int, expire_after: int | None, expected_version: int, by: User, now: datetime
) -> Patience:
    """Say how long an area waits; `expected_version` is 0 where it has said nothing so far.

    Raises `DaysOutOfRange`, `PutAwayTooSoon`, `EditConflict`.
    """
    if any(days is not None and not LEAST_DAYS <= days <= MOST_DAYS for days in (remind_after, expire_after)):
        raise DaysOutOfRange
    if expire_after is not None and expire_after <= remind_after:
        raise PutAwayTooSoon
    before = patience_of(area)
    fields = {"remind_after": remind_after, "expire_after": expire_after}
    changes = {name: [getattr(before, name), new] for name, new in fields.items() if getattr(before, name) != new}
    if before.pk and not changes:
        return before
    with transaction.atomic():
        record_history(record=area, action="patience_set", by=by, now=now, changes=changes)
        if before.pk:
            return before.save_changes(expected_version=expected_version, now=now, **fields)
        return first_saved(lambda: Patience.objects.create(area=area, created_at=now, updated_at=now, **fields))


def put_away_unanswered(*, now: datetime) -> int:
    """Put away the links that were asked and not answered for as long as their area waits; return how many.

    Only where the area switched it on. Each can be brought back, and its days count anew from then.
    """
    today = timezone.localdate(now)
    count = 0
    for patience in Patience.objects.exclude(expire_after=None).order_by("pk"):
        links = list(Link.objects.current().filter(area=patience.area_id, state=LinkState.ASKED))
        last = signs_of_life(links)
        over = [link for link in links if (today - last[link.pk].any).days > (patience.expire_after or 0)]
        count += sum(_put_away(link, days=patience.expire_after or 0, now=now) for link in over)
    return count


@transaction.atomic
def _put_away(link: Link, *, days: int, now: datetime) -> bool:
    """Put a link away, unless somebody did something with it meanwhile."""
    rows = Link.objects.filter(pk=link.pk, version=link.version, archived_at=None, updated_at=link.updated_at)
    if not rows.update(archived_at=now, updated_at=now, version=F("version") + 1):
        return False
    record_history(record=link, action="expired", by=None, now=now, changes={"days": [None, days]})
    return True

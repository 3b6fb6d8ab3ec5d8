"""The answer of somebody who was invited and has no account, by the one-time link of the mail."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import OneTimeLink, record_history
from medspil.accounts.one_time_links import LinkRevoked, use
from medspil.walks.inviting import ANSWER
from medspil.walks.models import Attendee, Coming, WalkState


class WalkOff(Exception):
    """The walk is not on any more, so nobody waits for an answer."""

    def __init__(self) -> None:
        super().__init__(_("The walk is cancelled or over. You need not answer."))


def attendee_of(link: OneTimeLink) -> Attendee:
    """Return who a link asks, with her walk. Raises `LinkRevoked` where she was forgotten or taken off since."""
    rows = Attendee.objects.filter(pk=int(link.record_id), left_at=None).exclude(email="")
    found = rows.select_related("walk__link__area__owner", "side").first()
    if found is None:
        raise LinkRevoked
    return found


def answer_by_link(*, token: str, comes: bool, now: datetime) -> Attendee:
    """Note whether somebody comes. Raises `WalkOff`, and what `accounts.one_time_links.use` raises."""

    def answered(link: OneTimeLink) -> Attendee:
        attendee = attendee_of(link)
        if attendee.walk.state != WalkState.PLANNED:
            raise WalkOff
        attendee.answer = Coming.YES if comes else Coming.NO
        Attendee.objects.filter(pk=attendee.pk).update(answer=attendee.answer)
        record_history(record=attendee.walk, action="attendee_answered", by=None, now=now)
        return attendee

    return use(token=token, purpose=ANSWER, now=now, answer=answered)

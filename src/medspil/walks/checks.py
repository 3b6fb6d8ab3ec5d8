"""What is asked again of an invitation at the moment in which its mail goes out."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.notices.calendar_file import Method
from medspil.notices.checks import NotAnyMore, before_sending
from medspil.notices.models import Message
from medspil.walks.gate import REFUSALS, refuse_invitation
from medspil.walks.inviting import CANCELLED, INVITATION, key_of
from medspil.walks.models import Attendee, WalkState


@before_sending(INVITATION, label=_("Invitation to a walk"))
def still_on(message: Message, now: datetime) -> None:
    """Raise `NotAnyMore` where the walk or who comes has changed since, or she may not be written to by now."""
    attendee = _attendee(message)
    current = attendee.walk.state == WalkState.PLANNED and attendee.left_at is None
    if not current or message.dedupe_key != key_of(attendee, Method.REQUEST):
        raise NotAnyMore(_("The walk has changed since, or she does not come after all: another mail says so."))
    try:
        refuse_invitation(attendee, on=timezone.localdate(now))
    except REFUSALS as trouble:
        raise NotAnyMore(str(trouble)) from trouble


@before_sending(CANCELLED, label=_("A walk is cancelled"))
def still_off(message: Message, _now: datetime) -> None:
    """Raise `NotAnyMore` where the walk is on again by now, for whom it was cancelled."""
    attendee = _attendee(message)
    off = attendee.walk.state == WalkState.CANCELLED or attendee.left_at is not None
    if not off or message.dedupe_key != key_of(attendee, Method.CANCEL):
        raise NotAnyMore(_("The walk is on again: another mail says so."))


def _attendee(message: Message) -> Attendee:
    rows = Attendee.objects.select_related("walk__link__area__owner", "user", "side__resource", "side__unit")
    found = rows.filter(pk=message.about_id).first() if message.about_type == Attendee._meta.label_lower else None
    if found is None or not found.address:
        raise NotAnyMore(_("Who should get it has been forgotten."))
    return found

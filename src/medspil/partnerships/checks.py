"""What is asked again of a letter at the moment in which its mail goes out."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.notices.checks import NotAnyMore, before_sending
from medspil.notices.models import Message
from medspil.partnerships.gate import REFUSALS, refuse_pitch
from medspil.partnerships.models import Pitch, PitchState
from medspil.partnerships.pitching import PURPOSE, refuse_gone_address
from medspil.partnerships.recipients import AddressGone


@before_sending(PURPOSE, label=_("Letter to a company"))
def still_allowed(message: Message, now: datetime) -> None:
    """Raise `NotAnyMore` where the company may not be written to by now, or the letter was taken back or forgotten."""
    sent = Pitch.objects.for_page().filter(pk=message.about_id, state=PitchState.SENT, forgotten_at=None)
    pitch = sent.first() if message.about_type == Pitch._meta.label_lower else None
    if pitch is None or pitch.party is None:
        raise NotAnyMore(_("The letter, or the side of the link that it went to, is not there any more."))
    try:
        refuse_pitch(pitch.link, pitch.party, on=timezone.localdate(now))
        refuse_gone_address(pitch, pitch.party)
    except (*REFUSALS, AddressGone) as trouble:
        raise NotAnyMore(str(trouble)) from trouble

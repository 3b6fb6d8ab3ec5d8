"""What is asked again of a mail about a referral at the moment in which it goes out."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from medspil.notices.checks import NotAnyMore, before_sending
from medspil.notices.models import Message
from medspil.progress.models import Referral
from medspil.progress.referrals import PURPOSE


@before_sending(PURPOSE, label=_("Link handed on to a colleague"))
def still_waiting(message: Message, _now: datetime) -> None:
    """Raise `NotAnyMore` where the referral was answered or called off before its mail went."""
    if not Referral.objects.waiting().filter(pk=message.about_id).exists():
        raise NotAnyMore(_("The referral has been answered or called off."))

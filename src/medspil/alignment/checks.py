"""What is asked again at the moment in which a question to a side goes out."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from medspil.alignment.inviting import PURPOSES
from medspil.alignment.models import Why
from medspil.notices.checks import NotAnyMore, before_sending, link_of
from medspil.notices.models import Message
from medspil.partnerships.going_on import NotNow, refuse_standing
from medspil.partnerships.models import Partner


@before_sending(PURPOSES[Why.SHEET], label=_("What matters to a side of a partnership"))
def side_still_asked(message: Message, now: datetime) -> None:
    """Ask no side by a link that cannot be used, that has left, or whose partnership does not go on."""
    _check(message, now)


@before_sending(PURPOSES[Why.SETTLE], label=_("Differences between the sides of a partnership"))
def side_still_told(message: Message, now: datetime) -> None:
    """Tell no side that has left, or whose partnership does not go on."""
    _check(message, now)


def _check(message: Message, now: datetime) -> None:
    link = link_of(message, now)
    partner = Partner.objects.filter(pk=int(link.record_id)).first()
    if partner is None:
        raise NotAnyMore(_("This side no longer takes part in the partnership."))
    try:
        refuse_standing(partner)
    except NotNow as reason:
        raise NotAnyMore(str(reason)) from reason

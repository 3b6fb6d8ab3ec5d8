"""What is asked again at the moment in which a pulse question or a piece of news goes out."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from medspil.notices.checks import NotAnyMore, before_sending, link_of
from medspil.notices.models import Message
from medspil.partnerships.going_on import NotNow, refuse_standing
from medspil.partnerships.models import Partner
from medspil.pulses import rounds, telling
from medspil.pulses.models import NewsOff, NewsTold, PulseAnswer, PulseAsk, Rhythm


@before_sending(rounds.PURPOSE, label=_("How a partnership goes"))
def pulse_still_asked(message: Message, now: datetime) -> None:
    """Ask no side that has answered in the app or left, and none of a partnership that does not go on or ask."""
    ask = (
        PulseAsk.objects.select_related("partner__partnership").filter(pk=int(link_of(message, now).record_id)).first()
    )
    if ask is None or PulseAnswer.objects.filter(round=ask.round_id, partner=ask.partner_id).exists():
        raise NotAnyMore(_("The side has answered already."))
    pulse = getattr(ask.partner.partnership, "pulse", None)
    if pulse is None or pulse.rhythm == Rhythm.OFF:
        raise NotAnyMore(_("The sides are not asked any more how it goes."))
    _refuse_gone(ask.partner)


@before_sending(telling.PURPOSE, label=_("News of a partnership"))
def news_still_told(message: Message, now: datetime) -> None:
    """Tell no side that has left or wants no mails, and nobody what was forgotten."""
    told = (
        NewsTold.objects.select_related("news", "partner__partnership")
        .filter(pk=int(link_of(message, now).record_id))
        .first()
    )
    if told is None or told.news.forgotten_at:
        raise NotAnyMore(_("The news was deleted."))
    if told.news.taken_back_at:
        raise NotAnyMore(_("The news was taken back."))
    if NewsOff.objects.filter(partner=told.partner_id).exists():
        raise NotAnyMore(_("The side wants no mails about news."))
    _refuse_gone(told.partner)


def _refuse_gone(partner: Partner) -> None:
    try:
        refuse_standing(partner)
    except NotNow as reason:
        raise NotAnyMore(str(reason)) from reason

"""What is asked again of a mail about an agreement at the moment in which it goes out."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from medspil.agreements.asking import GATE, PURPOSE, refuse_asking
from medspil.agreements.confirming import still_to_confirm
from medspil.agreements.mails import CHANGED, COPY, KEPT
from medspil.agreements.models import AgreementState, ConfirmationRequest
from medspil.notices.checks import NotAnyMore, before_sending, link_of
from medspil.notices.models import Message
from medspil.partnerships.going_on import why_not
from medspil.partnerships.models import Partner


@before_sending(PURPOSE, label=_("Please confirm an agreement"))
def still_asked(message: Message, now: datetime) -> None:
    """Ask nobody about a version that counts no more, of a side that has confirmed, left, or may not be written to."""
    request = ConfirmationRequest.objects.select_related("agreement").filter(link=link_of(message, now)).first()
    if request is None or request.to_email != message.to_email:
        raise NotAnyMore(_("Nobody asks this any more."))
    if request.agreement.state != AgreementState.PROPOSED:
        raise NotAnyMore(_("There is a newer version, or the agreement is settled."))
    partner = _partner(request)
    if sentence := why_not(partner.partnership):
        raise NotAnyMore(sentence)
    if partner.pk not in {one.pk for one in still_to_confirm(request.agreement)}:
        raise NotAnyMore(_("This side has confirmed already, or takes part no longer."))
    _refuse(partner, now)


@before_sending(CHANGED, label=_("An agreement is being changed"))
def still_overtaken(message: Message, now: datetime) -> None:
    """Tell nobody who left meanwhile or was forgotten, nor of a change that was given up before the mail went."""
    request = _request(message)
    if request.agreement.state != AgreementState.OVERTAKEN:
        raise NotAnyMore(_("It is not changed after all."))
    _refuse(_partner(request), now)


@before_sending(KEPT, label=_("An agreement stays as it is"))
def still_kept(message: Message, now: datetime) -> None:
    """Say of no version that it stays as it is once it is changed after all."""
    request = _request(message)
    if request.agreement.state == AgreementState.OVERTAKEN:
        raise NotAnyMore(_("There is a newer version, or the agreement is settled."))
    _refuse(_partner(request), now)


@before_sending(COPY, label=_("A copy of an agreement"))
def still_confirmed(message: Message, now: datetime) -> None:
    """Send no copy of what was ended before it went out."""
    request = _request(message)
    if request.agreement.state not in (AgreementState.CONFIRMED, AgreementState.PAUSED):
        raise NotAnyMore(_("The agreement has ended."))
    _refuse(_partner(request), now)


def _request(message: Message) -> ConfirmationRequest:
    known = ConfirmationRequest.objects.known().select_related("agreement").filter(pk=message.about_id)
    request = known.first() if message.about_type == ConfirmationRequest._meta.label_lower else None
    if request is None or request.to_email != message.to_email:
        raise NotAnyMore(_("Nobody asks this any more."))
    return request


def _partner(request: ConfirmationRequest) -> Partner:
    return Partner.objects.for_page().select_related("partnership__link__area").get(pk=request.partner_id)


def _refuse(partner: Partner, now: datetime) -> None:
    if partner.left_on:
        raise NotAnyMore(_("They take part no longer."))
    try:
        refuse_asking(partner, now)
    except GATE as trouble:
        raise NotAnyMore(str(trouble)) from trouble

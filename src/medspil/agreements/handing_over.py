"""Who takes over on a side is asked to confirm what was proposed, in place of whoever was asked before."""

from datetime import datetime

from django.db import transaction

from medspil.agreements.asking import GATE, CannotAsk, ask_to_confirm
from medspil.agreements.models import AgreementState, ConfirmationRequest
from medspil.agreements.telling import AddressOf
from medspil.notices.hours import too_early
from medspil.partnerships.handing_over import TakenOver, end_link, taken_over


def hand_over(*, now: datetime, address: AddressOf) -> int:
    """Ask those who took over from somebody whose link to a proposed version waits; return how many. Again, it changes
    nothing. Whoever has the part of the one who was asked is asked: a chief after a chief."""
    if too_early(now):
        return 0
    waiting = ConfirmationRequest.objects.known().filter(answered_at=None, agreement__state=AgreementState.PROPOSED)
    links = waiting.filter(link__used_at=None, link__revoked_at=None, link__expires_at__gt=now)
    asked = list(links.filter(partner__left_on=None).select_related("link", "asked_by", "agreement", "partner__side"))
    by_link = {one.link_id: one for one in asked}
    over = taken_over([(one.link, one.partner) for one in asked if one.link], now=now)
    return sum(_ask_anew(by_link[one.link.pk], one, now=now, address=address) for one in over)


def _ask_anew(before: ConfirmationRequest, one: TakenOver, *, now: datetime, address: AddressOf) -> bool:
    """Ask one; where nobody may be asked now, nothing changes, and the link of who left opens nothing either way."""
    try:
        with transaction.atomic():
            return end_link(one, now=now) and _ask(before, one, now=now, address=address)
    except (CannotAsk, *GATE):
        return False


def _ask(before: ConfirmationRequest, one: TakenOver, *, now: datetime, address: AddressOf) -> bool:
    asked = ask_to_confirm(
        agreement=before.agreement,
        partner=one.side,
        email=one.to.address,
        name=str(one.to.user) if one.to.user else one.to.name,
        source=one.to.source or str(one.to.get_part_display()),
        language=one.to.user.language if one.to.user else "da",
        by=before.asked_by,
        now=now,
        address_of=address,
    )
    return asked.mailed

"""Who takes over on a side is asked what matters to it, or what differs, in place of whoever was asked before."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from medspil.alignment.inviting import Address, Recipient, invite
from medspil.alignment.models import Invitation, Why
from medspil.notices.hours import too_early
from medspil.partnerships.handing_over import TakenOver, end_link, taken_over
from medspil.partnerships.models import Standing


def hand_over(*, now: datetime, address: Address) -> int:
    """Ask those who took over from somebody whose link waits; return how many mails. Again, it changes nothing.

    The day on which a side is reminded stays. What was written so far waits on the sheet for who takes over.
    """
    if too_early(now):
        return 0
    links = Invitation.objects.filter(link__used_at=None, link__revoked_at=None, link__expires_at__gt=now)
    there = links.filter(partner__left_on=None, partner__partnership__archived_at=None)
    records = ("link", "by", "partner__partnership__link__area__owner", "partner__side__resource")
    asked = list(
        there.filter(partner__partnership__standing=Standing.GOING).select_related(*records).order_by("sent_at", "pk")
    )
    by_link = {one.link_id: one for one in asked}
    over = taken_over([(one.link, one.partner) for one in asked if not one.partner.side.withdrawn], now=now)
    return sum(_ask_anew(by_link[one.link.pk], one, now=now, address=address) for one in over)


@transaction.atomic
def _ask_anew(before: Invitation, one: TakenOver, *, now: datetime, address: Address) -> bool:
    remind_on = before.remind_on if before.remind_on and before.remind_on > timezone.localdate(now) else None
    if not end_link(one, now=now):
        return False
    to = Recipient(
        email=one.to.address,
        name=str(one.to.user) if one.to.user else one.to.name,
        source=one.to.source or str(one.to.get_part_display()),
        language=one.to.user.language if one.to.user else "da",
    )
    asked = invite(
        partner=one.side, why=Why(before.why), to=to, by=before.by, now=now, address=address, remind_on=remind_on
    )
    return asked.mailed

"""Whom nobody may invite: asked when somebody sends the invitations, and again in the outbox."""

from datetime import date

from medspil.linking.asking import LinkPutAway, SaidNo
from medspil.linking.consequences import said_no_to
from medspil.linking.gate import CompanyClosedToUs, ResourceGone, refuse_side
from medspil.partnerships.gate import TakenOff
from medspil.walks.models import Attendee

REFUSALS = (TakenOff, LinkPutAway, CompanyClosedToUs, ResourceGone, SaidNo)
"""All that `refuse_invitation` raises; each says in a sentence why."""


def refuse_invitation(attendee: Attendee, *, on: date) -> None:
    """Raise one of `REFUSALS` if nobody may write to somebody who comes for a side; our own are never stopped."""
    if attendee.ours:
        return
    link, side = attendee.walk.link, attendee.side
    if side is None:
        raise TakenOff
    if link.archived_at:
        raise LinkPutAway
    refuse_side(side, area=link.area, offers=link.offers.all(), on=on)
    if standing := said_no_to(link, side, on=on):
        raise SaidNo(standing)

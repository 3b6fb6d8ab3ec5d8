"""Whether somebody may write to a side of a link or call it: asked on the page, when sending, and in the outbox."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from medspil.linking.asking import LinkPutAway, SaidNo
from medspil.linking.consequences import said_no_to
from medspil.linking.gate import CompanyClosedToUs, ResourceGone, refuse_side
from medspil.linking.models import Link, LinkParty
from medspil.partnerships.facts import can_be_written_to


class NobodyToWriteTo(Exception):
    """The side is neither a company nor an organisation, or is the area's own."""

    sentence = _("This side of the link is no company or organisation that could be written to.")

    def __init__(self) -> None:
        super().__init__(self.sentence)


class TakenOff(NobodyToWriteTo):
    """The side was taken off the link since the letter was drafted."""

    sentence = _("They were taken off the link since. The letter can only be put away.")


REFUSALS = (NobodyToWriteTo, LinkPutAway, CompanyClosedToUs, ResourceGone, SaidNo)
"""All that `refuse_pitch` raises; each says in a sentence why."""


def refuse_pitch(link: Link, party: LinkParty | None, *, on: date) -> None:
    """Raise one of `REFUSALS` if nobody may write to a side or call it on a day."""
    if party is None:
        raise TakenOff
    if not can_be_written_to(link, party):
        raise NobodyToWriteTo
    if link.archived_at:
        raise LinkPutAway
    refuse_side(party, area=link.area, offers=link.offers.all(), on=on)
    if standing := said_no_to(link, party, on=on):
        raise SaidNo(standing)

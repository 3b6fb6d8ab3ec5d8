"""Who joins a partnership later, who withdraws from it, and who comes back.

Whoever withdraws stays on the page with the days and the reason: what was done together was done together. Questions to
and from that side are taken back, its people's parts end, and it sees no more of what the others say to each other.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.common.models import EditConflict
from medspil.common.privacy import refuse_cpr
from medspil.linking.asking import refuse_ahead
from medspil.linking.joining import join_link
from medspil.linking.models import LinkParty
from medspil.linking.parties import Party, who
from medspil.partnerships.editing import refuse_put_away
from medspil.partnerships.models import Partner, Partnership, Standing
from medspil.partnerships.people import HasLeft
from medspil.partnerships.questions import PartnershipOver, drop_open
from medspil.partnerships.standing import LONGEST_WHY, WhyMissing


class BeforeItJoined(Exception):
    """A side cannot leave before it came."""

    def __init__(self) -> None:
        super().__init__(_("The day lies before the side joined."))


def partner_of(side: LinkParty) -> Partner | None:
    """Return who takes part in a partnership for a side of a link, as long as it does; else None."""
    return Partner.objects.there().filter(side=side).first()


@transaction.atomic
def join(
    *, partnership: Partnership, party: Party, on: date, expected_version: int, by: User, now: datetime, note: str = ""
) -> Partner:
    """Let one more take part from a day on, who has said yes to those who are there; one that is there is found.

    Raises `PartnershipOver`, `PartnershipPutAway`, `DayAhead`, `EditConflict`, and what `linking.joining.join_link`
    raises for the party.
    """
    refuse_put_away(partnership)
    if partnership.standing == Standing.ENDED:
        raise PartnershipOver
    refuse_ahead(on, now)
    for there in Partner.objects.filter(partnership=partnership).for_page():
        if who(there.side) == who(party):
            return there if there.left_on is None else come_back(partner=there, on=on, by=by, now=now)
    link = partnership.link
    side = join_link(link=link, party=party, on=on, by=by, now=now, note=note)
    partnership.save_changes(expected_version=expected_version, now=now)
    made = Partner.objects.create(partnership=partnership, side=side, joined_on=on, created_at=now, updated_at=now)
    record_history(record=partnership, action="partner_joined", by=by, now=now)
    return made


@transaction.atomic
def join_all(*, partnership: Partnership, parties: Sequence[Party], on: date, by: User, now: datetime) -> list[Partner]:
    """Let several take part from a day on: all of them or nobody. Raises as `join` does."""
    return [
        join(partnership=partnership, party=one, on=on, expected_version=partnership.version, by=by, now=now)
        for one in parties
    ]


@transaction.atomic
def leave(*, partner: Partner, on: date, why: str, expected_version: int, by: User, now: datetime) -> Partner:
    """Let a side withdraw on a day, with its reason; the others go on, also if only one is left.

    Raises `HasLeft`, `WhyMissing`, `DayAhead`, `BeforeItJoined`, `PartnershipPutAway`, `CprNumberFound`,
    `EditConflict`.
    """
    refuse_put_away(partner.partnership)
    reason = " ".join(why.split())
    if not reason or len(reason) > LONGEST_WHY:
        raise WhyMissing
    refuse_cpr(reason)
    refuse_ahead(on, now)
    if partner.left_on:
        raise HasLeft
    if on < partner.joined_on:
        raise BeforeItJoined
    _leave(partner, on=on, why=reason, expected_version=expected_version, now=now)
    record_history(record=partner.partnership, action="partner_left", by=by, now=now)
    return partner


@transaction.atomic
def come_back(*, partner: Partner, on: date, by: User, now: datetime) -> Partner:
    """Let a side take part again that had left; its people are named anew. Raises `DayAhead`, `PartnershipPutAway`."""
    refuse_put_away(partner.partnership)
    refuse_ahead(on, now)
    if partner.left_on is None:
        return partner
    told = {"left_on": [str(partner.left_on), ""]}
    partner.save_changes(expected_version=partner.version, now=now, left_on=None, left_why="")
    record_history(record=partner.partnership, action="partner_back", by=by, now=now, changes=told)
    return partner


def leave_with_person(resources: list[int], now: datetime, on: date) -> None:
    """Let people leave who took their consent back: their reason is nobody's business."""
    for partner in Partner.objects.there().filter(side__resource__in=resources).select_related("partnership"):
        _leave(partner, on=max(on, partner.joined_on), why="", expected_version=partner.version, now=now)
        record_history(record=partner.partnership, action="partner_left", by=None, now=now)


def _leave(partner: Partner, *, on: date, why: str, expected_version: int, now: datetime) -> None:
    if partner.version != expected_version:
        raise EditConflict
    partner.save_changes(expected_version=expected_version, now=now, left_on=on, left_why=why)
    drop_open(partner.partnership, of=partner, now=now)
    for person in partner.people.to_come_or_standing(on):
        last = max(on, person.from_on)
        person.save_changes(expected_version=person.version, now=now, to_on=last)

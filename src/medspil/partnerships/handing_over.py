"""Somebody hands her part over in the middle: her links open nothing any more, and whoever comes after her is asked.

A room that asks a side by a one-time link names here whose link it is: from the day on which somebody else has taken
over, it says so to whoever opens it. What still waits for an answer goes to the successor in a mail of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from medspil.accounts.models import OneTimeLink
from medspil.accounts.one_time_links import asked_at_the_door, revoke
from medspil.notices.forgetting import forget_about
from medspil.partnerships.models import Partner, PartnerPerson
from medspil.partnerships.side_people import has_handed_over, refuse_handed_over, successor

SideOf = Callable[[OneTimeLink], Partner]


@dataclass(frozen=True, slots=True)
class TakenOver:
    """A link whose recipient has handed over, the side it asks, and who is asked instead."""

    link: OneTimeLink
    side: Partner
    to: PartnerPerson


def asks_a_side(purpose: str) -> Callable[[SideOf], SideOf]:
    """Let links of a purpose end with the part of their reader: `@asks_a_side(PURPOSE)` above whose link it is."""

    def register(side_of: SideOf) -> SideOf:
        def check(link: OneTimeLink, now: datetime) -> None:
            refuse_handed_over(side_of(link), link.recipient_email, on=timezone.localdate(now))

        asked_at_the_door(purpose, check)
        return side_of

    return register


def taken_over(asked: Sequence[tuple[OneTimeLink, Partner]], *, now: datetime) -> list[TakenOver]:
    """Return of links that can be used those whose recipient has handed over. Where nobody has come after her, the
    link waits, and opens nothing. One query, and some for each that it may be true of."""
    today, found = timezone.localdate(now), []
    suspects = _suspects([side for _link, side in asked], today)
    for link, side in asked:
        if (side.pk, link.recipient_email) in suspects and has_handed_over(side, link.recipient_email, on=today):
            to = successor(side, link.recipient_email, on=today)
            if to and to.address.lower() != link.recipient_email:
                found.append(TakenOver(link, side, to))
    return found


def end_link(one: TakenOver, *, now: datetime) -> bool:
    """Take back the link of somebody who handed over, with the mail that carries it; inside the step that asks anew.

    Returns whether her successor is to be asked: not where the link was used, where another worker was faster, or
    where she has been asked already.
    """
    if not revoke(link=one.link, now=now):
        return False
    forget_about(records=[one.link], now=now)
    asked = OneTimeLink.objects.standing(now).filter(
        purpose=one.link.purpose, record_type=one.link.record_type, record_id=one.link.record_id
    )
    return not asked.filter(recipient_email=one.to.address.lower()).exists()


def _suspects(sides: Sequence[Partner], today: date) -> set[tuple[int, str]]:
    """Return side and address of those who may have handed over: a part has ended, or an account has perhaps left."""
    rows = PartnerPerson.objects.filter(partner__in={side.pk for side in sides}, forgotten_at=None)
    ended = rows.filter(to_on__lte=today) | rows.filter(user__isnull=False)
    told = ended.order_by("pk").values_list("partner", "email", "user__email")
    return {(pk, (own or account or "").lower()) for pk, own, account in told}

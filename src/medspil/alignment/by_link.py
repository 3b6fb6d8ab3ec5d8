"""What somebody without an account does by a one-time link: write a draft, hand in, confirm, settle differences.

The link stays while a draft is written, and is used up by handing in. The one for settling stays until its side has
said yes to all that differs, or until it runs out.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from medspil.accounts.models import OneTimeLink
from medspil.accounts.one_time_links import LinkUnknown, find, use
from medspil.alignment.inviting import PURPOSES, Address, Handed, confirm_and_tell, hand_in_and_tell
from medspil.alignment.models import Edition, HandedIn, Sheet, Why
from medspil.alignment.readiness import ready
from medspil.alignment.sheets import NothingToConfirm, Writer, confirm, latest_of, save_draft
from medspil.partnerships.handing_over import asks_a_side
from medspil.partnerships.models import Partner

_Done = TypeVar("_Done")


@asks_a_side(PURPOSES[Why.SHEET])
@asks_a_side(PURPOSES[Why.SETTLE])
def partner_of(link: OneTimeLink) -> Partner:
    """Return the side that a link asks, with its partnership."""
    records = ("partnership__link__area__owner", "partnership__link__need", "partnership__link__challenge")
    return Partner.objects.for_page().select_related(*records).get(pk=int(link.record_id))


@transaction.atomic
def save_draft_by_link(*, token: str, answers: Mapping[str, str], expected_version: int, now: datetime) -> Sheet:
    """Keep what was written so far; the link can be used on. Raises `LinkUnusable` and what `save_draft` raises."""
    partner = partner_of(_found(token, Why.SHEET, now))
    writer = Writer(how=HandedIn.LINK)
    return save_draft(partner=partner, answers=answers, expected_version=expected_version, writer=writer, now=now)


def hand_in_by_link(
    *, token: str, answers: Mapping[str, str], expected_version: int, name: str, now: datetime, address: Address
) -> Handed:
    """Hand in the words of a side; the link is used up. Raises `LinkUnusable` and what `hand_in` raises: then not."""

    def write(link: OneTimeLink) -> Handed:
        return hand_in_and_tell(
            partner=partner_of(link),
            answers=answers,
            expected_version=expected_version,
            writer=Writer(how=HandedIn.LINK, name=name),
            now=now,
            address=address,
        )

    return use(token=token, purpose=PURPOSES[Why.SHEET], now=now, answer=write)


def confirm_by_link(*, token: str, number: int, name: str, now: datetime, address: Address) -> Handed:
    """Say for a side that what was noted for it, as it was read, is right. Raises as `confirm`, and `LinkUnusable`."""

    def write(link: OneTimeLink) -> Handed:
        edition = _read(partner_of(link), number)
        writer = Writer(how=HandedIn.LINK, name=name)
        return confirm_and_tell(edition=edition, writer=writer, now=now, address=address)

    return use(token=token, purpose=PURPOSES[Why.SHEET], now=now, answer=write)


def confirm_while_settling(*, partner: Partner, number: int, now: datetime) -> Edition:
    """Say the same on the page of the differences, as a step of `settle_by_link`."""
    return confirm(edition=_read(partner, number), writer=Writer(how=HandedIn.LINK), now=now)


def settle_by_link(*, token: str, now: datetime, step: Callable[[Partner], _Done]) -> _Done:
    """Take one step with the differences for the side of a link; the last one uses the link up.

    `step` gets the side and does what it raises for. Raises `LinkUnusable`.
    """
    purpose = PURPOSES[Why.SETTLE]
    with transaction.atomic():
        link = _found(token, Why.SETTLE, now)
        partner = partner_of(link)
        done = step(partner)
        if nothing_left_for(partner):
            use(token=token, purpose=purpose, now=now, answer=lambda _link: None)
        return done


def nothing_left_for(partner: Partner) -> bool:
    """Return whether nothing is left for a side to do: all have spoken, and all differences are settled."""
    return not ready(partner.partnership)


def _read(partner: Partner, number: int) -> Edition:
    edition = latest_of(partner)
    if edition is None or edition.number != number:
        raise NothingToConfirm
    return edition


def _found(token: str, why: Why, now: datetime) -> OneTimeLink:
    link = find(token=token, now=now)
    if link.purpose != PURPOSES[why]:
        raise LinkUnknown
    return link

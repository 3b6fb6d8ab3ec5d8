"""Asks a side without an account, by a one-time link, to confirm what it gains, and takes its answer."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from medspil.accounts import one_time_links
from medspil.accounts.models import OneTimeLink, User, record_history
from medspil.linking.parties import name_of
from medspil.notices.checks import NotAnyMore, before_sending, link_of
from medspil.notices.hours import too_early
from medspil.notices.models import Message
from medspil.partnerships.editing import refuse_put_away
from medspil.partnerships.gains import Said, confirm_gains
from medspil.partnerships.handing_over import TakenOver, asks_a_side, end_link, taken_over
from medspil.partnerships.models import Partner, PartnerPerson, Standing
from medspil.partnerships.people import HasLeft
from medspil.partnerships.questions import NobodyToAnswer
from medspil.partnerships.side_mails import mail_link
from medspil.partnerships.side_people import people_of

PURPOSE = "partnership_gains"


@transaction.atomic
def ask_for_gains(*, partner: Partner, by: User, now: datetime, address: Callable[[str], str]) -> bool:
    """Mail whoever answers for a side a link by which it confirms its gains and says more.

    Returns whether a mail is on its way; an earlier link to the same address is taken back. Raises `NobodyToAnswer`,
    `HasLeft`, `PartnershipPutAway`.
    """
    refuse_put_away(partner.partnership)
    if partner.left_on:
        raise HasLeft
    first = people_of([partner], on=timezone.localdate(now))[partner.pk].to_ask()
    if first is None:
        raise NobodyToAnswer
    return _mail(partner, first, by=by, now=now, address=address)


def hand_over(*, now: datetime, address: Callable[[str], str]) -> int:
    """Ask those who took over from somebody who was asked what her side gains; return how many."""
    if too_early(now):
        return 0
    links = list(OneTimeLink.objects.filter(purpose=PURPOSE).standing(now).order_by("pk"))
    going = Partner.objects.there().filter(partnership__standing=Standing.GOING, partnership__archived_at=None)
    sides = going.for_page().select_related("partnership__link__area__owner").in_bulk([one.record_id for one in links])
    asked = [(one, sides[int(one.record_id)]) for one in links if int(one.record_id) in sides]
    return sum(_ask_anew(one, now=now, address=address) for one in taken_over(asked, now=now))


@transaction.atomic
def _ask_anew(one: TakenOver, *, now: datetime, address: Callable[[str], str]) -> bool:
    return end_link(one, now=now) and _mail(one.side, one.to, by=one.link.created_by, now=now, address=address)


def _mail(
    partner: Partner, to: PartnerPerson, *, by: User | None, now: datetime, address: Callable[[str], str]
) -> bool:
    record_history(record=partner.partnership, action="gains_asked", by=by, now=now)
    return mail_link(
        to=to,
        purpose=PURPOSE,
        record=partner,
        partnership=partner.partnership,
        template="partnerships/mail/gains.txt",
        facts={"partnership": partner.partnership, "side": name_of(partner.side), "by": by},
        subject=lambda: gettext("What do you gain from your partnership?"),
        about_version=partner.version,
        by=by,
        now=now,
        address=address,
    )


@asks_a_side(PURPOSE)
def partner_of(link: OneTimeLink) -> Partner:
    """Return the side whose gains a one-time link asks for."""
    related = ("partnership__link__area__owner", "partnership__link__need")
    return Partner.objects.for_page().select_related(*related).get(pk=int(link.record_id))


def confirm_by_link(*, token: str, keys: Collection[int], more: Sequence[Said], as_what: str, now: datetime) -> int:
    """Take what a side confirms by its link, also that none of it is right; return how many gains.

    Raises `LinkUnusable`, `HasLeft`, and what `gains.confirm_gains` raises; the link can then be used still.
    """

    def write(link: OneTimeLink) -> int:
        partner = partner_of(link)
        if partner.left_on:
            raise HasLeft
        return confirm_gains(partner=partner, keys=keys, more=more, by=None, confirmed_as=as_what, now=now)

    return one_time_links.use(token=token, purpose=PURPOSE, now=now, answer=write)


@before_sending(PURPOSE, label=_("What a side of a partnership gains"))
def still_wanted(message: Message, now: datetime) -> None:
    """Ask nobody by a link that cannot be used, or who takes part no more."""
    link = link_of(message, now)
    if not Partner.objects.there().filter(pk=int(link.record_id), partnership__archived_at=None).exists():
        raise NotAnyMore(_("The side has left the partnership, or it was put away."))

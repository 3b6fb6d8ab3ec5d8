"""Does it still stand? Ask a giver by a one-time link, and take the answer without an account."""

from collections.abc import Callable
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from medspil.accounts import one_time_links
from medspil.accounts.models import OneTimeLink, User, record_history
from medspil.areas.privacy import refuse_cpr
from medspil.common.models import EditConflict
from medspil.notices.checks import NotAnyMore, before_sending, link_of
from medspil.notices.link_mails import put_link
from medspil.notices.models import Message
from medspil.notices.outbox import OnBehalfOf
from medspil.offers.models import NotAskedByMail, Offer, OfferState
from medspil.offers.permissions import givers
from medspil.offers.services import OfferClosed, note_words, renew_offer, withdraw_offer
from medspil.organisations.subjects import of_organisation

PURPOSE = "offer_renewal"


class RenewalAnswer(models.TextChoices):
    """What a giver can answer."""

    STANDS = "stands", _("Yes, it still stands")
    WITHDRAWN = "withdrawn", _("No, we take it back")


class NotWrittenTo(Exception):
    """A company protected from advertising has not made the offer itself, so nobody writes to it about it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The company is protected from advertising and has not made the offer itself, so Medspil does not "
                "write to it. Ask the person who told you, and note the answer down."
            )
        )


def ask_by_link(
    *,
    offer: Offer,
    email: str,
    name: str,
    language: str,
    by: User | None,
    now: datetime,
    address: Callable[[str], str],
) -> bool:
    """Mail a giver the question with a link that answers it; `address` makes a link's address of its token.

    `by` is nobody when the giver is asked by itself, see `turns`; that person is asked only as long as she acts for it.

    Returns whether a mail is on its way; not where no mail server is set up. The address is kept with the link until
    that is used or has expired, and with the mail for a month. Raises `OfferClosed`, `NotWrittenTo`.
    """
    _refuse(offer)
    with transaction.atomic():
        issued = one_time_links.issue(
            purpose=PURPOSE,
            record=offer,
            recipient_email=email,
            recipient_name=name,
            language=language,
            about_version=offer.version,
            by=by,
            now=now,
        )
        record_history(record=offer, action="asked_whether_it_stands", by=by, now=now)
        return _mail(offer, issued.link, address(issued.token), by, now)


@before_sending(PURPOSE, label=_("Does the offer still stand?"))
def still_to_be_asked(message: Message, now: datetime) -> None:
    """Ask nobody by a link that cannot be used, about an offer that is closed, or who must not be written to by now."""
    link = link_of(message, now)
    offer = offer_of(link)
    try:
        _refuse(offer)
    except (OfferClosed, NotWrittenTo) as reason:
        raise NotAnyMore(str(reason)) from reason
    if link.created_by_id is None and not _may_still_be_asked(offer, link, now):
        raise NotAnyMore(_("The person does not act for the giver any more, wants no such mails, or has answered."))


def offer_of(link: OneTimeLink) -> Offer:
    """Return the offer that a link asks about."""
    return Offer.objects.for_page().get(pk=int(link.record_id))


def answer_by_link(*, token: str, answer: RenewalAnswer, text: str, seen_version: int, now: datetime) -> Offer:
    """Take a giver's answer; what was read must be what stands.

    Raises `LinkUnusable`, `EditConflict` when the offer changed since the page was read, `OfferClosed`,
    `CprNumberFound`; the link can then still be used.
    """
    refuse_cpr(text)

    def write(link: OneTimeLink) -> Offer:
        offer = offer_of(link)
        if offer.version != seen_version:
            raise EditConflict
        if answer == RenewalAnswer.STANDS:
            found = renew_offer(offer=offer, by=None, now=now)
        else:
            found = withdraw_offer(offer=offer, reason=text, by=None, now=now)
        record_history(record=offer, action="answered_by_link", by=None, now=now, changes={"answer": answer.value})
        return note_words(offer=found, text=text)

    return one_time_links.use(token=token, purpose=PURPOSE, now=now, answer=write)


def _refuse(offer: Offer) -> None:
    if offer.state != OfferState.OPEN:
        raise OfferClosed
    if offer.noted_down and of_organisation(offer.organisation).units().filter(protected=True).exists():
        raise NotWrittenTo


def _may_still_be_asked(offer: Offer, link: OneTimeLink, now: datetime) -> bool:
    """Return whether somebody who is asked by itself acts for the giver, wants to be asked, and has not answered."""
    person = User.objects.filter(email=link.recipient_email, is_active=True).first()
    return (
        person is not None
        and offer.asks_again(timezone.localdate(now))
        and not NotAskedByMail.objects.filter(user=person).exists()
        and givers(person).filter(pk=offer.organisation_id).exists()
    )


def _mail(offer: Offer, link: OneTimeLink, address: str, by: User | None, now: datetime) -> bool:
    """Put the mail, in the giver's language, into the outbox; False where no mail server is set up."""
    asks = (offer.recorded_by_organisation if offer.noted_down else None) or offer.organisation
    return put_link(
        link=link,
        template="offers/mail/still_stands.txt",
        facts={"offer": offer, "address": address, "by": by, "name": link.recipient_name, "until": link.expires_at},
        subject=lambda: gettext("Does your offer still stand? %(title)s") % {"title": offer.title},
        by=by,
        now=now,
        on_behalf_of=OnBehalfOf(asks.pk, asks.name),
    )

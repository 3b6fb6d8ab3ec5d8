"""Ask somebody of a side to confirm a version by a one-time link, and take the yes without an account.

The address is kept with the request as long as the version is not settled, so that a link to a newer version goes to
whom the first one was sent, never to whoever holds it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import OneTimeLink, User, record_history
from medspil.accounts.one_time_links import find, issue, use
from medspil.agreements.confirming import Signature, confirm, still_to_confirm
from medspil.agreements.mails import ask_by_mail
from medspil.agreements.models import Agreement, AgreementState, ConfirmationRequest, Way
from medspil.agreements.telling import AddressOf, after_yes
from medspil.common.privacy import refuse_cpr
from medspil.linking.asking import LinkPutAway
from medspil.linking.gate import CompanyClosedToUs, ResourceGone, refuse_side
from medspil.notices.letters import checked_address, checked_header
from medspil.partnerships.going_on import why_not
from medspil.partnerships.handing_over import asks_a_side
from medspil.partnerships.models import Partner

PURPOSE = "agreement_confirm"
NOT_AGAIN_FOR = timedelta(hours=1)
GATE = (CompanyClosedToUs, ResourceGone, LinkPutAway)


class CannotAsk(Exception):
    """Nobody of this side can be asked for this version; the sentence says why."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody was asked; `mailed` is false where no mail server is set up. The address is for her alone."""

    request: ConfirmationRequest
    address: str
    mailed: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What a link asks: its request, the version it is about, and a newer one if that is proposed by now."""

    request: ConfirmationRequest
    newer: Agreement | None

    @property
    def agreement(self) -> Agreement:
        """Return the version that the link was sent for."""
        return self.request.agreement

    @property
    def overtaken(self) -> bool:
        """Whether that version counts no more."""
        return self.agreement.state == AgreementState.OVERTAKEN


def refuse_asking(partner: Partner, now: datetime) -> None:
    """Raise one of `GATE` where nobody may write to a side: protected, ceased, withdrawn or put away."""
    link = partner.partnership.link
    if link.archived_at:
        raise LinkPutAway
    refuse_side(partner.side, area=link.area, offers=link.offers.all(), on=timezone.localdate(now))


@transaction.atomic
def ask_to_confirm(
    *,
    agreement: Agreement,
    partner: Partner,
    email: str,
    name: str,
    source: str,
    language: str,
    by: User | None,
    now: datetime,
    address_of: AddressOf,
) -> Asked:
    """Mail somebody of a side a link by which she confirms this version for it.

    A link that went to the same address for the same version is taken back. Raises `CannotAsk`, one of `GATE`,
    `AddressRefused`, `HeaderRefused`, `CprNumberFound`.
    """
    refuse_cpr(name, source)
    email, name = checked_address(email), checked_header(name, longest=120)
    locked = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if locked.state != AgreementState.PROPOSED:
        raise CannotAsk(_("This version does not wait for confirmations any more."))
    if sentence := why_not(agreement.partnership):
        raise CannotAsk(sentence)
    if partner.pk not in {one.pk for one in still_to_confirm(locked)}:
        raise CannotAsk(_("This side has confirmed already, or takes part no longer."))
    refuse_asking(partner, now)
    known = ConfirmationRequest.objects.known().filter(agreement=locked, partner=partner, to_email=email).first()
    request = known or ConfirmationRequest(agreement=locked, partner=partner, to_email=email)
    request.to_name, request.source, request.language = name, source.strip()[:200], language
    request.asked_at, request.asked_by = now, by
    request.save()
    issued = issue(
        purpose=PURPOSE, record=request, recipient_email=email, recipient_name=name, language=language,
        about_version=locked.number, by=by, now=now,
    )  # fmt: skip
    ConfirmationRequest.objects.filter(pk=request.pk).update(link=issued.link)
    request.link = issued.link
    record_history(record=locked, action="asked_to_confirm", by=by, now=now)
    address = address_of(issued.token)
    return Asked(request, address, ask_by_mail(request=request, address=address, by=by, now=now))


def question_of(*, token: str, now: datetime) -> Question:
    """Return what a link asks; writes nothing. Raises `LinkUnusable`."""
    return question_behind(find(token=token, now=now))


@asks_a_side(PURPOSE)
def side_asked(link: OneTimeLink) -> Partner:
    """Return the side that a link asks to confirm."""
    return ConfirmationRequest.objects.select_related("partner").get(pk=link.record_id).partner


def question_behind(link: OneTimeLink) -> Question:
    """Return what a link asks that was found. Three queries."""
    related = ("agreement__partnership__link__area__owner", "agreement__partnership__link__need", "partner__side")
    request = ConfirmationRequest.objects.select_related(*related).get(pk=link.record_id)
    newer = (
        Agreement.objects.filter(partnership=request.agreement.partnership_id, number__gt=request.agreement.number)
        .waiting()
        .last()
    )
    return Question(request, newer)


def confirm_by_link(
    *, token: str, sha256: str, signature: Signature, now: datetime, copy_at: AddressOf
) -> tuple[ConfirmationRequest, Agreement]:
    """Say yes to the version that was read; the link is used up. `copy_at` makes the address of a copy from a token.

    Raises `LinkUnusable` and what `confirming.confirm` raises; then the link stays as it was.
    """

    def answer(link: OneTimeLink) -> tuple[ConfirmationRequest, Agreement]:
        request = question_behind(link).request
        done = confirm(
            agreement=request.agreement, partner=request.partner, sha256=sha256, signature=signature, way=Way.LINK,
            by=None, now=now,
        )  # fmt: skip
        ConfirmationRequest.objects.filter(pk=request.pk).update(answered_at=now)
        request.answered_at = now
        after_yes(agreement=done, now=now, address_of=copy_at)
        return request, done

    return use(token=token, purpose=PURPOSE, now=now, answer=answer)


def send_newest(*, token: str, now: datetime, address_of: AddressOf) -> bool:
    """Send a link to the newer version to whom this link was sent; False where one went there within the hour.

    Whoever holds the link learns nothing but that it was sent. Raises `LinkUnusable`, `CannotAsk`, one of `GATE`.
    """
    question = question_of(token=token, now=now)
    request, newer = question.request, question.newer
    if newer is None or not request.to_email:
        raise CannotAsk(_("The new version is still being written. A link comes to you when it is ready."))
    partner = Partner.objects.for_page().select_related("partnership__link__area").get(pk=request.partner_id)
    lately = ConfirmationRequest.objects.known().filter(
        agreement=newer, partner=partner, to_email=request.to_email, asked_at__gt=now - NOT_AGAIN_FOR
    )
    if lately.exists():
        return False
    ask_to_confirm(
        agreement=newer, partner=partner, email=request.to_email, name=request.to_name, source=request.source,
        language=request.language, by=request.asked_by, now=now, address_of=address_of,
    )  # fmt: skip
    return True

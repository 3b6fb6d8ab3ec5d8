"""What follows a yes or a change: whoever confirmed is told, and when all have, the papers are made and kept.

Whoever confirmed with an account is told by the page and by mail to the account's address; whoever came by a link, at
the address that the link went to.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from medspil.accounts.models import User
from medspil.accounts.one_time_links import issue
from medspil.agreements.confirming import Signature, confirm
from medspil.agreements.mails import COPY, changed_by_mail, in_force_by_mail, kept_by_mail
from medspil.agreements.models import Agreement, AgreementState, Confirmation, ConfirmationRequest, Way
from medspil.agreements.papers import keep_papers
from medspil.agreements.writing import change_proposed
from medspil.documents import DocumentError
from medspil.partnerships.models import Partner

log = logging.getLogger(__name__)
AddressOf = Callable[[str], str]
COPY_FOR = timedelta(days=180)


@transaction.atomic
def confirm_and_tell(
    *,
    agreement: Agreement,
    partner: Partner,
    sha256: str,
    signature: Signature,
    by: User,
    now: datetime,
    address_of: AddressOf,
) -> Agreement:
    """Say yes for a side with an account, and do what follows. Raises what `confirming.confirm` raises."""
    done = confirm(
        agreement=agreement, partner=partner, sha256=sha256, signature=signature, way=Way.SIGNED_IN, by=by, now=now
    )
    after_yes(agreement=done, now=now, address_of=address_of)
    return done


@transaction.atomic
def change_and_tell(*, agreement: Agreement, expected_version: int, by: User, now: datetime, why: str) -> Agreement:
    """Make the next version, and tell all who had confirmed. Raises what `writing.change_proposed` raises."""
    made = change_proposed(agreement=agreement, expected_version=expected_version, by=by, now=now, why=why)
    tell_changed(agreement=agreement, by=by, now=now)
    return made


def after_yes(*, agreement: Agreement, now: datetime, address_of: AddressOf) -> None:
    """When all have confirmed, make the papers and send everybody a copy; inside the transaction of the last yes."""
    if agreement.state != AgreementState.CONFIRMED:
        return
    whole = Agreement.objects.for_page().get(pk=agreement.pk)
    try:
        keep_papers(whole)
    except DocumentError:  # the yes stands without it, and the paper is made when somebody asks for it
        log.exception("papers_not_made agreement=%s", whole.pk)
    tell_all_confirmed(agreement=whole, now=now, address_of=address_of)


@transaction.atomic
def tell_changed(*, agreement: Agreement, by: User, now: datetime) -> int:
    """Tell all who had confirmed a version that it was overtaken; return how many mails. Once more sends none again."""
    return sum(changed_by_mail(request=one, by=by, now=now) for one in _told(agreement, now, but=by))


@transaction.atomic
def tell_kept(*, agreement: Agreement, by: User, now: datetime) -> int:
    """Tell all who had confirmed a version that it is not changed after all; return how many mails."""
    return sum(kept_by_mail(request=one, by=by, now=now) for one in _told(agreement, now, but=by))


@transaction.atomic
def tell_all_confirmed(*, agreement: Agreement, now: datetime, address_of: AddressOf) -> int:
    """Send all who confirmed their copy: a link by which the paper can be fetched; return how many mails."""
    if agreement.state != AgreementState.CONFIRMED:
        return 0
    sent = 0
    for one in _told(agreement, now):
        issued = issue(
            purpose=COPY, record=agreement, recipient_email=one.to_email, recipient_name=one.to_name,
            language=one.language, about_version=agreement.number, by=None, now=now, valid_for=COPY_FOR,
        )  # fmt: skip
        sent += in_force_by_mail(request=one, address=address_of(issued.token), now=now)
    return sent


def _told(agreement: Agreement, now: datetime, *, but: User | None = None) -> list[ConfirmationRequest]:
    """Return where those who confirmed are reached: their requests; for accounts one is written down."""
    found = list(
        ConfirmationRequest.objects.known()
        .filter(agreement=agreement, answered_at__isnull=False)
        .select_related("agreement__partnership__link__area__owner")
    )
    with_account = Confirmation.objects.filter(agreement=agreement, by__is_active=True).select_related("by")
    for one in with_account.order_by("pk"):
        if one.by and one.by != but and not any(each.to_email == one.by.email for each in found):
            request = ConfirmationRequest.objects.create(
                agreement=agreement, partner_id=one.partner_id, to_email=one.by.email, to_name=one.by.name,
                language=one.by.language, asked_at=one.at, asked_by=None, answered_at=now,
            )  # fmt: skip
            request.agreement = agreement
            found.append(request)
    return found

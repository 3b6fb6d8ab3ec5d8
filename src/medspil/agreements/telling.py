"""Tell those who confirmed: that a version was changed and their yes counts no more, or that all have confirmed.

Whoever confirmed with an account is told by the page and by mail to the account's address; whoever came by a link, at
the address that the link went to.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from medspil.accounts.models import User
from medspil.accounts.one_time_links import issue
from medspil.agreements.mails import changed_by_mail, in_force_by_mail
from medspil.agreements.models import Agreement, AgreementState, Confirmation, ConfirmationRequest

COPY_PURPOSE = "agreement_copy"
COPY_FOR = timedelta(days=180)


@transaction.atomic
def tell_changed(*, agreement: Agreement, by: User, now: datetime) -> int:
    """Tell all who had confirmed a version that it was overtaken; return how many mails. Once more sends none again."""
    return sum(changed_by_mail(request=one, by=by, now=now) for one in _told(agreement, now, but=by))


@transaction.atomic
def tell_all_confirmed(*, agreement: Agreement, now: datetime, address_of: Callable[[str], str]) -> int:
    """Send all who confirmed their copy: a link by which the paper can be fetched; return how many mails."""
    if agreement.state != AgreementState.CONFIRMED:
        return 0
    sent = 0
    for one in _told(agreement, now):
        issued = issue(
            purpose=COPY_PURPOSE, record=agreement, recipient_email=one.to_email, recipient_name=one.to_name,
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

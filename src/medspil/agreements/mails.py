"""The mails about an agreement: please confirm, there is a change, there is none after all, all have confirmed."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from medspil.accounts.models import User
from medspil.agreements.models import ConfirmationRequest
from medspil.notices.letters import known_language, one_line
from medspil.notices.link_mails import put_link
from medspil.notices.outbox import OnBehalfOf, put
from medspil.notices.transport import is_set_up

CHANGED, KEPT, COPY = "agreement_changed", "agreement_kept", "agreement_copy"


def ask_by_mail(*, request: ConfirmationRequest, address: str, by: User | None, now: datetime) -> bool:
    """Put the mail that asks for a confirmation into the outbox; False where no mail server is set up."""
    link = request.link
    if link is None:
        return False
    facts = _facts(request) | {"address": address, "link": link, "by": by}
    return put_link(
        link=link, template="agreements/mail/confirm.txt", facts=facts, by=by, now=now,
        subject=lambda: gettext("An agreement waits for your yes"), on_behalf_of=_owner(request),
    )  # fmt: skip


def changed_by_mail(*, request: ConfirmationRequest, by: User | None, now: datetime) -> bool:
    """Tell somebody who had confirmed that the text is being changed, and that the yes counts no more."""
    return _put(
        request, "agreements/mail/changed.txt", purpose=CHANGED,
        subject=lambda: gettext("The agreement is being changed"), facts={"by": by}, by=by, now=now,
        each_time=True,
    )  # fmt: skip


def kept_by_mail(*, request: ConfirmationRequest, by: User | None, now: datetime) -> bool:
    """Tell somebody who had confirmed that the text is not changed after all, and that the yes counts again."""
    return _put(
        request, "agreements/mail/kept.txt", purpose=KEPT,
        subject=lambda: gettext("The agreement stays as it is"), facts={"by": by}, by=by, now=now, each_time=True,
    )  # fmt: skip


def in_force_by_mail(*, request: ConfirmationRequest, address: str, now: datetime) -> bool:
    """Tell somebody who confirmed that all have, with the address of her copy."""
    return _put(
        request, "agreements/mail/in_force.txt", purpose=COPY,
        subject=lambda: gettext("All have confirmed the agreement"), facts={"address": address}, by=None, now=now,
    )  # fmt: skip


def _put(
    request: ConfirmationRequest,
    template: str,
    *,
    purpose: str,
    subject: Callable[[], str],
    facts: Mapping[str, Any],
    by: User | None,
    now: datetime,
    each_time: bool = False,
) -> bool:
    """Put a mail to somebody who confirmed, once, or once each time the version moves; no name is in its subject."""
    if not is_set_up() or not request.to_email:
        return False
    key = f"{purpose}:{request.pk}" + (f":{request.agreement.version}" if each_time else "")
    with translation.override(known_language(request.language)):
        put(
            purpose=purpose, dedupe_key=key, to=request.to_email, to_name=request.to_name,
            subject=one_line(f"Medspil: {subject()}"), about=request, by=by, now=now, language=request.language,
            text=render_to_string(template, _facts(request) | dict(facts)),
            on_behalf_of=_owner(request),
        )  # fmt: skip
    return True


def _facts(request: ConfirmationRequest) -> dict[str, Any]:
    agreement = request.agreement
    partnership = agreement.partnership
    area = partnership.link.area
    return {"agreement": agreement, "partnership": partnership, "area": area, "name": request.to_name}


def _owner(request: ConfirmationRequest) -> OnBehalfOf:
    owner = request.agreement.partnership.link.area.owner
    return OnBehalfOf(owner.pk, owner.name)

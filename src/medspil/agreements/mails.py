"""The mails about an agreement: please confirm, there is a change, all have confirmed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from medspil.accounts.models import User
from medspil.agreements.models import Agreement, ConfirmationRequest
from medspil.notices.letters import one_line
from medspil.notices.outbox import OnBehalfOf, put
from medspil.notices.transport import is_set_up


def ask_by_mail(*, request: ConfirmationRequest, address: str, by: User | None, now: datetime) -> bool:
    """Put the mail that asks for a confirmation into the outbox; False where no mail server is set up."""
    link = request.link
    if link is None or not is_set_up():
        return False
    with _spoken(request.language):
        _put(
            "confirm", request.agreement, purpose=link.purpose, dedupe_key=f"{link.purpose}:{link.pk}",
            to=request.to_email, name=request.to_name, language=request.language,
            subject=gettext("An agreement waits for your yes"), by=by, now=now,
            facts={"address": address, "link": link, "by": by}, about=link,
        )  # fmt: skip
    return True


def changed_by_mail(*, request: ConfirmationRequest, by: User | None, now: datetime) -> bool:
    """Tell somebody who had confirmed that the text is being changed, and that the yes counts no more."""
    if not is_set_up() or not request.to_email:
        return False
    with _spoken(request.language):
        _put(
            "changed", request.agreement, purpose="agreement_changed", dedupe_key=f"agreement_changed:{request.pk}",
            to=request.to_email, name=request.to_name, language=request.language,
            subject=gettext("The agreement is being changed"), by=by, now=now, facts={"by": by}, about=request,
        )  # fmt: skip
    return True


def in_force_by_mail(*, request: ConfirmationRequest, address: str, now: datetime) -> bool:
    """Tell somebody who confirmed that all have, with the address of her copy."""
    if not is_set_up() or not request.to_email:
        return False
    with _spoken(request.language):
        _put(
            "in_force", request.agreement, purpose="agreement_copy", dedupe_key=f"agreement_copy:{request.pk}",
            to=request.to_email, name=request.to_name, language=request.language,
            subject=gettext("All have confirmed the agreement"), by=None, now=now, facts={"address": address},
            about=request,
        )  # fmt: skip
    return True


def _spoken(language: str) -> Any:
    return translation.override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)


def _put(
    template: str,
    agreement: Agreement,
    *,
    purpose: str,
    dedupe_key: str,
    to: str,
    name: str,
    language: str,
    subject: str,
    by: User | None,
    now: datetime,
    facts: Mapping[str, Any],
    about: Any,
) -> None:
    """Put one mail, in the language that is active; no name stands in its subject."""
    owner = agreement.partnership.link.area.owner
    known = {
        "agreement": agreement,
        "partnership": agreement.partnership,
        "area": agreement.partnership.link.area,
        "name": name,
    }
    put(
        purpose=purpose, dedupe_key=dedupe_key, to=to, to_name=name, language=language, by=by, now=now, about=about,
        subject=one_line(f"Medspil: {subject}"),
        text=render_to_string(f"agreements/mail/{template}.txt", {**known, **facts}),
        on_behalf_of=OnBehalfOf(owner.pk, owner.name),
    )  # fmt: skip

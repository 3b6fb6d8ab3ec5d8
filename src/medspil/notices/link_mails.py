"""The mail that carries a one-time link: one for each link, in its recipient's language; taken back with it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.template.loader import render_to_string
from django.utils import translation

from medspil.accounts.models import OneTimeLink, User
from medspil.accounts.one_time_links import revoke_about
from medspil.notices.forgetting import forget_about
from medspil.notices.letters import known_language, one_line
from medspil.notices.outbox import OnBehalfOf, put
from medspil.notices.transport import is_set_up


def put_link(
    *,
    link: OneTimeLink,
    template: str,
    facts: Mapping[str, Any],
    subject: Callable[[], str],
    by: User | None,
    now: datetime,
    on_behalf_of: OnBehalfOf,
) -> bool:
    """Put the mail into the outbox, in the caller's transaction; False where no mail server is set up.

    Its purpose is that of the link, which must be named (see `checks`): what is asked before sending asks the link, see
    `checks.link_of`. `subject` is called in the recipient's language.
    """
    if not is_set_up():
        return False
    with translation.override(known_language(link.language)):
        text = render_to_string(template, dict(facts))
        words = subject()
    put(
        purpose=link.purpose,
        dedupe_key=f"{link.purpose}:{link.pk}",
        to=link.recipient_email,
        subject=one_line(f"Medspil: {words}"),
        text=text,
        about=link,
        by=by,
        now=now,
        language=link.language,
        on_behalf_of=on_behalf_of,
    )
    return True


def close_links(record: models.Model, *, now: datetime) -> None:
    """Take back every link about a record that nobody has used, and forget the mails that carry one."""
    revoke_about(record=record, now=now)
    forget_about(records=list(OneTimeLink.objects.of(record)), now=now)

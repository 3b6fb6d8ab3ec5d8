"""The mail with a one-time link to whoever answers for a side: to her account, or to the address that is noted."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import models

from medspil.accounts.models import User
from medspil.accounts.one_time_links import VALID_FOR, issue
from medspil.notices.link_mails import put_link
from medspil.notices.outbox import OnBehalfOf
from medspil.partnerships.models import PartnerPerson, Partnership


def mail_link(
    *,
    to: PartnerPerson,
    purpose: str,
    record: models.Model,
    partnership: Partnership,
    template: str,
    facts: Mapping[str, Any],
    subject: Callable[[], str],
    by: User | None,
    now: datetime,
    address: Callable[[str], str],
    about_version: int | None = None,
    valid_for: timedelta = VALID_FOR,
) -> bool:
    """Issue a link about a record and mail it, for the organisation that answers for the area, in the caller's
    transaction; False where no mail server is set up.

    `address` makes the whole address of a page of its token; the template gets `facts`, and `link`, `address`, `owner`.
    """
    owner = partnership.link.area.owner
    issued = issue(
        purpose=purpose,
        record=record,
        recipient_email=to.address,
        recipient_name=str(to.user) if to.user else to.name,  # a function is no name: nobody is greeted by it
        language=to.user.language if to.user else "da",
        about_version=about_version,
        by=by,
        now=now,
        valid_for=valid_for,
    )
    return put_link(
        link=issued.link,
        template=template,
        facts={**facts, "owner": owner, "link": issued.link, "address": address(issued.token)},
        subject=subject,
        by=by,
        now=now,
        on_behalf_of=OnBehalfOf(owner.pk, owner.name),
    )

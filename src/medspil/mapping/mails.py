"""The mail that asks somebody whether what stands here is still right."""

from datetime import datetime

from django.utils.translation import gettext as _

from medspil.accounts.models import OneTimeLink, User
from medspil.mapping.models import Resource
from medspil.notices.link_mails import put_link
from medspil.notices.outbox import OnBehalfOf


def ask_by_mail(*, link: OneTimeLink, resource: Resource, by: User, address: str, now: datetime) -> bool:
    """Put the mail, in the recipient's language, into the outbox; False where no mail server is set up."""

    def subject() -> str:
        if resource.is_person:  # a name in a subject is read on every screen the mail passes
            return _("Is this still right?")
        return _("Is this still right? %(name)s") % {"name": resource.name}

    owner = resource.area.owner
    return put_link(
        link=link,
        template="mapping/mail/still_right.txt",
        facts={"resource": resource, "area": resource.area, "by": by, "link": link, "address": address},
        subject=subject,
        by=by,
        now=now,
        on_behalf_of=OnBehalfOf(owner.pk, owner.name),
    )

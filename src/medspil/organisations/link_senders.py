"""Which organisation sent a one-time link, also one that cannot be used any more: whoever holds it may ask there."""

from dataclasses import dataclass

from medspil.accounts.models import OneTimeLink, User
from medspil.common.secrets import fingerprint
from medspil.notices.models import Message
from medspil.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Sender:
    """For which organisation the mail with a link was sent, and by whom; either may be unknown."""

    organisation: Organisation | None
    by: User | None


def sender_behind(token: str) -> Sender | None:
    """Return who sent the link behind a token; None where nobody did. Three queries."""
    links = OneTimeLink.objects.filter(token_hash=fingerprint(token)).select_related("created_by")
    link = links.first() if token else None
    if link is None:
        return None
    by = link.created_by if link.created_by and link.created_by.is_active else None
    return Sender(_organisation(link), by)


def _organisation(link: OneTimeLink) -> Organisation | None:
    """Return the organisation for which the mail with a link was sent, or that about the same record."""
    about = Message.objects.filter(about_type=link.record_type, about_id=link.record_id)
    mails = (Message.objects.about(link) | about).exclude(on_behalf_of=None)
    key = mails.order_by("-pk").values_list("on_behalf_of", flat=True).first()
    return Organisation.objects.filter(pk=key, archived_at=None).select_related("unit").first() if key else None

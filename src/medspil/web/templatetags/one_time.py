"""What pages behind one-time links say of whom to ask: the organisation for which the mail with the link was sent."""

from typing import Any

from django import template

from medspil.accounts.models import OneTimeLink
from medspil.common.secrets import fingerprint
from medspil.notices.models import Message
from medspil.organisations.models import Organisation
from medspil.web.organisations.reaching import phone_and_mail

register = template.Library()


@register.inclusion_tag("one_time/_whom_to_ask.html", takes_context=True)
def whom_to_ask(context: dict[str, Any], *, again: bool = False) -> dict[str, Any]:
    """Say how the organisation that sent the link is reached, also of a link that cannot be used any more.

    `again`: whether it can send a new link for the same thing. Three queries; what is told is public anyway.
    """
    match = context["request"].resolver_match
    token = match.kwargs.get("token", "") if match else ""
    links = OneTimeLink.objects.filter(token_hash=fingerprint(token)).select_related("created_by")
    link = links.first() if token else None
    asks = _behind(link) if link else None
    phone, email = phone_and_mail(asks) if asks else ("", "")
    name = asks.name if asks else ""
    by = link.created_by if link and link.created_by and link.created_by.is_active else None
    return {"known": link is not None, "name": name, "by": by, "phone": phone, "email": email, "again": again}


def _behind(link: OneTimeLink) -> Organisation | None:
    """Return the organisation for which the mail with a link was sent, or that about the same record."""
    about = Message.objects.filter(about_type=link.record_type, about_id=link.record_id)
    mails = (Message.objects.about(link) | about).exclude(on_behalf_of=None)
    key = mails.order_by("-pk").values_list("on_behalf_of", flat=True).first()
    return Organisation.objects.filter(pk=key, archived_at=None).select_related("unit").first() if key else None

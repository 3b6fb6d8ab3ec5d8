"""What pages behind one-time links say of whom to ask: the organisation for which the mail with the link was sent."""

from typing import Any

from django import template

from medspil.organisations.link_senders import sender_behind
from medspil.web.organisations.reaching import phone_and_mail

register = template.Library()


@register.inclusion_tag("one_time/_whom_to_ask.html", takes_context=True)
def whom_to_ask(context: dict[str, Any], *, again: bool = False) -> dict[str, Any]:
    """Say how the organisation that sent the link is reached, also of a link that cannot be used any more.

    `again`: whether it can send a new link for the same thing. What is told is public, or stood on the link's page.
    """
    match = context["request"].resolver_match
    sender = sender_behind(match.kwargs.get("token", "")) if match else None
    asks = sender.organisation if sender else None
    phone, email = phone_and_mail(asks) if asks else ("", "")
    told = {"known": sender is not None, "name": asks.name if asks else "", "by": sender.by if sender else None}
    return told | {"phone": phone, "email": email, "again": again}

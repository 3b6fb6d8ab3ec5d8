"""Whom a side can be asked by: its contact person, whom it was asked by before, its own people and public address."""

from dataclasses import dataclass

from django.utils import timezone

from medspil.alignment.inviting import last_asked
from medspil.partnerships.models import Partner
from medspil.partnerships.recipients import suggested
from medspil.partnerships.side_people import people_of


@dataclass(frozen=True, slots=True)
class Known:
    """An address that Medspil has, with where it is from; `key` stands for it in the form."""

    key: str
    email: str
    name: str
    source: str


def known_for(partner: Partner) -> list[Known]:
    """Return the addresses of a side, the best first, each once."""
    found = []
    if contact := people_of([partner], on=timezone.localdate())[partner.pk].to_ask():
        found.append(Known("contact", contact.address, contact.shown_name, str(contact.get_part_display())))
    if last := last_asked(partner):
        found.append(Known("last", last.to_email, last.to_name, last.to_source))
    found += [Known(one.key, one.email, one.name, one.source) for one in suggested(partner.side)]
    by_address: dict[str, Known] = {}
    for one in found:
        by_address.setdefault(one.email.casefold(), one)
    return list(by_address.values())

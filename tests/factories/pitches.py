"""Makes letters for tests by the services that people use."""

from typing import Any
from uuid import uuid4

from medspil.accounts.models import User
from medspil.linking.models import Link, LinkParty
from medspil.partnerships.models import Pitch
from medspil.partnerships.pitching import Words, edit_pitch, start_pitch
from medspil.partnerships.recipients import Recipient, typed
from tests.factories.people import NOW

ADDRESS = "chefen@smedjen.example"


def company(link: Link) -> LinkParty:
    """Return the side of a link that is a company of the register."""
    return link.parties.for_page().get(unit__isnull=False)


def draft(link: Link, *, by: User, **fields: Any) -> Pitch:
    """Draft a letter to the company of a link."""
    facts: dict[str, Any] = {
        "party": company(link), "language": "en", "contact": by, "hours": None, "creation_key": uuid4(), "now": NOW
    } | fields  # fmt: skip
    return start_pitch(link=link, by=by, **facts)


def chef(**fields: str) -> Recipient:
    """Return an address that somebody wrote, with its source."""
    return typed(**{"email": ADDRESS, "name": "Per Smed", "source": "his card", "purpose": "this need"} | fields)


def addressed(pitch: Pitch, *, by: User, recipient: Recipient | None = None, **words: str) -> Pitch:
    """Say to whom a letter goes, and change its words."""
    wanted = Words(
        subject=words.get("subject", pitch.subject),
        text=words.get("text", pitch.text),
        contact=pitch.contact,
        recipient=recipient or chef(),
    )
    return edit_pitch(pitch=pitch, words=wanted, expected_version=pitch.version, by=by, now=NOW)

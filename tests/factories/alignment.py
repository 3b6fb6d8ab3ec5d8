"""Lets sides of a partnership say what they want, the way people do."""

from typing import Any

from medspil.accounts.models import User
from medspil.alignment.inviting import Asked, Recipient, invite
from medspil.alignment.models import Edition, HandedIn, Why
from medspil.alignment.sheets import Writer, hand_in, sheet_of
from medspil.partnerships.models import Partner, Partnership
from tests.factories.people import NOW

ADDRESS = "https://medspil.example/svar"
COMPANY = {
    "focus": "Lærlinge, der kender svejsning.",
    "resources": "To svende og vores værksted om aftenen.",
    "horizon": "year",
    "never": "Reklame uden at spørge os.",
    "success": "Tre lærlinge i butikken.",
}
AREA = {
    "focus": "Et sted at være om aftenen.",
    "resources": "Lokaler og en klubmedarbejder.",
    "horizon": "two_years",
    "never": "Larm efter klokken 22.",
    "success": "Otte unge kommer hver uge.",
}


def of_area(partnership: Partnership) -> Partner:
    """Return the side of the area's owner."""
    return partnership.partners.for_page().get(side__organisation=partnership.link.area.owner)


def of_company(partnership: Partnership) -> Partner:
    """Return the other side."""
    return partnership.partners.for_page().exclude(pk=of_area(partnership).pk).get()


def say(partner: Partner, answers: dict[str, str], by: User | None = None, **fields: Any) -> Edition:
    """Hand in the words of a side."""
    facts: dict[str, Any] = {"by": by, "how": HandedIn.ACCOUNT if by else HandedIn.LINK}
    now = fields.pop("now", NOW)
    writer = Writer(**(facts | fields))
    there = sheet_of(partner, on_behalf=writer.on_behalf)
    version = there.version if there else 0
    return hand_in(partner=partner, answers=answers, expected_version=version, writer=writer, now=now)


def address(why: Why, token: str) -> str:
    """Return where a link leads."""
    return f"{ADDRESS}/{why.value}/{token}/"


def ask(partner: Partner, by: User, *, why: Why = Why.SHEET, **fields: Any) -> Asked:
    """Ask the contact of a side by mail."""
    to = Recipient(email="per@smedjen.example", name="Per Smed", source="ringet op", language="da")
    facts: dict[str, Any] = {"to": to, "now": NOW, "address": address} | fields
    return invite(partner=partner, why=why, by=by, **facts)


def token_of(asked: Asked) -> str:
    """Return the secret part of a link."""
    return asked.address.rstrip("/").rpartition("/")[2]

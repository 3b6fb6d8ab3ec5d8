"""Names people of the sides of a partnership for tests, as people do."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from medspil.accounts.models import User
from medspil.partnerships.models import Part, Partner, PartnerPerson
from medspil.partnerships.people import Who, name_person
from tests.factories.people import NOW


def named(
    partner: Partner,
    name: str = "Per Smed",
    part: Part = Part.CONTACT,
    *,
    by: User,
    user: User | None = None,
    from_on: date | None = None,
    to_on: date | None = None,
    now: datetime = NOW,
    handover: str = "",
    **more: Any,
) -> PartnerPerson:
    """Give somebody a part on a side; without an account by name, with an address that somebody gave us."""
    partner.refresh_from_db(fields=["version", "left_on"])
    if user is None and name:
        address = f"{name.split(maxsplit=1)[0].lower()}@firma.example"
        more = {"name": name, "email": address, "source": "ham selv", "purpose": "partnerskabet"} | more
    return name_person(
        partner=partner,
        part=part,
        who=Who(user=user, **more),
        from_on=from_on or NOW.date(),
        to_on=to_on,
        handover=handover,
        expected_version=partner.version,
        by=by,
        now=now,
    )


def kept_in(tokens: list[str]) -> Callable[[str], str]:
    """Return what makes an address of the secret part of a one-time link, and keeps that in a list."""

    def address(token: str) -> str:
        tokens.append(token)
        return f"https://medspil.example/{token}"

    return address

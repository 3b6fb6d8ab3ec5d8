"""What hangs on the map of one side of the world, and a one-time link that everybody may open who has it."""

from uuid import uuid4

from django.db import models

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.mapping.merging import merge_resources
from medspil.mapping.models import Answer, Inquiry, ResourceList
from medspil.mapping.services import ask_still_right
from medspil.organisations.roles import Role
from tests.factories import people, places, resources

NOW = resources.NOW


def records(area: Area, by: User, place: str) -> dict[str, models.Model]:
    """Make resources with the side's canary in every text, a contact, an answer that waits, a list on its way in."""
    resource = resources.resource(area, by, f"{place} klub", can_do=place, when=place, place=place, source=place)
    resident = resources.person(area, by, f"{place} beboer", can_do=place)
    contact = resources.contact(resource, by, name=f"{place} kontakt")
    other = resources.contact(resource, by, name=f"{place} formand", email="formand@example.org")
    inquiry = ask_still_right(contact=other, by=by, now=NOW, address_of=str).inquiry
    Inquiry.objects.filter(pk=inquiry.pk).update(answer=Answer.WRONG, answered_on=resources.TODAY, text=place)
    waiting = ResourceList.objects.create(
        creation_key=uuid4(), area=area, name=f"{place}.csv", header=["Navn"], rows=[[2, [f"{place} ny"]]],
        columns={"name": "Navn"}, by=by, created_at=NOW,
    )  # fmt: skip
    same = resources.resource(area, by, f"{place} klubben")
    gone = resources.resource(area, by, f"{place} kluben")
    merged = merge_resources(kept=resource, gone=gone, by=by, now=NOW)
    more = {"same": same, "resource_merge": merged}
    return more | {"resource": resource, "resident": resident, "contact": contact, "inquiry": inquiry, "list": waiting}


def asked() -> models.Model:
    """Return a one-time link about somebody else's resource, with its token, which only the mail knows otherwise."""
    home = people.organisation("Fælles Kommune")
    by = people.member(home, Role.COORDINATOR, name="Fælles")
    resource = resources.resource(places.area(home, "Fælles området"), by, "Fælles klub")
    tokens: list[str] = []

    def address_of(token: str) -> str:
        tokens.append(token)
        return token

    link = ask_still_right(contact=resources.contact(resource, by), by=by, now=NOW, address_of=address_of).inquiry.link
    link.__dict__["token"] = tokens[0]
    return link

"""Every way by which a resource can come out to somebody: each reads all it gives out for an area, as one text.

A test of withdrawal walks them all. Who adds a page, a file or a search that shows resources adds a reader here.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from medspil.accounts.models import HistoryEntry, OneTimeLink, User
from medspil.areas.models import Area
from medspil.mapping.alike import alike_pairs
from medspil.mapping.models import Consent, Inquiry, Resource, ResourceContact, ResourceList, ResourceMerge
from medspil.mapping.reminders import reminders
from medspil.mapping.search import search
from tests.factories.resources import NOW

Reader = Callable[[Area, User], str]
READERS: dict[str, Reader] = {}
"""By name. A reader may leave out what a person did not agree to, never show somebody who withdrew."""


def way_out(name: str) -> Callable[[Reader], Reader]:
    """Add a reader under a name."""

    def add(reader: Reader) -> Reader:
        READERS[name] = reader
        return reader

    return add


def all_of(rows: "QuerySet[Any]") -> str:
    """Return all that rows hold."""
    return "\n".join(str(row) for row in rows.values())


@way_out("map")
def on_map(area: Area, user: User) -> str:
    """Read what the map draws."""
    return all_of(Resource.objects.visible_to(user).filter(area=area).for_map())


@way_out("list")
def in_list(area: Area, user: User) -> str:
    """Read all rows a person may see, put away or not."""
    return all_of(Resource.objects.visible_to(user).filter(area=area))


@way_out("print")
def in_print(area: Area, user: User) -> str:
    """Read what papers and files that leave the house may hold."""
    return all_of(Resource.objects.visible_to(user).filter(area=area).current().for_print())


@way_out("search")
def by_search(area: Area, user: User) -> str:
    """Look for each word that tests write about people."""
    rows = list(Resource.objects.visible_to(user).filter(area=area).for_map())
    found = [one for word in ("fatima", "halstørklæder", "enghaven") for one in search(rows, word)]
    return "\n".join(f"{one.name} {one.can_do} {one.address}" for one in found)


@way_out("ambassadors")
def as_ambassador(area: Area, user: User) -> str:
    """Read the local ambassadors."""
    return all_of(Resource.objects.visible_to(user).ambassadors().filter(area=area))


@way_out("reminders")
def in_reminders(area: Area, user: User) -> str:
    """Read what should be looked at, today and in ten years."""
    days = (timezone.localdate(NOW), timezone.localdate(NOW).replace(year=2036))
    found = [one for day in days for one in reminders(area, user=user, on=day)]
    return "\n".join(f"{one.resource} {one.inquiry.text if one.inquiry else ''}" for one in found)


@way_out("contacts")
def in_contacts(area: Area, user: User) -> str:
    """Read how people are reached."""
    return all_of(ResourceContact.objects.visible_to(user).filter(resource__area=area))


@way_out("inquiries")
def in_inquiries(area: Area, user: User) -> str:
    """Read questions and answers."""
    return all_of(Inquiry.objects.visible_to(user).filter(resource__area=area))


@way_out("history")
def in_history(area: Area, _user: User) -> str:
    """Read the whole history."""
    return all_of(HistoryEntry.objects.all())


@way_out("one-time links")
def in_links(_area: Area, _user: User) -> str:
    """Read the links that were sent."""
    return all_of(OneTimeLink.objects.all())


@way_out("merges")
def in_merges(_area: Area, _user: User) -> str:
    """Read the steps of merges."""
    return all_of(ResourceMerge.objects.all())


@way_out("alike")
def among_alike(area: Area, user: User) -> str:
    """Read which resources may be the same."""
    pairs = alike_pairs(Resource.objects.visible_to(user).current().filter(area=area))
    return "\n".join(f"{pair.one} {pair.other}" for pair in pairs)


@way_out("lists")
def in_lists(area: Area, user: User) -> str:
    """Read files that wait to be brought in."""
    return all_of(ResourceList.objects.visible_to(user).filter(area=area))


@way_out("bare rows")
def in_rows(area: Area, _user: User) -> str:
    """Read what the database holds of resources and consents, past every door."""
    return all_of(Resource.objects.filter(area=area)) + all_of(Consent.objects.all())

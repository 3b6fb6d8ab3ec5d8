"""Which link is the same as another, and what it takes in when somebody makes it once more.

The parties and the need (or challenge) make a link the same, and the project or class of the need where one is named.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from medspil.accounts.models import User, record_history
from medspil.areas.models import Area, Challenge, Need
from medspil.language import fold
from medspil.linking.models import Link, LinkParty, Origin
from medspil.linking.parties import Party, who
from medspil.offers.models import Offer


def same_link(
    *,
    area: Area,
    need: Need | None,
    challenge: Challenge | None,
    parties: Sequence[Party | LinkParty],
    subject: str = "",
) -> Link | None:
    """Return the link of these very parties for this need (or challenge) that is there and not put away, if any.

    One for a project or a class of the need is another than one for the whole need, or for another class.
    """
    about = Link.objects.current().filter(area=area, need=need)
    if need is None:
        about = about.filter(challenge=challenge)
    wanted = {who(side) for side in parties}
    for link in about.for_page().order_by("pk"):
        if fold(link.subject) == fold(subject) and {who(side) for side in link.parties.all()} == wanted:
            return link
    return None


@transaction.atomic
def take_in(
    there: Link,
    *,
    offers: Sequence[Offer],
    origin: Origin | str,
    grounds: Mapping[str, Any],
    by: User,
    now: datetime,
) -> Link:
    """Let a link that is there take in what came anew: offers it did not rest on, another allocation and its pairs."""
    link = Link.objects.select_for_update().get(pk=there.pk)
    known = set(link.offers.values_list("pk", flat=True))
    fresh = [offer for offer in offers if offer.pk not in known]
    before = [link.grounds, *link.grounds.get("also", [])]
    again = origin == Origin.ROUND and not any(_same_round(grounds, each) for each in before)
    if not fresh and not again:
        return link
    link.offers.add(*fresh)
    more = {"grounds": link.grounds | {"also": [*link.grounds.get("also", []), dict(grounds)]}} if again else {}
    link.save_changes(expected_version=link.version, now=now, **more)
    told = {"offers": ["", [offer.title for offer in fresh]]} if fresh else {}
    record_history(record=link, action="found_again", by=by, now=now, changes=told)
    return link


def _same_round(grounds: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Whether two reasons are of the same proposal of the same allocation."""
    names = ("number", "proposal")
    one, other = ([each.get("round", {}).get(name) for name in names] for each in (grounds, before))
    return one == other

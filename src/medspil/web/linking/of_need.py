"""The links of one need on the need's own page, with who said no to it."""

from dataclasses import dataclass

from django.utils import timezone

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.models import Link
from medspil.organisations.roles import Abilities
from medspil.web.linking.link_parties import eyes_of
from medspil.web.linking.link_shown import ShownLink, shown_links
from medspil.web.linking.refused import RefusedList, refused_for

MOST = 20


@dataclass(frozen=True, slots=True)
class NeedLinks:
    """The links of a need, how many more there are, and whose no it hears."""

    need: Need
    links: list[ShownLink]
    more: int
    refused: RefusedList | None
    may_link: bool


def links_of_need(user: User, need: Need, may: Abilities) -> NeedLinks:
    """Return the links of a need, those in their state the longest last. A fixed number of queries."""
    today = timezone.localdate()
    rows = Link.objects.visible_to(user, on=today).current().filter(need=need).for_page()
    found = list(rows.order_by("-state_on", "-pk")[: MOST + 1])
    return NeedLinks(
        need=need,
        links=shown_links(found[:MOST], eyes_of(user, found), today),
        more=max(len(found) - MOST, 0),
        refused=refused_for(user, need) if may.shortlist else None,
        may_link=may.link and need.archived_at is None,
    )

"""How many links each resource has, which is the size of its sign on the map, and the links of one resource."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from math import log1p

from medspil.accounts.models import User
from medspil.linking.models import Link, LinkParty
from medspil.mapping.models import Resource

MOST = 8  # from so many links on, a sign grows no larger


def links_of(resources: Iterable[Resource]) -> Mapping[int, int]:
    """Return the number of live links of each resource that has any: by itself, as its organisation or its company.

    One query. The resources are of one area or of areas that the person sees, and so are the links.
    """
    rows = list(resources)
    live = Link.objects.live().filter(area__in={one.area_id for one in rows})
    parties = LinkParty.objects.filter(link__in=live).values_list("link", "resource", "organisation", "unit")
    links: dict[tuple[str, int], set[int]] = {}
    for link, *keys in parties:
        for kind, key in zip(("resource", "organisation", "unit"), keys, strict=True):
            if key is not None:
                links.setdefault((kind, key), set()).add(link)
    found: Counter[int] = Counter()
    for one in rows:
        mine = (("resource", one.pk), ("organisation", one.organisation_id), ("unit", one.unit_id))
        found[one.pk] = len(set().union(*(links.get((kind, key), set()) for kind, key in mine if key is not None)))
    return {key: number for key, number in found.items() if number}


def listed_links(resource: Resource, user: User, on: date) -> list[Link]:
    """Return the links in which a resource takes part, as far as a person sees them, the newest first."""
    some = Link.objects.visible_to(user, on=on).current().filter(area=resource.area_id)
    of_it = some.of_party(
        resources=[resource.pk],
        organisations=[resource.organisation_id] if resource.organisation_id else [],
        units=[resource.unit_id] if resource.unit_id else [],
    )
    return list(of_it.order_by("-created_at", "-pk"))


def size(links: int) -> float:
    """Return the size of a sign, from 0 to 1: the first links count most."""
    return 0.45 + 0.55 * min(1.0, log1p(links) / log1p(MOST))

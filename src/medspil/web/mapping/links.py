"""The links of one resource, and how large its sign on the map is by their number."""

from datetime import date
from math import log1p

from medspil.accounts.models import User
from medspil.linking.models import Link
from medspil.mapping.models import Resource

MOST = 8  # from so many links on, a sign grows no larger


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

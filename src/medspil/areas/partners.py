"""Which organisations could take part in an area: looked for by name, as nobody may leaf through all of them."""

from django.db.models import QuerySet

from medspil.areas.models import Area
from medspil.organisations.models import Organisation

FEWEST_LETTERS, MOST_FOUND = 3, 10


def candidates(area: Area, text: str | None = None) -> QuerySet[Organisation]:
    """Return organisations that could take part; with a text, the first ten whose name holds it.

    Fewer than three letters find nothing.
    """
    taking_part = area.partners.values("pk")
    found = Organisation.objects.filter(archived_at=None).exclude(pk=area.owner_id).exclude(pk__in=taking_part)
    if text is None:
        return found
    if len(text) < FEWEST_LETTERS:
        return found.none()
    return found.filter(name__icontains=text).order_by("name", "pk")[:MOST_FOUND]

"""Which sides of a partnership said in the alignment what they bring: it counts among the marks of a partnership."""

from collections.abc import Collection

from medspil.alignment.models import Edition
from medspil.alignment.questions import RESOURCES
from medspil.partnerships.definition import also_brings
from medspil.partnerships.models import Partner


@also_brings
def said_what_they_bring(partners: Collection[Partner]) -> set[int]:
    """Return the keys of those whose last words, written or confirmed by themselves, say what they bring. One query."""
    newest: dict[int, Edition] = {}
    for edition in Edition.objects.confirmed().filter(partner__in=partners).order_by("partner", "-number"):
        newest.setdefault(edition.partner_id, edition)
    return {pk for pk, edition in newest.items() if edition.answers.get(RESOURCES, "").strip()}

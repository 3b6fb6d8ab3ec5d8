"""Which sides of a partnership said in the alignment what they bring: it counts among the marks of a partnership."""

from collections.abc import Collection, Iterable

from medspil.alignment.models import Edition
from medspil.alignment.questions import RESOURCES
from medspil.alignment.seeing import Viewer, words_of
from medspil.partnerships.definition import also_brings
from medspil.partnerships.models import Partner, Partnership


@also_brings
def said_what_they_bring(partners: Collection[Partner]) -> set[int]:
    """Return the keys of those whose last words, written or confirmed by themselves, say what they bring. One query."""
    return set(_newest(Edition.objects.confirmed().filter(partner__in=partners).order_by("partner", "-number")))


def bringing_said(partnership: Partnership, viewer: Viewer) -> dict[int, Edition | None]:
    """Return by side the words in which it says what it brings; none of what somebody does not read. Three queries."""
    editions = Edition.objects.confirmed().of(partnership)
    reads = {side.partner.pk for side in words_of(partnership, viewer) if side.visible}
    return {pk: edition if pk in reads else None for pk, edition in _newest(editions).items()}


def brought(edition: Edition) -> str:
    """Return what a side says that it brings."""
    return str(edition.answers.get(RESOURCES, "")).strip()


def _newest(editions: Iterable[Edition]) -> dict[int, Edition]:
    """Return by side its last words, where they say what it brings."""
    newest: dict[int, Edition] = {}
    for edition in editions:
        newest.setdefault(edition.partner_id, edition)
    return {pk: edition for pk, edition in newest.items() if brought(edition)}

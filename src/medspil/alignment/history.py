"""What happened in the alignment of a partnership: who did what for which side, never in which words."""

from django.db.models import Q

from medspil.accounts.models import HistoryEntry
from medspil.alignment.models import Difference
from medspil.partnerships.models import Partner, Partnership


def happened(partnership: Partnership, *, most: int = 50) -> list[tuple[HistoryEntry, int]]:
    """Return what was done, the newest first, each with the side that did it or that it was about; 0 for none.

    Three queries.
    """
    partners = list(partnership.partners.values_list("pk", flat=True))
    differences = list(partnership.differences.values_list("pk", flat=True))
    of_sides = Q(
        record_type=Partner._meta.label_lower,
        record_id__in=[str(pk) for pk in partners],
        action__startswith="alignment_",
    )
    of_differences = Q(record_type=Difference._meta.label_lower, record_id__in=[str(pk) for pk in differences])
    entries = HistoryEntry.objects.filter(of_sides | of_differences).select_related("by").order_by("-at", "-pk")
    return [(entry, _side(entry)) for entry in entries[:most]]


def _side(entry: HistoryEntry) -> int:
    if entry.record_type == Partner._meta.label_lower:
        return int(entry.record_id)
    return int(entry.changes.get("side") or 0)

"""Which of many partnerships have nothing left to settle, in a few queries however many there are."""

from collections import defaultdict
from collections.abc import Iterable

from medspil.alignment.differences import shown_by
from medspil.alignment.models import Difference, Edition
from medspil.alignment.readiness import weigh
from medspil.partnerships.models import Partner, Partnership


def settled(partnerships: Iterable[int]) -> set[int]:
    """Return the keys of those for which `readiness.ready` finds nothing missing. Six queries."""
    keys = list(partnerships)
    here: dict[int, set[int]] = defaultdict(set)
    for partner in Partner.objects.there().filter(partnership__in=keys):
        here[partner.partnership_id].add(partner.pk)
    newest: dict[int, dict[int, Edition]] = defaultdict(dict)
    there = Edition.objects.filter(partner__partnership__in=keys, partner__left_on=None).select_related("partner")
    for edition in there.order_by("partner", "-number"):
        newest[edition.partner.partnership_id].setdefault(edition.partner_id, edition)
    rows: dict[int, list[Difference]] = defaultdict(list)
    for one in Difference.objects.filter(partnership__in=keys).prefetch_related("verdicts").order_by("pk"):
        rows[one.partnership_id].append(one)
    related = ("link__area", "link__need", "link__challenge")
    found = Partnership.objects.filter(pk__in=keys).select_related(*related).prefetch_related("link__need__resources")
    return {one.pk for one in found if _nothing_left(one, newest[one.pk], rows[one.pk], here[one.pk])}


def _nothing_left(partnership: Partnership, newest: dict[int, Edition], rows: list[Difference], here: set[int]) -> bool:
    if set(newest) != here or any(edition.waits for edition in newest.values()):
        return False
    stands, unseen = weigh(shown_by(partnership, newest), rows, here)
    return not unseen and not stands.open

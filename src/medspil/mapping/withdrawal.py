"""Taking a consent back: at once and for good, everywhere.

What remains is a row that says in which area somebody withdrew and when, so that counts are right. Rooms above that
keep words about a resource name a function to `also_forgets`; it runs in the same transaction.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from medspil.accounts.models import HistoryEntry, OneTimeLink, User, record_history
from medspil.accounts.one_time_links import revoke_about
from medspil.language import fold
from medspil.mapping.models import (
    Consent,
    HowEnded,
    Inquiry,
    PlaceQuality,
    Resource,
    ResourceContact,
    ResourceList,
    ResourceMerge,
)
from medspil.notices.forgetting import forget_about

Forgetting = Callable[[list[int], datetime], None]
_also: list[Forgetting] = []


def also_forgets(forget: Forgetting) -> Forgetting:
    """Have a function forget what another room keeps in words about resources, by their keys, when one withdraws.

    Named once, when the room is loaded: `also_forgets(forget_in_links)` in `AppConfig.ready`.
    """
    if forget not in _also:
        _also.append(forget)
    return forget


@transaction.atomic
def withdraw_consent(*, resource: Resource, how: HowEnded, by: User | None, now: datetime) -> Resource:
    """Take a person's consent back: everything about her goes, at once and for good. A second call changes nothing.

    Her name, texts, place, contacts, what was written to and by her, and what the history says of her are deleted;
    so are rows of hers that went into this one. `by` is nobody when she did it herself by a link.
    """
    family = _family(resource)
    if not family:
        return resource
    today = timezone.localdate(now)
    keys = [one.pk for one in family]
    names = {fold(one.name) for one in family if one.name}
    for consent in Consent.objects.standing().filter(resource__in=keys):
        ended = max(today, consent.given_on)
        Consent.objects.filter(pk=consent.pk).update(withdrawn_on=ended, withdrawn_how=how)
    for one in family:
        revoke_about(record=one, now=now)
    links = OneTimeLink.objects.filter(_about(Resource, keys))
    links.update(recipient_email="", recipient_name="")
    forget_about(records=list(links), now=now)
    ResourceContact.objects.filter(resource__in=keys).delete()
    Inquiry.objects.filter(resource__in=keys).update(text="")
    HistoryEntry.objects.filter(_about(Resource, keys)).update(changes={})
    _forget_merges(keys)
    _forget_in_lists(resource.area_id, names)
    for forget in _also:
        forget(keys, now)
    Resource.objects.filter(pk__in=keys).update(
        **_NOTHING, withdrawn_on=today, version=F("version") + 1, updated_at=now
    )
    record_history(record=resource, action="consent_withdrawn", by=by, now=now)
    resource.refresh_from_db()
    return resource


_NOTHING = {
    "name": "", "can_do": "", "kinds": [], "gifts": [], "ambassador": False, "themes": [], "target_groups": [],
    "when": "", "address": "", "x": None, "y": None, "place_quality": PlaceQuality.NONE, "organisation": None,
    "unit": None, "source": "", "confirmed_on": None, "archive_reason": "",
}  # fmt: skip


def forget_words_of_contact(contact: ResourceContact) -> None:
    """Forget what a contact answered in its own words: it may say who wrote it."""
    Inquiry.objects.filter(contact=contact).update(text="")


def _family(resource: Resource) -> list[Resource]:
    """Return a person's row with all that went into it, locked; nothing for what is no person or has withdrawn."""
    top = resource
    while top.merged_into_id:
        top = Resource.objects.get(pk=top.merged_into_id)
    found: dict[int, Resource] = {}
    waiting = {top.pk}
    while waiting:
        rows = Resource.objects.select_for_update().filter(Q(pk__in=waiting)).order_by("pk")
        found |= {one.pk: one for one in rows}
        merged = Resource.objects.filter(merged_into__in=waiting).values_list("pk", flat=True)
        waiting = set(merged) - found.keys()
    return [one for one in found.values() if one.is_person and one.withdrawn_on is None]


def _about(model: type[models.Model], keys: Iterable[int]) -> Q:
    return Q(record_type=model._meta.label_lower, record_id__in=[str(key) for key in keys])


def _forget_merges(keys: list[int]) -> None:
    """Forget what merges say of her, and her name in the history of whom she was once taken for."""
    merges = ResourceMerge.objects.filter(Q(kept__in=keys) | Q(gone__in=keys))
    taken_for = {key for pair in merges.values_list("kept", "gone") for key in pair}
    told = HistoryEntry.objects.filter(_about(Resource, taken_for), action__in=("merged", "merge_undone"))
    told.update(changes={})
    merges.update(steps=[])


def _forget_in_lists(area: int, names: set[str]) -> None:
    """Throw away lists of the area that wait to be brought in and name her: they would bring her back."""
    for waiting in ResourceList.objects.filter(area=area, applied_at=None).exclude(rows=[]):
        cells = (fold(cell) for _row, cells in waiting.rows for cell in cells)
        if any(name in cell for cell in cells for name in names):
            ResourceList.objects.filter(pk=waiting.pk).update(rows=[])

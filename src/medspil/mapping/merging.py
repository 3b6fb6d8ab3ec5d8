"""Two rows of one resource become one, and become two again when that was wrong.

How rows move and go back is the same for all merges, see accounts/merging.py. Here stands what is peculiar to
resources: whose words stay, and that consents stay with whom they were given for.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from medspil.accounts import merging
from medspil.accounts.merging import MergeRefused, MergeStands, Pointer, Step, locked, write
from medspil.accounts.models import User
from medspil.common.models import EditConflict
from medspil.mapping.models import Consent, Resource, ResourceMerge

__all__ = ["MergeRefused", "MergeStands", "differing", "merge_resources", "pointers", "successor", "take_back"]

TEXTS = ("name", "kind", "can_do", "when", "place", "organisation", "unit", "source")
"""What of the two has to be chosen where both say something else; lists are put together."""
_LISTS = ("kinds", "gifts", "themes", "target_groups")
_COLUMNS = {
    "place": ("address", "x", "y", "place_quality"), "organisation": ("organisation_id",), "unit": ("unit_id",),
}  # fmt: skip
_STAYING = frozenset(
    {(ResourceMerge, "kept"), (ResourceMerge, "gone"), (Resource, "merged_into"), (Consent, "resource")}
)


def differing(kept: Resource, gone: Resource) -> list[str]:
    """Return which of the texts both have, and not the same: whose stays has to be chosen."""
    return [name for name in TEXTS if (ours := _said(kept, name)) and (theirs := _said(gone, name)) and ours != theirs]


@transaction.atomic
def merge_resources(
    *,
    kept: Resource,
    gone: Resource,
    by: User,
    now: datetime,
    from_gone: frozenset[str] = frozenset(),
    versions: tuple[int, int] | None = None,
) -> ResourceMerge:
    """Let one resource go into another of the area; `from_gone` names texts that the one that goes knows better.

    What the one that stays does not say, it takes from the other. `versions` are those of both as the person saw
    them. Sent twice, it returns the merge that stands. Raises `MergeRefused` and `EditConflict`.
    """
    kept, gone = locked(Resource, kept, gone)
    if there := ResourceMerge.objects.filter(gone=gone, kept=kept, undone_at=None).first():
        return there
    _refuse(kept, gone)
    if versions is not None and (kept.version, gone.version) != versions:
        raise EditConflict
    steps = write(gone, {"merged_into_id": kept.pk})
    steps += write(kept, _together(kept, gone, from_gone))
    for pointer in pointers():
        for row in pointer.rows.filter(**{pointer.field: gone}):
            steps += _moved(row, pointer.column, kept.pk)
    made = ResourceMerge(kept=kept, gone=gone, by=by, at=now, steps=steps)
    return merging.merged(made, by=by, now=now)


def take_back(*, merged: ResourceMerge, by: User, now: datetime) -> ResourceMerge:
    """Make two resources of one again, each with what it had; a second call changes nothing. Raises `MergeStands`."""
    return merging.take_back(merged, by=by, now=now, named=_named, refuse=_refuse_withdrawn)


def successor(resource: Resource) -> Resource:
    """Return what a resource has become through merges; itself if it was not merged."""
    return merging.became(resource)


def pointers() -> Iterator[Pointer]:
    """Yield every foreign key to a resource that a merge moves, of this room and those above."""
    return merging.pointers(Resource, staying=_STAYING)


def _refuse(kept: Resource, gone: Resource) -> None:
    if kept.pk == gone.pk:
        raise MergeRefused(_("A resource cannot be merged with itself."))
    if kept.area_id != gone.area_id:
        raise MergeRefused(_("The two belong to different areas, so each stays where it is."))
    if kept.merged_into_id or gone.merged_into_id:
        raise MergeRefused(_("One of the two has been merged with another already."))
    if kept.withdrawn_on or gone.withdrawn_on or kept.is_person != gone.is_person:
        raise MergeRefused(_("A person can only be merged with the same person."))
    if kept.is_person and _scope(kept) != _scope(gone):
        raise MergeRefused(
            _("The person said yes to different things in the two. Ask her, and note the answer in both first.")
        )


def _scope(resource: Resource) -> list[str]:
    consent = Consent.objects.standing().filter(resource=resource).first()
    return [one.value for one in consent.scope] if consent else []


def _said(resource: Resource, name: str) -> Any:
    column = _COLUMNS.get(name, (name,))[0]
    return getattr(resource, column)


def _together(kept: Resource, gone: Resource, from_gone: frozenset[str]) -> dict[str, Any]:
    """Return what the one that stays says from now on."""
    values: dict[str, Any] = {
        name: list(dict.fromkeys([*getattr(kept, name), *getattr(gone, name)])) for name in _LISTS
    }
    for name in TEXTS:
        if _said(gone, name) and (name in from_gone or not _said(kept, name)):
            for column in _COLUMNS.get(name, (name,)):
                values[column] = getattr(gone, column)
    values["ambassador"] = kept.ambassador or gone.ambassador
    newer = gone.confirmed_on and (kept.confirmed_on is None or gone.confirmed_on > kept.confirmed_on)
    if newer:
        values |= {"confirmed_on": gone.confirmed_on, "review_on": max(kept.review_on, gone.review_on)}
    return values


def _moved(row: models.Model, column: str, to: int) -> list[Step]:
    """Move one row; where the one that stays has the same already, it stays behind."""
    try:
        return write(row, {column: to})
    except IntegrityError:
        return []


def _refuse_withdrawn(kept: Resource, gone: Resource) -> None:
    if kept.withdrawn_on or gone.withdrawn_on:
        raise MergeStands(_("The person has taken her consent back: nothing about her is left to take apart."))


def _named(model: type[models.Model], _row: models.Model | None) -> str:
    """Say of what kind a row is, and not whose: it may be a person."""
    return str(model._meta.verbose_name)

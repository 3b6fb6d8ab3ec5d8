"""Two rows of one resource become one, and become two again when that was wrong.

What points at the one that goes moves to the one that stays, in this room and those above, and each step is written
down. Consents stay with whom they were given for; both keep their history. All or nothing; twice is once.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.common.models import EditConflict
from medspil.mapping.models import Consent, Resource, ResourceMerge

TEXTS = ("name", "kind", "can_do", "when", "place", "organisation", "unit", "source")
"""What of the two has to be chosen where both say something else; lists are put together."""
_LISTS = ("kinds", "gifts", "themes", "target_groups")
_COLUMNS = {
    "place": ("address", "x", "y", "place_quality"), "organisation": ("organisation_id",), "unit": ("unit_id",),
}  # fmt: skip
_STAYING = frozenset(
    {(ResourceMerge, "kept"), (ResourceMerge, "gone"), (Resource, "merged_into"), (Consent, "resource")}
)
Step = dict[str, Any]


class MergeRefused(Exception):
    """The two cannot be merged."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)


class MergeStands(Exception):
    """A merge cannot be taken back: something has happened since that would be lost."""


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
    kept, gone = _locked(kept, gone)
    if there := ResourceMerge.objects.filter(gone=gone, kept=kept, undone_at=None).first():
        return there
    _refuse(kept, gone)
    if versions is not None and (kept.version, gone.version) != versions:
        raise EditConflict
    steps = _set(gone, {"merged_into_id": kept.pk})
    steps += _set(kept, _together(kept, gone, from_gone))
    for model, column in pointers():
        for row in model._default_manager.filter(**{column: gone.pk}).order_by("pk"):
            steps += _moved(row, column, kept.pk)
    _count_on(kept, gone, now)
    made = ResourceMerge.objects.create(kept=kept, gone=gone, by=by, at=now, steps=steps)
    record_history(record=kept, action="merged", by=by, now=now, changes={"merged_in": gone.name})
    record_history(record=gone, action="merged", by=by, now=now, changes={"merged_into": kept.name})
    return made


@transaction.atomic
def take_back(*, merged: ResourceMerge, by: User, now: datetime) -> ResourceMerge:
    """Make two resources of one again, each with what it had; a second call changes nothing. Raises `MergeStands`."""
    kept, gone = _locked(merged.kept, merged.gone)
    merged = ResourceMerge.objects.select_for_update(of=("self",)).get(pk=merged.pk)
    if merged.undone_at:
        return merged
    if kept.withdrawn_on or gone.withdrawn_on:
        raise MergeStands(str(_("The person has taken her consent back: nothing about her is left to take apart.")))
    if kept.merged_into_id:
        raise MergeStands(str(_("It has been merged with another since. Take that back first.")))
    steps = list(reversed(merged.steps))
    if hindrances := _hindrances(steps):
        words = {"what": ", ".join(hindrances)}
        raise MergeStands(str(_("This has changed since, and would be lost: %(what)s.") % words))
    try:
        with transaction.atomic():
            for step in steps:
                _back(step)
    except IntegrityError as trouble:
        raise MergeStands(str(_("What moved cannot go back: the same is there already."))) from trouble
    _count_on(kept, gone, now)
    ResourceMerge.objects.filter(pk=merged.pk).update(undone_at=now, undone_by=by)
    for record, other in ((kept, gone), (gone, kept)):
        record_history(record=record, action="merge_undone", by=by, now=now, changes={"merged_in": other.name})
    merged.refresh_from_db()
    return merged


def successor(resource: Resource) -> Resource:
    """Return what a resource has become through merges; itself if it was not merged."""
    while resource.merged_into_id:
        resource = Resource.objects.get(pk=resource.merged_into_id)
    return resource


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


def pointers() -> Iterator[tuple[type[models.Model], str]]:
    """Yield every foreign key to a resource that a merge moves, of this room and those above."""
    for relation in Resource._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):  # one-to-one is one of them
            field = relation.field
            if (field.model, field.name) not in _STAYING:
                yield field.model, field.attname


def _locked(*resources: Resource) -> tuple[Resource, ...]:
    """Return them as they stand now, locked in one order, so that two merges cannot wait for each other."""
    keys = sorted({one.pk for one in resources})
    rows = {one.pk: one for one in Resource.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return tuple(rows[one.pk] for one in resources)


def _count_on(kept: Resource, gone: Resource, now: datetime) -> None:
    Resource.objects.filter(pk__in=[kept.pk, gone.pk]).update(version=F("version") + 1, updated_at=now)


def _moved(row: models.Model, column: str, to: int) -> list[Step]:
    """Move one row; where the one that stays has the same already, it stays behind."""
    try:
        return _set(row, {column: to})
    except IntegrityError:
        return []


def _set(row: models.Model, values: Mapping[str, Any]) -> list[Step]:
    """Write columns of one row and return the steps; what stands already is no step."""
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not changed:
        return []
    step = {
        "model": row._meta.label_lower,
        "pk": row.pk,
        "old": {name: _plain(getattr(row, name)) for name in changed},
        "new": {name: _plain(value) for name, value in changed.items()},
    }
    with transaction.atomic():
        type(row)._default_manager.filter(pk=row.pk).update(**changed)
    return [step]


def _hindrances(steps: list[Step]) -> list[str]:
    """Return in words what is no longer as the merge left it."""
    found: list[str] = []
    for step in steps:
        model = apps.get_model(step["model"])
        row = model._default_manager.filter(pk=step["pk"]).first()
        for name, new in step["new"].items():
            if row is None or _plain(getattr(row, name)) != new:
                found.append(f"{model._meta.verbose_name} ({_field(model, name).verbose_name})")
    return sorted(set(found))


def _back(step: Step) -> None:
    """Run one step backwards, all columns of the row at once: some of them only go together."""
    model = apps.get_model(step["model"])
    model._default_manager.filter(pk=step["pk"]).update(
        **{name: _read(_field(model, name), old) for name, old in step["old"].items()}
    )


def _field(model: type[models.Model], column: str) -> "models.Field[Any, Any]":
    return next(field for field in model._meta.concrete_fields if field.attname == column)


def _read(field: "models.Field[Any, Any]", value: Any) -> Any:
    """Return a value as it was before it was written as JSON."""
    as_it_is = field.is_relation or isinstance(field, models.JSONField)
    return value if as_it_is else field.to_python(value)


def _plain(value: Any) -> Any:
    """Return a value as JSON can carry it."""
    return value.isoformat() if isinstance(value, date) else value

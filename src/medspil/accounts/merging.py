"""What all merges have in common: two rows of one thing become one, and two again when that was wrong.

Whatever points at the one that goes is moved, and each step is written down: model, row, and columns before and after,
or the whole row where it was removed. Taking back runs the steps backwards. Where something has happened since that a
step backwards would undo as well, nothing is taken back and a sentence says what stands in the way. All or nothing;
twice is once. What is peculiar to a kind of row is said by the rooms above: organisations and mapping.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history

Step = dict[str, Any]
Row = TypeVar("Row", bound=models.Model)
Made = TypeVar("Made", bound=models.Model)
Named = Callable[[type[models.Model], models.Model | None], str]
"""Says what people call a row that stands in the way; None when it is gone."""


class MergeRefused(Exception):
    """The two cannot be merged."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)


class MergeStands(Exception):
    """A merge cannot be taken back: something has happened since that would be lost."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))


class Refuse(Protocol):
    """Raises `MergeStands` where more than the steps stands in the way of taking back."""

    def __call__(self, kept: Any, gone: Any, /) -> None: ...


@dataclass(frozen=True, slots=True)
class Pointer:
    """A foreign key to a row that can be merged."""

    model: type[models.Model]
    field: str

    @property
    def column(self) -> str:
        """Return the name under which the key itself is read and written."""
        return f"{self.field}_id"

    @property
    def rows(self) -> "models.QuerySet[Any]":
        """Return all rows of the model."""
        return self.model._default_manager.order_by("pk")

    @property
    def takes_part(self) -> bool:
        """Whether it is a row of a many-to-many field, which holds nothing but the two ends."""
        return bool(self.model._meta.auto_created)


def pointers(target: type[models.Model], *, staying: Collection[tuple[type[models.Model], str]]) -> Iterator[Pointer]:
    """Yield every foreign key to a model that a merge moves; those hidden behind a `+` and in between too."""
    for relation in target._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):  # one-to-one is one of them
            found = relation.field.model, relation.field.name
            if found not in staying:
                yield Pointer(*found)


def locked(model: type[Row], *rows: Row) -> tuple[Row, ...]:
    """Return rows as they stand now, locked in one order, so that two merges cannot wait for each other."""
    keys = sorted({one.pk for one in rows})
    found = {one.pk: one for one in model._default_manager.select_for_update().filter(pk__in=keys).order_by("pk")}
    return tuple(found[one.pk] for one in rows)


def write(row: models.Model, values: Mapping[str, Any]) -> list[Step]:
    """Write columns of one row and return the step; what stands already is none. Raises `IntegrityError`."""
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


def remove(row: models.Model) -> list[Step]:
    """Remove one row and return the step, which holds all of it."""
    columns = {field.attname: _plain(getattr(row, field.attname)) for field in row._meta.concrete_fields}
    step = {"model": row._meta.label_lower, "pk": row.pk, "removed": columns}
    row.delete()
    return [step]


def merged(made: Made, *, by: User, now: datetime) -> Made:
    """Store a merge, count both rows on, and tell the histories of both."""
    made.save(force_insert=True)
    kept, gone = _ends(made)
    _count_on(kept, gone, now)
    for record, word, other in ((kept, "merged_in", gone), (gone, "merged_into", kept)):
        record_history(record=record, action="merged", by=by, now=now, changes={word: other.name})
    return made


@transaction.atomic
def take_back(
    made: Made,
    *,
    by: User,
    now: datetime,
    named: Named,
    refuse: Refuse | None = None,
    afterwards: Callable[[list[Step]], object] | None = None,
) -> Made:
    """Make two rows of one again, each with what it had; a second call changes nothing. Raises `MergeStands`.

    What came to the one that stayed since stays with it.
    """
    kept, gone = locked(type(_ends(made)[0]), *_ends(made))
    # A merge of either kind: both have these fields.
    rows: Any = type(made)._default_manager
    made = rows.select_for_update(of=("self",)).get(pk=made.pk)
    there: Any = made
    if there.undone_at:
        return made
    if refuse is not None:
        refuse(kept, gone)
    if kept.merged_into_id:
        raise MergeStands(_("It has been merged with another since. Take that back first."))
    steps = [as_written_now(step) for step in reversed(there.steps)]
    _undo(steps, named)
    if afterwards is not None:
        afterwards(steps)
    _count_on(kept, gone, now)
    rows.filter(pk=made.pk).update(undone_at=now, undone_by=by)
    for record, other in ((kept, gone), (gone, kept)):
        record_history(record=record, action="merge_undone", by=by, now=now, changes={"merged_in": other.name})
    made.refresh_from_db()
    return made


def became(row: Row) -> Row:
    """Return what a row has become through merges; itself if it was not merged."""
    seen: set[int] = set()
    current: Any = row
    while current.merged_into_id and current.pk not in seen:
        seen.add(current.pk)
        current = type(row)._default_manager.get(pk=current.merged_into_id)
    found: Row = current
    return found


def as_written_now(step: Step) -> Step:
    """Return a step as it is written now: those of organisations once had one column each, by its name."""
    if "field" not in step:
        return step
    name = step["field"]
    return {"model": step["model"], "pk": step["pk"], "old": {name: step["old"]}, "new": {name: step["new"]}}


def _undo(steps: list[Step], named: Named) -> None:
    if hindrances := _hindrances(steps, named):
        words = {"what": ", ".join(hindrances)}
        raise MergeStands(str(_("This has changed since, and would be lost: %(what)s.")) % words)
    try:
        with transaction.atomic():
            for step in steps:
                _back(step)
    except IntegrityError as trouble:
        raise MergeStands(_("What moved cannot go back: the same is there already.")) from trouble


def _hindrances(steps: list[Step], named: Named) -> list[str]:
    """Return in words what is no longer as the merge left it."""
    found: list[str] = []
    removed = {(step["model"], step["pk"]) for step in steps if "removed" in step}
    for step in steps:
        if (step["model"], step["pk"]) in removed:
            continue  # it went after it had moved, and comes back as it was then
        model = apps.get_model(step["model"])
        row = model._default_manager.filter(pk=step["pk"]).first()
        for name, new in step["new"].items():
            if row is None or _plain(getattr(row, name)) != new:
                found.append(f"{named(model, row)} ({_field(model, name).verbose_name})")
    return sorted(set(found))


def _back(step: Step) -> None:
    """Run one step backwards, all columns of the row at once: some of them only go together."""
    model = apps.get_model(step["model"])
    before = step["removed"] if "removed" in step else step["old"]
    values = {name: _read(_field(model, name), value) for name, value in before.items()}
    if "removed" in step:
        model._default_manager.create(**values)
    else:
        model._default_manager.filter(pk=step["pk"]).update(**values)


def _ends(made: models.Model) -> tuple[Any, Any]:
    """Return the row that stays and the one that went."""
    return getattr(made, "kept"), getattr(made, "gone")  # noqa: B009  (a merge of either kind)


def _count_on(kept: models.Model, gone: models.Model, now: datetime) -> None:
    rows = type(kept)._default_manager.filter(pk__in=[kept.pk, gone.pk])
    rows.update(version=F("version") + 1, updated_at=now)


def _field(model: type[models.Model], column: str) -> "models.Field[Any, Any]":
    return next(field for field in model._meta.concrete_fields if field.attname == column)


def _read(field: "models.Field[Any, Any]", value: Any) -> Any:
    """Return a value as it was before it was written as JSON."""
    as_it_is = field.is_relation or isinstance(field, models.JSONField)
    return value if as_it_is else field.to_python(value)


def _plain(value: Any) -> Any:
    """Return a value as JSON can carry it."""
    return value.isoformat() if isinstance(value, date) else value

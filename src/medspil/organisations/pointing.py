"""Everything that points at an organisation, found from the models, so that no later room is forgotten."""

from collections.abc import Iterator

from medspil.accounts import merging
from medspil.accounts.merging import Pointer
from medspil.organisations.models import Merge, Organisation, Profile, ProfileAnswer

# Rows that tell of a merge itself stay with the organisation they are about.
STAYING = frozenset({(Merge, "kept"), (Merge, "gone"), (Organisation, "merged_into")})


def pointers() -> Iterator[Pointer]:
    """Yield every foreign key to an organisation that a merge moves."""
    return merging.pointers(Organisation, staying=STAYING)


def counts(organisation: Organisation) -> list[tuple[str, int]]:
    """Return what hangs on an organisation, in words and numbers; what there is none of is left out."""
    found: dict[str, int] = {}
    for pointer in pointers():
        number = pointer.rows.filter(**{pointer.field: organisation}).count()
        if number:
            words = _words(pointer)
            found[words] = found.get(words, 0) + number
    return sorted(found.items())


def answers_of(profile: Profile) -> list[ProfileAnswer]:
    """Return the answers of a profile in the order of their keys."""
    return list(profile.answers.order_by("pk"))


def _words(pointer: Pointer) -> str:
    """Return what the rows are called: those of a many-to-many field as the field is, on the other side."""
    if not pointer.takes_part:
        return str(pointer.model._meta.verbose_name_plural)
    other = next(one for one in pointer.model._meta.fields if one.is_relation and one.name != pointer.field)
    return str(getattr(other.related_model, "_meta").verbose_name_plural)  # noqa: B009  (a class, to the type checker)

"""Two records of one organisation become one, and become two again when that was wrong.

How rows move and go back is the same for all merges, see accounts/merging.py. Here stands what is peculiar to
organisations: whose facts stay, profiles and answers, roles that a person has in both, and who made whom.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts import merging
from medspil.accounts.merging import MergeRefused, MergeStands, Pointer, Step, locked, remove, write
from medspil.accounts.models import User
from medspil.common.models import EditConflict
from medspil.organisations.digest import digest
from medspil.organisations.facts import ANOTHERS_NUMBER
from medspil.organisations.models import Membership, Merge, Organisation, Profile, ProfileAnswer, ProfileQuerySet
from medspil.organisations.pointing import answers_of, pointers
from medspil.organisations.profiles import home_of
from medspil.organisations.subjects import of_organisation

__all__ = ["CHOSEN", "MergeRefused", "MergeStands", "merge", "standing_for", "successor", "take_back"]

CHOSEN = ("name", "kind", "cvr", "municipality", "unit")
"""The facts of which one record's has to be chosen."""


@transaction.atomic
def merge(
    *,
    kept: Organisation,
    gone: Organisation,
    from_gone: frozenset[str],
    versions: tuple[int, int],
    by: User,
    now: datetime,
) -> Merge:
    """Let one organisation go into another; `from_gone` names the facts that the one that goes knows better.

    `versions` are those of both as the person saw them. Sent twice, it returns the merge that stands. Raises
    `MergeRefused` and `EditConflict`.
    """
    kept, gone = locked(Organisation, kept, gone)
    if there := Merge.objects.filter(gone=gone, kept=kept, undone_at=None).first():
        return there
    if kept.pk == gone.pk:
        raise MergeRefused(_("An organisation cannot be merged with itself."))
    if kept.merged_into_id or gone.merged_into_id:
        raise MergeRefused(_("One of the two has been merged with another already."))
    if (kept.version, gone.version) != versions:
        raise EditConflict
    chosen = {name: getattr(gone, name) for name in sorted(from_gone & set(CHOSEN))}
    spoke = _numbers_spoken_for(by, kept, gone)
    steps = _left_behind(kept, gone, chosen, now) + _profiles(kept, gone) + _made_by(kept, gone)
    for pointer in pointers():
        steps += _moved(pointer, kept, gone, now)
    steps += _part_in_own(kept)
    columns = {f"{name}_id" if name == "unit" else name for name in chosen}
    steps += write(kept, {name: getattr(gone, name) for name in sorted(columns)})
    # How everybody reaches it is not chosen: what the one that stays does not say, the other may.
    reached = {name: getattr(kept, name) or getattr(gone, name) for name in ("public_phone", "public_email")}
    steps += write(kept, reached)
    steps += write(gone, {"merged_into_id": kept.pk, "archived_at": gone.archived_at or now})
    if not _numbers_spoken_for(by, kept) <= spoke and not Organisation.objects.numbered_by(by).filter(pk=kept.pk):
        raise MergeRefused(ANOTHERS_NUMBER)
    made = Merge(kept=kept, gone=gone, by=by, at=now, steps=steps)
    return merging.merged(made, by=by, now=now)


def take_back(*, merged: Merge, by: User, now: datetime) -> Merge:
    """Make two organisations of one again, each with what it had; a second call changes nothing.

    What came to the organisation since stays with it. Raises `MergeStands`.
    """
    return merging.take_back(
        merged, by=by, now=now, named=_named, afterwards=lambda steps: digest(_moved_profiles(steps))
    )


def successor(pk: int) -> Organisation | None:
    """Return what a merged organisation has become, through later merges too; None if it was not merged."""
    found = Organisation.objects.filter(pk=pk).first()
    return merging.became(found) if found and found.merged_into_id else None


def standing_for(keys: Iterable[int]) -> dict[int, int]:
    """Return by key which of some organisations stands for it now: for itself and for all that went into it.

    Through later merges too. One query, and one more for each merge in a row.
    """
    found = {key: key for key in keys}
    newest = set(found)
    while newest:
        gone = Organisation.objects.filter(merged_into__in=newest).exclude(pk__in=found)
        pairs = dict(gone.values_list("pk", "merged_into"))
        found |= {key: found[into] for key, into in pairs.items() if into is not None}
        newest = set(pairs)
    return found


def _numbers_spoken_for(by: User, *organisations: Organisation) -> set[str]:
    """Return the CVR numbers of some organisations in whose name a person speaks."""
    rows = Organisation.objects.filter(pk__in=[one.pk for one in organisations]).exclude(cvr="").speaking(by)
    return set(rows.values_list("cvr", flat=True))


def _moved(pointer: Pointer, kept: Organisation, gone: Organisation, now: datetime) -> list[Step]:
    """Move what points at the one that goes; where both have the same, see `_both_have_it`."""
    steps: list[Step] = []
    if pointer.model is Profile:
        return steps
    for row in pointer.rows.filter(**{pointer.field: gone}):
        if isinstance(row, Organisation) and row.pk == kept.pk:
            continue  # nobody makes herself; see `_made_by`
        try:
            steps += write(row, {pointer.column: kept.pk})
        except IntegrityError:
            steps += _both_have_it(pointer, row, now)
    return steps


def _made_by(kept: Organisation, gone: Organisation) -> list[Step]:
    """Let the one that stays have the maker of the one that goes, where that made it, itself or through others.

    An organisation with no maker is the operator's and may bring registers in: no merge may take a maker away.
    """
    maker = kept.created_by_organisation
    while maker and maker.pk not in (kept.pk, gone.pk):
        maker = maker.created_by_organisation
    if maker != gone or gone.created_by_organisation_id == kept.pk:
        return []
    return write(kept, {"created_by_organisation_id": gone.created_by_organisation_id})


def _both_have_it(pointer: Pointer, row: models.Model, now: datetime) -> list[Step]:
    """A role that a person has in both ends in the one that goes; taking part twice is once; the rest stays behind."""
    if isinstance(row, Membership):
        return write(row, {"ended_on": timezone.localdate(now)})
    return remove(row) if pointer.takes_part else []


def _part_in_own(kept: Organisation) -> list[Step]:
    """Let the one that stays take no part in what it owns: it was owner there and the other partner, or the reverse."""
    steps: list[Step] = []
    for pointer in pointers():
        if not pointer.takes_part:
            continue
        for row in pointer.rows.filter(**{pointer.field: kept}):
            whole = next(one for one in row._meta.fields if one.is_relation and one.name != pointer.field)
            owner = getattr(row, whole.name)
            keys = [one.attname for one in owner._meta.concrete_fields if one.related_model is Organisation]
            if kept.pk in {getattr(owner, key) for key in keys}:
                steps += remove(row)
    return steps


def _left_behind(kept: Organisation, gone: Organisation, chosen: Mapping[str, Any], now: datetime) -> list[Step]:
    """Leave what others found out with the company of the number it was found out about; see `home_of`."""
    becomes = copy(kept)
    for name, value in chosen.items():
        setattr(becomes, name, value)
    both = (kept.pk, gone.pk)
    steps: list[Step] = []
    for record in (kept, gone):
        was = of_organisation(record)
        checks = Profile.objects.filter(about=record).exclude(said_by__in=both).order_by("pk")
        if was.cvr == of_organisation(becomes).cvr or not checks.exists():
            continue
        if home := home_of(was, other_than=both, now=now):
            for profile in checks:
                steps += _profile_to(profile, about=home.pk, said_by=profile.said_by_id)
    digest(_moved_profiles(steps))
    return steps


def _profiles(kept: Organisation, gone: Organisation) -> list[Step]:
    """Move profiles of it and by it."""
    steps: list[Step] = []
    for profile in Profile.objects.filter(Q(about=gone) | Q(said_by=gone)).order_by("pk"):
        about, said_by = (kept.pk if one == gone.pk else one for one in (profile.about_id, profile.said_by_id))
        if about == said_by and not profile.own:
            continue  # what the one wrote of the other is nobody's own words
        steps += _profile_to(profile, about=about, said_by=said_by)
    digest(_moved_profiles(steps))
    return steps


def _profile_to(profile: Profile, *, about: int, said_by: int) -> list[Step]:
    """Move a profile; where that voice has one there, it takes the answers and the note that it lacks."""
    there = Profile.objects.filter(about=about, said_by=said_by).first()
    if there is None:
        return write(profile, {"about_id": about, "said_by_id": said_by})
    steps: list[Step] = []
    answered = set(there.answers.values_list("topic", flat=True))
    for answer in answers_of(profile):
        if answer.topic not in answered:
            steps += write(answer, {"profile_id": there.pk})
    return steps + (write(there, {"note": profile.note}) if profile.note and not there.note else [])


def _moved_profiles(steps: list[Step]) -> ProfileQuerySet:
    """Return the profiles between which answers have moved: what rankings read of them has to be made anew."""
    moved = [step for step in steps if step["model"] == ProfileAnswer._meta.label_lower]
    return Profile.objects.filter(pk__in={step[side]["profile_id"] for step in moved for side in ("old", "new")})


def _named(model: type[models.Model], row: models.Model | None) -> str:
    return str(row) if row and not isinstance(row, ProfileAnswer) else str(model._meta.verbose_name)

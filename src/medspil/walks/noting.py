"""Note at a stop what a side offered or said. An offer becomes a link that is an idea, with the walk as its origin.

What was written is kept first: where no link can be made of it, the note stays and says why, and somebody can try
again. An offer for the very same sides and the same need as the walk's own link belongs to that link.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.areas.hosting import NoHostYet
from medspil.catalogue.vocabulary import vocabulary
from medspil.common.models import EditConflict
from medspil.common.once import once
from medspil.common.privacy import refuse_cpr
from medspil.linking.gate import CompanyClosedToUs, ResourceGone
from medspil.linking.links import AboutNothing, TooFewParties, create_link
from medspil.linking.models import Link, LinkParty, LinkStep, Origin, Step
from medspil.linking.parties import Party, who
from medspil.linking.sides import put_away
from medspil.walks.models import StopNote, WalkStop
from medspil.walks.ordering import refuse_forgotten

LONGEST_TEXT, LONGEST_SENTENCE = 5_000, 300
NO_LINK = (NoHostYet, CompanyClosedToUs, ResourceGone, AboutNothing, TooFewParties)
"""All that can keep an offer from becoming a link; each says in a sentence why."""


class NothingNoted(Exception):
    """A note without words."""

    def __init__(self) -> None:
        super().__init__(_("Write what they offered or said."))


class TooMuchNoted(Exception):
    """A note of the length of a report."""

    def __init__(self) -> None:
        super().__init__(_("The text is too long. Use at most 5,000 characters."))


class KindUnknown(Exception):
    """An offer of a kind that is not in the list."""

    def __init__(self) -> None:
        super().__init__(_("Choose the kind from the list."))


def note(
    *,
    stop: WalkStop,
    side: LinkParty | None,
    text: str,
    kind: str = "",
    amount: str = "",
    creation_key: UUID,
    by: User,
    now: datetime,
) -> StopNote:
    """Note what a side offered (with a kind) or said; the same key again, as after a bad net, returns the note.

    Raises `NothingNoted`, `TooMuchNoted`, `KindUnknown`, `CprNumberFound`, `Forgotten`.
    """

    def make() -> StopNote:
        refuse_forgotten(stop.walk)
        fields = _checked(text, kind, amount)
        made = StopNote.objects.create(
            stop=stop, side=side, by=by, creation_key=creation_key, created_at=now, updated_at=now, **fields
        )
        record_history(record=stop.walk, action="noted_on_the_way", by=by, now=now)
        return made

    return once(StopNote.objects.filter(creation_key=creation_key), make)


def make_link(*, noted: StopNote, by: User, now: datetime) -> Link:
    """Make the link that an offer becomes, or find the one that is there; again, it is the same.

    Raises one of `NO_LINK`: the note stays as it is.
    """
    if noted.made:
        return noted.made
    if not noted.kind or noted.side is None:
        raise AboutNothing
    stop, side = noted.stop, noted.side
    link = stop.walk.link
    with transaction.atomic():
        made = create_link(
            area=link.area,
            sentence=Truncator(" ".join(noted.text.split())).chars(LONGEST_SENTENCE),
            parties=_parties(stop, side, _brings(noted)),
            need=None if stop.challenge_id else link.need,
            challenge=stop.challenge or link.challenge,
            subject="" if stop.challenge_id else link.subject,
            origin=Origin.WALK,
            grounds={"walk": stop.walk_id},
            creation_key=noted.creation_key,
            by=by,
            now=now,
        )
        StopNote.objects.filter(pk=noted.pk).update(made=made)
    noted.made = made
    return made


@transaction.atomic
def change_note(
    *, noted: StopNote, text: str, kind: str, amount: str, expected_version: int, by: User, now: datetime
) -> StopNote:
    """Write a note otherwise; a link that came of it stays as it is. Raises what `note` raises, and `EditConflict`."""
    refuse_forgotten(noted.stop.walk)
    fields = _checked(text, kind, amount)
    if {name: getattr(noted, name) for name in fields} == fields:
        return noted
    noted.save_changes(expected_version=expected_version, now=now, **fields)
    record_history(record=noted.stop.walk, action="note_on_the_way_changed", by=by, now=now)
    return noted


@transaction.atomic
def remove_note(*, noted: StopNote, expected_version: int, by: User, now: datetime) -> Link | None:
    """Take a note away for good. The link that it made is put away with it, as long as nothing else happened there.

    Returns that link. One that somebody worked on stays. Raises `EditConflict` if the note was changed meanwhile.
    """
    rows = StopNote.objects.filter(pk=noted.pk)
    if not rows.filter(version=expected_version).delete()[0]:
        if rows.exists():
            raise EditConflict
        return None
    record_history(record=noted.stop.walk, action="note_on_the_way_removed", by=by, now=now)
    made = Link.objects.select_for_update().filter(pk=noted.made_id).first() if noted.made_id else None
    if made is None or not only_noted(made, noted):
        return None
    put_away(link=made, by=by, now=now)
    return made


def only_noted(link: Link, noted: StopNote) -> bool:
    """Return whether a link was made by a note and nobody has done anything with it since."""
    if link.creation_key != noted.creation_key or link.version != 1 or link.archived_at:
        return False
    if link.steps.exclude(what=Step.CREATED).exists():
        return False
    # Whatever any room keeps about the link: of rooms above this one as well.
    about = (one for one in Link._meta.related_objects if one.related_model not in (LinkParty, LinkStep))
    return not any(one.related_model._default_manager.filter(**{one.field.name: link}).exists() for one in about)


def _checked(text: str, kind: str, amount: str) -> dict[str, Any]:
    words, much = text.replace("\r\n", "\n").strip(), " ".join(amount.split())
    if not words:
        raise NothingNoted
    if len(words) > LONGEST_TEXT or len(much) > 80:
        raise TooMuchNoted
    if kind and kind not in vocabulary().resource_kinds:
        raise KindUnknown
    refuse_cpr(words, much)
    return {"text": words, "kind": kind, "amount": much if kind else ""}


def _parties(stop: WalkStop, side: LinkParty, brings: str) -> Sequence[Party]:
    """Return who the link is between: who offers, and what is seen at the stop, else the area's own organisation."""
    giver = Party(
        organisation=side.organisation, unit=side.unit, resource=side.resource, brings=brings,
        consent_on=side.consent_on, consent_how=side.consent_how,
    )  # fmt: skip
    link = stop.walk.link
    host = link.need.host if link.need and not stop.challenge_id else None
    other = Party(organisation=host or link.area.owner)
    if stop.resource:
        there = Party(resource=stop.resource)
        other = there if who(there) != who(giver) else other
    return [other, giver]


def _brings(noted: StopNote) -> str:
    name = vocabulary().resource_kinds[noted.kind].name(get_language() or "da")
    return f"{name}: {noted.amount}" if noted.amount else name

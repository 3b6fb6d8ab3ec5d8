"""Say which competences a challenge takes, and make a need of one that nobody has."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator, get_text_list
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from medspil.accounts.models import User
from medspil.areas.changes import Part, change
from medspil.areas.models import Challenge, Need
from medspil.areas.privacy import refuse_cpr
from medspil.areas.services import UnknownKind, create_need, set_kinds
from medspil.catalogue.vocabulary import vocabulary
from medspil.mapping.models import Competence

LONGEST_TITLE = 160
MOST_GROUPS, MOST_SEEN = 2, 60


class NotTaken(Exception):
    """Nobody said that the challenge takes this."""

    def __init__(self) -> None:
        super().__init__(gettext_lazy("This competence is no longer on the challenge. Load the page again."))


def set_competences(
    *, challenge: Challenge, chosen: Mapping[str, str], expected_version: int, by: User, now: datetime
) -> Challenge:
    """Say what a challenge takes: kinds of resource, each with a note or "". What is not named is taken off.

    Raises `UnknownKind`, `EditConflict`, `CprNumberFound`.
    """
    notes = {kind: " ".join(note.split()) for kind, note in chosen.items()}
    refuse_cpr(*notes.values())
    before = {one.kind for one in Competence.objects.filter(challenge=challenge)}
    if any(kind not in vocabulary().resource_kinds and kind not in before for kind in notes):
        raise UnknownKind

    def parts(current: Challenge) -> Mapping[str, Part]:
        rows = Competence.objects.filter(challenge=current)
        old = dict(rows.values_list("kind", "note"))

        def write() -> None:
            rows.exclude(kind__in=notes).delete()
            Competence.objects.bulk_create(
                Competence(challenge=current, kind=kind, note=note) for kind, note in notes.items() if kind not in old
            )

        found = {"competences": Part(sorted(old), sorted(notes), write)}
        for kind, note in notes.items():
            renote = partial(rows.filter(kind=kind).update, note=note)
            found[f"competence.{kind}"] = Part(old.get(kind, ""), note, renote)
        return found

    return change(challenge, expected_version=expected_version, by=by, now=now, parts=parts)


def open_need(challenge: Challenge, kind: str, *, now: datetime) -> Need | None:
    """Return the need that asks for a kind to meet a challenge, the oldest that is open; None when nobody asked yet."""
    asked = Need.objects.open(timezone.localdate(now)).filter(challenge=challenge, resources__kind=kind)
    return asked.order_by("pk").first()


@transaction.atomic
def need_for(*, challenge: Challenge, kind: str, by: User, now: datetime) -> tuple[Need, bool]:
    """Make a need of a competence that a challenge takes; returns the one that is there when somebody was first.

    Title and text are a beginning, in the language of the page, for a person to go on with. The second value says
    whether the need is new. Raises `NotTaken`.
    """
    # Of two clicks at once the second waits here for the first.
    current = Challenge.objects.select_for_update().get(pk=challenge.pk)
    competence = Competence.objects.filter(challenge=current, kind=kind).first()
    if competence is None or current.archived_at is not None:
        raise NotTaken
    if there := open_need(challenge, kind, now=now):
        return there, False
    title, text = beginning(challenge, competence)
    facts = {"text": text}
    if len(challenge.target_groups) == 1:
        facts["target_group"] = challenge.target_groups[0]
    need = create_need(
        area=challenge.area, title=title, challenge=challenge, creation_key=uuid4(), by=by, now=now, **facts
    )
    return set_kinds(need=need, kinds=[kind], expected_version=need.version, by=by, now=now), True


def beginning(challenge: Challenge, competence: Competence) -> tuple[str, str]:
    """Return the first title and text of a need for a competence: what, for whom and where, out of what is known."""
    known, language = vocabulary(), get_language() or "da"
    entry = known.resource_kinds.get(competence.kind)
    name = entry.name(language) if entry else competence.kind
    groups = [
        _small(known.target_groups[code].name(language))
        for code in challenge.target_groups
        if code in known.target_groups
    ]
    whom = get_text_list(groups, _("and"))
    title = _("%(kind)s in %(area)s") % {"kind": name, "area": challenge.area.name}
    if 0 < len(groups) <= MOST_GROUPS:
        title = _("%(kind)s for %(group)s") % {"kind": name, "group": whom}
    lines = [
        _("%(area)s wants to change this: %(challenge)s.")
        % {"area": challenge.area.name, "challenge": challenge.title.rstrip(".")},
        Truncator(" ".join(challenge.seen.split())).words(MOST_SEEN),
        _("It takes %(kind)s. We look for somebody who can bring that.") % {"kind": _small(name)},
        competence.note or (entry.help(language) if entry else ""),
        _("It is for %(group)s.") % {"group": whom} if groups else "",
    ]
    return Truncator(title).chars(LONGEST_TITLE), "\n".join(line for line in lines if line)


def _small(name: str) -> str:
    """Return a name as it stands inside a sentence; what is written in capitals stays so."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]

"""A no has a reason, and each reason has a consequence that everybody can see and take back: one table.

Where the consequences work is told in `consequences`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import floor, hypot
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.areas.models import Area, Challenge, Need
from medspil.areas.privacy import refuse_cpr
from medspil.catalogue.vocabulary import vocabulary
from medspil.common.models import EditConflict
from medspil.linking.asking import moved, refuse_ahead
from medspil.linking.consequences import point_of
from medspil.linking.gate import refuse_withdrawn
from medspil.linking.link_states import By, StepNotAllowed
from medspil.linking.models import Answer, Link, LinkParty, LinkState, Refusal, RefusalReason, Step
from medspil.linking.parties import Party, Side, unit_of, who


@dataclass(frozen=True, slots=True)
class Reason:
    """What a reason must say besides itself (a field of `Refusal`), how that is asked, and what follows."""

    field: str
    missing: str | Promise
    consequence: str | Promise


_R = RefusalReason
REASONS: Mapping[RefusalReason, Reason] = {
    _R.WRONG_TIME: Reason(
        "until", _("Say when to ask again: a day that has not come."), _("Is suggested again from %(until)s.")
    ),
    _R.WRONG_KIND: Reason(
        "kind", _("Choose the kind of resource they do not give."), _("Is not suggested for “%(kind)s” any more.")
    ),
    _R.TOO_FAR: Reason(
        "beyond_km", _("Say how many kilometres they would go."),
        _("Is not suggested for anything more than %(beyond_km)s km away."),
    ),
    _R.WRONG_THEME: Reason(
        "theme", _("Choose the theme they do not want to work with."), _("Is not suggested for “%(theme)s” any more.")
    ),
    _R.NEVER: Reason("", "", _("Is not suggested any more.")),
    _R.OTHER: Reason("words", _("Write the reason."), _("Is not suggested for this again.")),
}  # fmt: skip


class ReasonUnknown(Exception):
    """A refusal without one of the reasons."""

    def __init__(self) -> None:
        super().__init__(_("Choose why they said no."))


class ConsequenceMissing(Exception):
    """A reason without what follows from it; `field` says what is missing."""

    def __init__(self, field: str, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a refusal could be about, from what they were asked for: kinds, theme, whole kilometres."""

    kinds: tuple[str, ...]
    theme: str
    beyond_km: int | None


def proposed(side: Side, *, area: Area, need: Need | None, challenge: Challenge | None = None) -> Proposed:
    """Return what the form of a refusal begins with."""
    kinds = tuple(sorted(one.kind for one in need.resources.all())) if need else ()
    challenge = challenge or (need.challenge if need else None)
    at = point_of(unit_of(side))
    km = None
    if at and area.x is not None and area.y is not None:
        km = floor(hypot(at[0] - area.x, at[1] - area.y) / 1000.0)
    return Proposed(kinds, challenge.theme if challenge else "", km)


def refuse(
    *,
    link: Link,
    party: LinkParty,
    reason: RefusalReason | str,
    on: date,
    expected_version: int,
    by: User,
    now: datetime,
    creation_key: UUID | None = None,
    **said: Any,
) -> Refusal:
    """Note that a side said no, and why; the link is turned down when fewer than two sides are left.

    `said` are words, until, kind, theme, beyond_km; it was said to the area's organisation. Raises
    `ReasonUnknown`, `ConsequenceMissing`, `StepNotAllowed`, `ConsentTakenBack`, `DayAhead`, `EditConflict`.
    """
    side = link.parties.for_page().get(pk=party.pk)
    there = link.refusals.filter(undone_at=None, **_of(side)).order_by("-pk").first()
    if there and (side.answer == Answer.NO or there.creation_key == creation_key):
        return there
    refuse_withdrawn(side)
    facts = _facts(reason, on, now, said)
    if link.state == LinkState.PARTNERSHIP:
        raise StepNotAllowed
    try:
        with transaction.atomic():
            moved(
                link, Step.SAID_NO, by_way=By.REFUSAL, party=side, expected_version=expected_version, on=on, by=by,
                now=now, party_fields={"answer": Answer.NO, "answered_on": on, "answered_by": by},
            )  # fmt: skip
            return _stored(
                facts, link=link, area=link.area, need=link.need, challenge=link.challenge, side=side,
                creation_key=creation_key, by=by, now=now,
            )  # fmt: skip
    except EditConflict:
        if faster := link.refusals.filter(undone_at=None, reason=facts["reason"], **_of(side)).first():
            return faster  # the other half of a double click
        raise


@transaction.atomic
def note_refusal(
    *,
    need: Need,
    party: Party,
    reason: RefusalReason | str,
    on: date,
    creation_key: UUID,
    by: User,
    now: datetime,
    **said: Any,
) -> Refusal:
    """Note a no to a need where there was no link: said on the telephone, or when an offer was asked after.

    Raises `ReasonUnknown`, `ConsequenceMissing`, `DayAhead`, `CprNumberFound`.
    """
    if earlier := Refusal.objects.filter(creation_key=creation_key).first():
        return earlier
    facts = _facts(reason, on, now, said)
    return _stored(
        facts, link=None, area=need.area, need=need, challenge=need.challenge, side=party,
        creation_key=creation_key, by=by, now=now,
    )  # fmt: skip


def side_to_say_no(*, need: Need, party: Party) -> LinkParty | None:
    """Return the side of a link for this need, of no partnership yet, at which the no of a party belongs, if any."""
    there = LinkParty.objects.for_page().filter(link__need=need, link__archived_at=None).order_by("pk")
    open_ = there.exclude(answer=Answer.NO).exclude(link__state=LinkState.PARTNERSHIP)
    return next((side for side in open_ if who(side) == who(party)), None)


def undo(*, refusal: Refusal, by: User, now: datetime) -> Refusal:
    """Take a no back: what it kept away is suggested again, and its link stands where it stood before."""
    with transaction.atomic():
        link = Link.objects.select_for_update().filter(pk=refusal.link_id).first() if refusal.link_id else None
        rows = Refusal.objects.filter(pk=refusal.pk, undone_at=None)
        if rows.update(undone_at=now, undone_by=by, version=F("version") + 1, updated_at=now):
            record_history(record=refusal, action="refusal_undone", by=by, now=now)
            if link and link.archived_at is None and link.state != LinkState.PARTNERSHIP:
                _side_back(link, refusal, by, now)
    refusal.refresh_from_db()
    return refusal


def consequence(refusal: Refusal) -> str:
    """Return in a sentence what follows from a no."""
    words, language = vocabulary(), get_language() or "da"
    kind, theme = words.resource_kinds.get(refusal.kind), words.themes.get(refusal.theme)
    values = {
        "until": date_format(refusal.until, "DATE_FORMAT") if refusal.until else "",
        "kind": kind.name(language) if kind else refusal.kind,
        "theme": theme.name(language) if theme else refusal.theme,
        "beyond_km": refusal.beyond_km,
    }
    return str(REASONS[RefusalReason(refusal.reason)].consequence) % values


def _side_back(link: Link, refusal: Refusal, by: User, now: datetime) -> None:
    """Let the side that said no stand where it stood, unless it said no for another reason as well."""
    side = link.parties.filter(answer=Answer.NO, **_of(refusal)).first()
    if side is None or side.withdrawn or link.refusals.filter(undone_at=None, **_of(refusal)).exists():
        return
    answer = Answer.ASKED if side.asked_on else Answer.NOT_ASKED
    fields = {"answer": answer, "answered_on": None, "answered_by": None}
    moved(
        link, Step.NO_UNDONE, by_way=By.UNDOING, party=side, party_fields=fields, expected_version=link.version,
        on=timezone.localdate(now), by=by, now=now,
    )  # fmt: skip


def _facts(reason: RefusalReason | str, on: date, now: datetime, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a refusal: only the one that its reason asks for, and the words."""
    if reason not in REASONS:
        raise ReasonUnknown
    refuse_ahead(on, now)
    words = str(said.get("words") or "").strip()
    refuse_cpr(words)
    row = REASONS[RefusalReason(reason)]
    found: dict[str, Any] = {"reason": RefusalReason(reason), "said_on": on, "words": words}
    if row.field and row.field != "words":
        found[row.field] = said.get(row.field)
    value = found.get(row.field)
    if row.field and (value is None or value == "" or not _known(row.field, value, now)):
        raise ConsequenceMissing(row.field, row.missing)
    return found


def _known(field: str, value: Any, now: datetime) -> bool:
    if field == "until":
        return bool(value > timezone.localdate(now))
    if field == "kind":
        return value in vocabulary().resource_kinds
    if field == "theme":
        return value in vocabulary().themes
    return field != "beyond_km" or 0 <= value <= 500


def _of(side: Side) -> dict[str, Any]:
    return {"organisation": side.organisation, "unit": side.unit, "resource": side.resource}


def _stored(
    facts: Mapping[str, Any],
    *,
    link: Link | None,
    area: Area,
    need: Need | None,
    challenge: Challenge | None,
    side: Side,
    creation_key: UUID | None,
    by: User,
    now: datetime,
) -> Refusal:
    made = Refusal.objects.create(
        link=link,
        area=area,
        need=need,
        challenge=challenge,
        heard_by=area.owner,
        by=by,
        creation_key=creation_key or uuid4(),
        created_at=now,
        updated_at=now,
        **facts,
        **_of(side),
    )
    record_history(record=made, action="refused", by=by, now=now, changes={"reason": ["", made.reason]})
    return made

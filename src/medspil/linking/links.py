"""Make a link and describe it: from a kept company, from an offer that met a need, from a round, or as somebody saw it.

The same parties for the same need, and for the same project or class of it, are one link, however often and from
wherever somebody makes it: the one that is there is found and takes in what came anew. Two who make it at once are let
in one after the other.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.areas.changes import change
from medspil.areas.hosting import refuse_without_host
from medspil.areas.models import Area, Challenge, Need
from medspil.areas.privacy import refuse_cpr
from medspil.common.long_texts import refuse_longer
from medspil.linking.gate import ConsentAhead, ConsentMissing, ResourceGone, refuse_side
from medspil.linking.link_states import FEWEST_SIDES
from medspil.linking.models import Candidate, Link, LinkParty, LinkStep, Origin, Run, Step
from medspil.linking.parties import Party, Who, name_of, who
from medspil.linking.same_links import same_link, take_in
from medspil.mapping.models import Resource
from medspil.offers.models import Offer
from medspil.organisations.models import Organisation

LONGEST_BRINGS, LONGEST_HOW = 300, 200


class TooFewParties(Exception):
    """A link with fewer than two parties."""

    def __init__(self) -> None:
        super().__init__(_("A link needs at least two parties."))


class NothingSaid(Exception):
    """A link without a sentence."""

    def __init__(self) -> None:
        super().__init__(_("Write in one sentence what they can do together."))


class AboutNothing(Exception):
    """A link without a need and without a challenge, or with one of another area."""

    def __init__(self) -> None:
        super().__init__(_("Choose a need or a challenge of this area."))


def create_link(
    *,
    area: Area,
    sentence: str,
    parties: Sequence[Party],
    need: Need | None = None,
    challenge: Challenge | None = None,
    subject: str = "",
    offers: Sequence[Offer] = (),
    run: Run | None = None,
    origin: Origin | str,
    grounds: Mapping[str, Any] | None = None,
    creation_key: UUID,
    by: User,
    now: datetime,
) -> Link:
    """Make a link; the same key again, or the same parties for the same need, return the link that is there.

    `subject` is the project or the class of a need that stands for several: each of them has a link of its own.
    Whether it was there already is told by its `creation_key`, which is then another; the offers that come anew, and
    the allocation that brought it about once more, are noted on it. Raises `TooFewParties`,
    `NothingSaid`, `AboutNothing`, `NoHostYet`, `CompanyClosedToUs`, `ConsentMissing`, `ResourceGone`,
    `CprNumberFound`.
    """
    anew: dict[str, Any] = {"offers": offers, "origin": origin, "grounds": grounds or {}, "by": by, "now": now}
    if earlier := Link.objects.filter(creation_key=creation_key).first():
        return take_in(earlier, **anew) if origin == Origin.ROUND else earlier
    if not sentence.strip():
        raise NothingSaid
    if need is not None:
        refuse_without_host(need)
    _refuse_elsewhere(area, need, challenge)
    refuse_cpr(sentence, subject)
    sides = _checked(area, parties, offers, timezone.localdate(now))
    with transaction.atomic():
        Area.objects.select_for_update().get(pk=area.pk)  # two who make the same link wait for each other here
        refuse_gone(sides)
        if there := same_link(area=area, need=need, challenge=challenge, subject=subject, parties=sides):
            return take_in(there, **anew)
        if there := Link.objects.filter(creation_key=creation_key).first():
            return there
        link = Link.objects.create(
            area=area,
            need=need,
            challenge=challenge,
            subject=subject.strip(),
            sentence=sentence.strip(),
            origin=Origin(origin),
            run=run,
            grounds=dict(grounds or {}),
            seen_by=by if origin == Origin.PERSON else None,
            state_on=timezone.localdate(now),
            creation_key=creation_key,
            created_at=now,
            updated_at=now,
        )
        LinkParty.objects.bulk_create(_row(link, side) for side in sides)
        link.offers.set(offers)
        step(link, Step.CREATED, by=by, now=now)
        told = {"sentence": ["", link.sentence], "parties": ["", [name_of(side) for side in sides if _tellable(side)]]}
        record_history(record=link, action="created", by=by, now=now, changes=told)
    return link


def link_from_candidate(
    *,
    candidate: Candidate,
    sentence: str,
    creation_key: UUID,
    by: User,
    now: datetime,
    host: Organisation | None = None,
) -> Link:
    """Make a link between a kept company and the area's organisation (or another `host`), with its reasons.

    Raises what `create_link` raises.
    """
    need = candidate.need
    return create_link(
        area=need.area,
        sentence=sentence,
        parties=[Party(organisation=host or need.area.owner), Party(unit=candidate.unit)],
        need=need,
        run=candidate.run,
        origin=Origin.RANKING if candidate.run_id else Origin.PERSON,
        grounds=candidate.grounds,
        creation_key=creation_key,
        by=by,
        now=now,
    )


def edit_link(*, link: Link, expected_version: int, by: User, now: datetime, sentence: str) -> Link:
    """Say otherwise what they can do together. Raises `NothingSaid`, `EditConflict`, `CprNumberFound`."""
    if not sentence.strip():
        raise NothingSaid
    return change(link, expected_version=expected_version, by=by, now=now, fields={"sentence": sentence.strip()})


def step(
    link: Link,
    what: Step,
    *,
    by: User | None,
    now: datetime,
    note: str = "",
    party: LinkParty | None = None,
    on: date | None = None,
) -> LinkStep:
    """Note a step for all sides to see; inside the transaction of the step itself. `on` is its day if not today."""
    day = on or timezone.localdate(now)
    return LinkStep.objects.create(
        link=link, party=party, what=what, state=link.state, on=day, note=note, by=by, at=now
    )


def _refuse_elsewhere(area: Area, need: Need | None, challenge: Challenge | None) -> None:
    about = [one for one in (need, challenge) if one is not None]
    if not about or any(one.area_id != area.pk for one in about):
        raise AboutNothing


def _checked(area: Area, parties: Sequence[Party], offers: Sequence[Offer], on: date) -> list[Party]:
    """Return the parties, each once; raise what `create_link` raises."""
    refuse_cpr(*(text for side in parties for text in (side.brings, side.consent_how)))
    sides: dict[Who, Party] = {}
    for side in parties:
        sides.setdefault(who(side), side)
    if len(sides) < FEWEST_SIDES:
        raise TooFewParties
    for side in sides.values():
        refuse_party(side, area=area, offers=offers, on=on)
    return list(sides.values())


def refuse_party(side: Party, *, area: Area, on: date, offers: Iterable[Offer] = ()) -> None:
    """Raise `CompanyClosedToUs`, `ConsentMissing`, `ConsentAhead` or `ResourceGone` for a party that may not come into
    a link here, and `LongerThanRoom` where more is written of it than there is room for."""
    refuse_longer(side.brings.strip(), most=LONGEST_BRINGS)
    refuse_longer(side.consent_how.strip(), most=LONGEST_HOW)
    if (side.consent_on is None) != (not side.consent_how.strip()):
        raise ConsentMissing
    if side.consent_on and side.consent_on > on:
        raise ConsentAhead
    if side.resource and side.resource.area_id != area.pk:
        raise ResourceGone
    refuse_side(side, area=area, offers=offers, on=on)


def refuse_gone(sides: Iterable[Party]) -> None:
    """Raise `ResourceGone` where a resource went since it was looked at; inside the transaction that writes the link.

    Whoever withdraws meanwhile waits until the link is there to be forgotten with her.
    """
    keys = {side.resource.pk for side in sides if side.resource}
    standing = Resource.objects.current().select_for_update().filter(pk__in=keys).order_by("pk")
    if keys and len(standing.values_list("pk", flat=True)) < len(keys):
        raise ResourceGone


def _row(link: Link, side: Party) -> LinkParty:
    consent = {"consent_on": side.consent_on, "consent_how": side.consent_how.strip()} if side.consent_on else {}
    return LinkParty(
        link=link,
        organisation=side.organisation,
        unit=side.unit,
        resource=side.resource,
        brings=side.brings.strip(),
        **consent,
    )


def _tellable(side: Party) -> bool:
    """Whether a name may stand in the history, which is never forgotten: that of a person may not."""
    return side.resource is None or not side.resource.is_person

"""What links tell the map, which knows none: who was linked with a challenge, and what to forget with a person.

Registered in `apps`, see `medspil.mapping.hooks` and `medspil.mapping.withdrawal`.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from django.db.models import F, Q
from django.utils import timezone

from medspil.accounts.models import HistoryEntry, User
from medspil.linking.deleted_sentences import deleted_sentence
from medspil.linking.mentions import forget_words, look_for
from medspil.linking.models import (
    Answer,
    Brokerage,
    Link,
    LinkNote,
    LinkParty,
    LinkState,
    LinkStep,
    Refusal,
)
from medspil.linking.parties import names_for, unit_of
from medspil.mapping.hooks import Reached, register_reached
from medspil.mapping.models import Resource
from medspil.mapping.withdrawal import also_forgets


def register() -> None:
    """Let the map ask here, and let links forget with it."""
    register_reached("linking", reached)
    also_forgets(forget)


def reached(challenges: Collection[int], /, *, user: User, on: date) -> list[Reached]:
    """Return whom links bring to challenges, with which kinds, as far as a person may see it. Five queries at most.

    The area's own organisation brings nothing from outside. What a company brings is what the need asks for; what an
    offer or a resource brings is its own kind.
    """
    about = Q(challenge__in=challenges) | Q(need__challenge__in=challenges)
    links = Link.objects.visible_to(user, on=on).live().filter(about).for_page()
    found = list(links.prefetch_related("need__resources").order_by("pk"))
    sides = [(link, side) for link in found for side in link.parties.all() if not _own(link, side)]
    names = names_for(user, [side for _link, side in sides])
    return [
        Reached(
            challenge=challenge,
            kind=kind,
            name=names[side.pk],
            agreed=_agreed(link, side),
            record_type=Link._meta.label_lower,
            record_id=link.pk,
            # Whether people may stand in files, their own row on the map says.
            printed=side.resource is None or not side.resource.is_person,
            protected=(unit := unit_of(side)) is not None and unit.protected,
        )
        for link, side in sides
        if side.answer != Answer.NO
        for challenge in sorted(_challenges(link) & set(challenges))
        for kind in sorted(set(_kinds(link, side)))
    ]


def forget(resources: list[int], now: datetime) -> None:
    """Forget what links say in words about people who withdraw: sentences, notes, steps, refusals and their history.

    A sentence goes also where it does not name her: she is a party, so what the parties can do together is told of her
    ("the baker of number seven teaches the young"), and no machine tells whom people know by such words. Somebody
    writes a new one. Texts of other links may name them as well; those are found for people to look at.
    """
    links = list(LinkParty.objects.filter(resource__in=resources).values_list("link", flat=True))
    refusals = Refusal.objects.filter(Q(resource__in=resources) | Q(link__in=links))
    HistoryEntry.objects.filter(_about(Link, links) | _about(Refusal, refusals.values_list("pk", flat=True))).update(
        changes={}
    )
    forget_words(refusals)
    LinkParty.objects.filter(resource__in=resources).update(brings="")
    LinkNote.objects.filter(link__in=links).delete()
    LinkStep.objects.filter(link__in=links).update(note="")
    Brokerage.objects.filter(link__in=links).update(handover="")
    Link.objects.filter(pk__in=links).update(
        sentence=deleted_sentence(), grounds={}, version=F("version") + 1, updated_at=now
    )
    named = Resource.objects.filter(pk__in=resources).exclude(name="").values_list("area", "name")
    for area in {area for area, _name in named}:
        look_for([name for where, name in named if where == area], area=area, on=timezone.localdate(now))


def _own(link: Link, side: LinkParty) -> bool:
    return side.organisation_id == link.area.owner_id


def _agreed(link: Link, side: LinkParty) -> bool:
    return side.answer == Answer.YES or link.state == LinkState.PARTNERSHIP


def _challenges(link: Link) -> set[int]:
    found = {link.challenge_id, link.need.challenge_id if link.need else None}
    return {pk for pk in found if pk is not None}


def _kinds(link: Link, side: LinkParty) -> Iterator[str]:
    """Yield the kinds of resource that a side brings."""
    asked = {one.kind for one in link.need.resources.all()} if link.need else set()
    given = {offer.kind for offer in link.offers.all() if offer.organisation_id == side.organisation_id}
    if given:
        yield from given
    elif side.resource:
        yield from (kind for kind in side.resource.kinds if not asked or kind in asked)
    else:
        yield from asked


def _about(model: type[Link] | type[Refusal], keys: Collection[int]) -> Q:
    return Q(record_type=model._meta.label_lower, record_id__in=[str(key) for key in keys])

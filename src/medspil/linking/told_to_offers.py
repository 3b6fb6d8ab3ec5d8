"""What links tell the room of offers, which knows none: where one is in use, which needs are answered, who said no.

Registered in `apps`, see `medspil.offers.hooks`.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.linking.consequences import hears, may_be_of, parties_of, speaks_for, with_parties
from medspil.linking.models import Link, LinkState, Refusal, RefusalReason
from medspil.offers.hooks import Refusal as Told
from medspil.offers.hooks import Use, register_answers, register_refusals, register_use
from medspil.organisations.models import Organisation

ANSWERED = (LinkState.ASKED, LinkState.INTERESTED, LinkState.PARTNERSHIP)
"""States in which a need is on its way to somebody; an idea alone answers nothing."""


def register() -> None:
    """Let offers ask here."""
    register_use("linking", uses_of)
    register_answers("linking", answered)
    register_refusals("linking", refusals_of)


def uses_of(offers: Collection[int], /, *, user: User | None) -> list[Use]:
    """Return the links that hold offers and still go on, by name where the person may see them. Two queries at most.

    A broker who has planned to leave is told no names: this question comes without a day.
    """
    seen = set[int]()
    rows = Link.offers.through.objects.filter(link__in=Link.objects.live(), offer__in=offers)
    if user is not None:
        seen = set(Link.objects.visible_to(user, on=date.max).filter(offers__in=offers).values_list("pk", flat=True))
    return [
        Use(offer, _("link"), Link._meta.label_lower, pk, sentence if pk in seen else "")
        for pk, offer, sentence in rows.order_by("link", "offer").values_list("link", "offer", "link__sentence")
    ]


def answered(needs: Collection[int], /) -> set[int]:
    """Return those of some needs with which somebody was asked and has not said no. One query."""
    rows = Link.objects.current().filter(need__in=needs, state__in=ANSWERED)
    return {need for need in rows.values_list("need", flat=True) if need is not None}


def refusals_of(organisations: Collection[int], /) -> Mapping[int, list[Told]]:
    """Return what organisations turned down, each for the needs that hear it. One query, six where there is some."""
    said = list(with_parties(Refusal.objects.filter(may_be_of(organisations), undone_at=None)))
    found: dict[int, list[Told]] = {}
    if not said:
        return found
    givers = list(Organisation.objects.filter(pk__in=organisations))
    needs = _needs_by_area()
    parties = parties_of({*needs, *(one.area_id for one in said)})
    for one in said:
        told = _told(one, {pk: rows for pk, rows in needs.items() if hears(one, pk, parties)})
        for giver in givers if told else ():
            if told and speaks_for(one, organisation=giver):
                found.setdefault(giver.pk, []).append(told)
    return found


def _needs_by_area() -> dict[int, list[tuple[int, int | None]]]:
    """Return the needs of every area that is there, each with its challenge. Two queries."""
    found: dict[int, list[tuple[int, int | None]]] = {}
    for area in Area.objects.current().values_list("pk", flat=True):
        found[area] = []
    for pk, area, challenge in Need.objects.current().values_list("pk", "area", "challenge"):
        if area in found:
            found[area].append((pk, challenge))
    return found


def _told(refusal: Refusal, hearing: Mapping[int, list[tuple[int, int | None]]]) -> Told | None:
    """Return a no as offers read it, for the needs that hear it; None where there is no such need."""
    needs = frozenset(pk for pk, challenge in _all(hearing) if _about(refusal, pk, challenge))
    if not needs:
        return None
    return Told(
        kinds=frozenset({refusal.kind}) if refusal.reason == RefusalReason.WRONG_KIND else frozenset(),
        themes=frozenset({refusal.theme}) if refusal.reason == RefusalReason.WRONG_THEME else frozenset(),
        needs=needs,
        beyond_m=refusal.beyond_km * 1000.0 if refusal.beyond_km is not None else None,
        until=refusal.until,
    )


def _all(hearing: Mapping[int, list[tuple[int, int | None]]]) -> Iterator[tuple[int, int | None]]:
    for rows in hearing.values():
        yield from rows


def _about(refusal: Refusal, need: int, challenge: int | None) -> bool:
    if refusal.reason != RefusalReason.OTHER:
        return True
    return need == refusal.need_id if refusal.need_id else challenge == refusal.challenge_id

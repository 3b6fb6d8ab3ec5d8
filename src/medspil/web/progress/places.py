"""Where each sign of good advice is brought about: the page, or the part of the partnership's own page."""

from collections.abc import Callable, Mapping

from django.urls import reverse

from medspil.linking.models import LinkParty
from medspil.linking.parties import unit_of
from medspil.partnerships.models import Partnership
from medspil.progress.advice import Sign

Way = Callable[[Partnership], str]
PARTNERS, MOMENTS = "#partners", "#moments"


def _need(partnership: Partnership) -> str:
    link = partnership.link
    return reverse("areas:need", args=[link.need_id]) if link.need_id else reverse("areas:detail", args=[link.area_id])


def _mapping(partnership: Partnership) -> str:
    return reverse("mapping:list", args=[partnership.link.area_id])


def _ranking(partnership: Partnership) -> str:
    link = partnership.link
    return reverse("linking:ranking", args=[link.need_id]) if link.need_id else _need(partnership)


def _company(partnership: Partnership) -> str:
    side = _outside(partnership)
    unit = unit_of(side) if side else None
    return reverse("register:detail", args=[unit.number]) if unit else PARTNERS


def _talk(partnership: Partnership) -> str:
    side = _outside(partnership)
    if side is None:
        return reverse("linking:link", args=[partnership.link_id])
    return reverse("partnerships:pitch", args=[partnership.link_id, side.pk])


def _outside(partnership: Partnership) -> LinkParty | None:
    """Return the first side that is written to: one from outside, with an organisation or a place of work."""
    owner = partnership.link.area.owner_id
    for partner in partnership.partners.all():
        side = partner.side
        if side.organisation_id != owner and (side.organisation_id or side.unit_id) and not partner.left_on:
            return side
    return None


def _alignment(partnership: Partnership) -> str:
    return reverse("alignment:overview", args=[partnership.pk])


def _walk(partnership: Partnership) -> str:
    return reverse("walks:of_partnership", args=[partnership.pk])


def _agreement(partnership: Partnership) -> str:
    return reverse("agreements:overview", args=[partnership.pk])


WAYS: Mapping[Sign, Way] = {
    Sign.CHALLENGE: _need,
    Sign.COMPETENCES: _need,
    Sign.MAPPED: _mapping,
    Sign.MAPPED_LATELY: _mapping,
    Sign.CHOSEN_WITH_REASONS: _ranking,
    Sign.LOOKED_AT: _company,
    Sign.SPOKEN_WITH: _talk,
    Sign.IN_TOUCH: _talk,
    Sign.OWN_WORDS: _alignment,
    Sign.DIFFERENCES: _alignment,
    **dict.fromkeys((Sign.GAINS_NAMED, Sign.GAINS_EXPERIENCED, Sign.CONTACTS, Sign.MAY_DECIDE), lambda _one: PARTNERS),
    Sign.WALK: _walk,
    Sign.CONFIRMED: _agreement,
    Sign.ACTIVITIES: _agreement,
    Sign.MORE_THAN_MEETINGS: _agreement,
    Sign.ANSWERS_IN_TIME: lambda _one: PARTNERS,
    Sign.TOLD: lambda _one: MOMENTS,
    Sign.CELEBRATED: lambda _one: MOMENTS,
}

OWN_PART = frozenset({Sign.OWN_WORDS, Sign.DIFFERENCES, Sign.GAINS_NAMED, Sign.GAINS_EXPERIENCED, Sign.ANSWERS_IN_TIME})
"""What a side does for itself, on pages that it may open."""

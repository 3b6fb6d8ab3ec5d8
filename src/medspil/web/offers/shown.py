"""Offers, meetings and uses as the pages show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.offers.fit import WEIGHTS
from medspil.offers.hooks import Use
from medspil.offers.meeting import Meeting, Meetings
from medspil.offers.models import Offer
from medspil.organisations.roles import Ability
from medspil.web import charts
from medspil.web.areas import words
from medspil.web.areas.shown import period
from medspil.web.linking import wording
from medspil.web.offers import words as offer_words
from medspil.web.parts import Fact
from medspil.web.register.flags import ShownFlag

# Where the records that hold an offer have their pages: each takes the record's key.
USE_PAGES = {"linking.link": "linking:link", "rounds.round": "rounds:detail"}


@dataclass(frozen=True, slots=True)
class ShownReason:
    """One part of a score in words."""

    name: str | Promise
    points: str
    most: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownMeeting:
    """An offer and a need that meet, with the sum as a bar, its parts, and the way to link the two."""

    offer: Offer
    need: Need
    points: str
    bar: charts.Bar
    reasons: list[ShownReason]
    need_url: str
    offer_url: str
    link_url: str
    flag: ShownFlag | None = None  # what has happened to the giver


@dataclass(frozen=True, slots=True)
class ShownUse:
    """Something that holds an offer; without a name or address the person may not see it."""

    what: str | Promise
    name: str
    url: str


def meetings(
    found: Meetings,
    *,
    linking: Iterable[int],
    working: Iterable[int],
    flags: Mapping[int, ShownFlag] = MappingProxyType({}),
) -> list[ShownMeeting]:
    """Return meetings in words. `linking` and `working`: the areas in which the person links, and which she sees;
    `flags` by giver."""
    may_link, sees = set(linking), set(working)
    return [
        _meeting(one, one.need.area_id in may_link, one.need.area_id in sees, flags.get(one.offer.organisation_id))
        for one in found
    ]


def _meeting(one: Meeting, may_link: bool, sees: bool, flag: ShownFlag | None) -> ShownMeeting:
    title = _("{points} of 100 points").format(points=wording.points(one.score))
    parts = [
        charts.Part(
            offer_words.PARTS[reason.part],
            reason.points,
            wording.points(reason.points),
            offer_words.COLOURS[reason.part],
        )
        for reason in one.reasons
    ]
    return ShownMeeting(
        offer=one.offer,
        need=one.need,
        points=wording.points(one.score),
        bar=charts.Bar(title, parts, whole=1.0),
        reasons=[
            ShownReason(
                offer_words.PARTS[reason.part],
                wording.points(reason.points),
                wording.points(WEIGHTS[reason.part]),
                offer_words.sentence(reason),
            )
            for reason in one.reasons
        ],
        need_url=reverse("areas:need" if sees else "linking:open_need", args=[one.need.pk]),
        offer_url=reverse("offers:detail", args=[one.offer.pk]),
        link_url=link_url(one.need, one.offer) if may_link and not (flag and flag.closed) else "",
        flag=flag,
    )


def left_out(found: Meetings) -> list[str]:
    """Return what kept other pairs of the same kind apart, in words."""
    return [offer_words.barrier_line(barrier, count) for barrier, count in found.left_out.items()]


def link_url(need: Need, offer: Offer) -> str:
    """Return the address of the form of a new link with both filled in."""
    return f"{reverse('linking:link_create')}?{urlencode({'need': need.pk, 'offer': offer.pk})}"


def uses(found: Iterable[Use]) -> list[ShownUse]:
    """Return what holds an offer, with the way there for those who may see it."""
    return [ShownUse(one.what, one.name, _page_of(one) if one.name else "") for one in found]


def _page_of(use: Use) -> str:
    try:
        return reverse(USE_PAGES.get(use.record_type, ""), args=[use.record_id])
    except NoReverseMatch:
        return ""


def facts(offer: Offer, *, may_change: bool, areas: Iterable[Area]) -> list[Fact]:
    """Return all that an offer says. `areas` are those of its areas that the person may see by name."""
    change = reverse("offers:edit", args=[offer.pk]) if may_change and offer.state == "open" else ""
    renewed = date_format(offer.renewed_on, "DATE_FORMAT")
    return [
        Fact(_("Kind of resource"), words.kind(offer.kind), change),
        Fact(_("What can be given"), offer.text, change),
        Fact(_("How much and how often"), offer_words.amount_of(offer), change),
        Fact(_("Period"), period(offer.starts_on, offer.ends_on), change),
        Fact(_("Place"), ", ".join(part for part in (offer.place, words.town(offer.municipality)) if part), change),
        Fact(_("How far away"), offer_words.reach(offer), change),
        Fact(_("Conditions"), offer.conditions, change),
        Fact(_("What it is good for"), ", ".join(words.theme(code) for code in offer.themes), change),
        Fact(_("Who can see it"), _audience(offer, areas), change),
        Fact(_("Last said to stand"), renewed),
    ]


def areas_with(user: User, needs: Iterable[Need], ability: Ability) -> set[int]:
    """Return those of the needs' areas in which a person has an ability. One query."""
    return set(
        Area.objects.visible_to(user)
        .where(user, ability)
        .filter(pk__in={one.area_id for one in needs})
        .values_list("pk", flat=True)
    )


def _audience(offer: Offer, areas: Iterable[Area]) -> str:
    if offer.public:
        return _("Everybody who works with areas or makes offers")
    return _("Only those who work with: {areas}").format(areas=", ".join(area.name for area in areas) or "–")

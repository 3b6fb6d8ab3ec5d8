"""What the pages about links load: the area or link behind the address, and all that is shown of many links."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.language import fold
from medspil.linking.models import Answer, Brokerage, Link, LinkParty, LinkQuerySet, LinkState, Refusal
from medspil.linking.permissions import abilities
from medspil.linking.sides import has_people
from medspil.organisations.roles import Abilities, Ability
from medspil.web.http import SignedInRequest
from medspil.web.linking.link_filters import LinkFilterForm
from medspil.web.linking.link_parties import eyes_of
from medspil.web.linking.link_shown import ShownLink, shown_links

REFUSED = _("Your role does not let you work with links. Ask the organisation that answers for the area.")


def area_or_refuse(request: SignedInRequest, pk: int, ability: Ability = Ability.VIEW_AREA) -> tuple[Area, Abilities]:
    """Return an area and what the person may do in it; 404 for strangers, 403 without the right."""
    area = get_object_or_404(Area.objects.visible_to(request.user).select_related("owner"), pk=pk)
    may = abilities(request.user, area)
    if ability not in may:
        raise PermissionDenied(REFUSED)
    return area, may


def link_or_404(request: SignedInRequest, pk: int) -> Link:
    """Return a link with its sides; 404 for strangers."""
    return get_object_or_404(Link.objects.visible_to(request.user, on=timezone.localdate()).for_page(), pk=pk)


@dataclass(frozen=True, slots=True)
class Rights:
    """What a person may do with a link: see its area, work with it, answer for sides of her own."""

    sees_area: bool
    works: bool
    own: frozenset[int]
    """Her sides that were asked: she answers for them."""

    speaks: frozenset[int] = frozenset()
    """All her sides, asked or not."""

    links: bool = False
    """Whether she may bring parties together in its area."""


def rights_of(user: User, link: Link) -> Rights:
    """Return what a person may do with a link: those who may link in its area and its brokers work with it."""
    may = abilities(user, link.area)
    on = timezone.localdate()
    works = may.link or Brokerage.objects.visible_to(user, on=on).current(on).filter(link=link, user=user).exists()
    hers = dict(link.parties.of(user).values_list("pk", "answer"))
    own = frozenset(pk for pk, answer in hers.items() if answer != Answer.NOT_ASKED)
    return Rights(Ability.VIEW_AREA in may, works, own, frozenset(hers), may.link)


def may_write_brings(rights: Rights, link: Link, side: LinkParty) -> bool:
    """Tell whether a person may write what a side brings: for her own, and for one without people of its own."""
    if link.archived_at or side.withdrawn:
        return False
    return side.pk in rights.speaks or (rights.links and not has_people(side))


def may_undo(rights: Rights, refusal: Refusal, link: Link) -> bool:
    """Tell whether a person may take a no back: who works with the link, and whoever's own no it is."""
    said = (refusal.organisation_id, refusal.unit_id, refusal.resource_id)
    own = [one for one in link.parties.all() if one.pk in rights.own]
    return rights.works or any((one.organisation_id, one.unit_id, one.resource_id) == said for one in own)


def work_or_refuse(request: SignedInRequest, pk: int) -> Link:
    """Return a link that a person may work with; 404 for strangers, 403 without the right."""
    link = link_or_404(request, pk)
    if not rights_of(request.user, link).works:
        raise PermissionDenied(REFUSED)
    return link


def answer_or_refuse(request: SignedInRequest, pk: int, party: int) -> tuple[Link, LinkParty]:
    """Return a link and a side that a person may answer for: her own, or any if she works with the link."""
    link = link_or_404(request, pk)
    side = get_object_or_404(link.parties.for_page(), pk=party)
    rights = rights_of(request.user, link)
    if not rights.works and side.pk not in rights.own:
        raise PermissionDenied(REFUSED)
    return link, side


def brings_or_refuse(request: SignedInRequest, pk: int, party: int) -> tuple[Link, LinkParty]:
    """Return a link and a side for which a person may write what it brings."""
    link = link_or_404(request, pk)
    side = get_object_or_404(link.parties.for_page(), pk=party)
    if not may_write_brings(rights_of(request.user, link), link, side):
        raise PermissionDenied(REFUSED)
    return link, side


def brokers_of(user: User, links: LinkQuerySet | Iterable[Link], on: date) -> dict[int, tuple[User, ...]]:
    """Return by link who builds the bridge on a day. One query."""
    found: dict[int, tuple[User, ...]] = {}
    standing = Brokerage.objects.visible_to(user, on=on).current(on).filter(link__in=links).select_related("user")
    for one in standing.order_by("started_on", "pk"):
        found[one.link_id] = (*found.get(one.link_id, ()), one.user)
    return found


@dataclass
class LinksPage:
    """The links of an area as board, list, network and file show them: one filter for all four."""

    request: SignedInRequest
    area: Area
    may: Abilities
    in_print: bool = False
    """Whether it leaves the house: then only people who agreed to that are named."""

    @cached_property
    def today(self) -> date:
        """Return the day of the page."""
        return timezone.localdate()

    @cached_property
    def everything(self) -> list[Link]:
        """Return all links of the area that are not put away. Two queries."""
        links = Link.objects.visible_to(self.request.user, on=self.today).filter(area=self.area).current()
        return list(links.for_page().order_by("state_on", "pk"))

    @cached_property
    def all_shown(self) -> list[ShownLink]:
        """Return all links in words. Three queries."""
        eyes = eyes_of(self.request.user, self.everything, in_print=self.in_print)
        return shown_links(
            self.everything, eyes, self.today, brokers_of(self.request.user, self.everything, self.today)
        )

    @cached_property
    def filter_form(self) -> LinkFilterForm:
        """Return the filter that stands in the address."""
        needs = {link.need_id: link.need.title for link in self.everything if link.need and link.need_id}
        return LinkFilterForm(self.request.GET, needs=needs)

    @cached_property
    def links(self) -> list[ShownLink]:
        """Return the links that the filter leaves."""
        asked = self.filter_form.asked()
        return [one for one in self.all_shown if self._passes(one, asked)]

    def _passes(self, one: ShownLink, asked: dict[str, object]) -> bool:
        text = fold(str(asked["q"]))
        words = fold(" ".join((one.link.sentence, one.names, one.about)))
        party = asked["party"]
        return (
            (not text or text in words)
            and (not asked["state"] or one.link.state in asked["state"])  # type: ignore[operator]  # a list of codes
            and (not asked["need"] or one.link.need_id == asked["need"])
            and (not asked["sector"] or asked["sector"] in one.sectors())
            and (not party or any(side.who.key == party for side in one.sides))
            and (not asked["mine"] or self.request.user in one.brokers)
            and (not asked["long"] or one.long)
        )

    @property
    def query(self) -> str:
        """Return the filter as it stands in the address, with the question mark, or nothing."""
        query = self.request.GET.copy()
        for name in ("vis", "flyttet", "sort"):
            query.pop(name, None)
        return f"?{query.urlencode()}" if query else ""

    @cached_property
    def counts(self) -> dict[str, int]:
        """Return how many of the links shown are in each state."""
        return {state: sum(1 for one in self.links if one.link.state == state) for state in LinkState.values}
